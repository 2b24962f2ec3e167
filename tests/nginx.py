"""The configuration of docs/ for a throw-away nginx on loopback."""

from __future__ import annotations

import os
import socket
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"


def free_port() -> int:
    """A port of loopback on which nobody listens now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def configuration(folder: Path, public: int, door: int, portal: str, token: str) -> Path:
    """docs/nginx.conf with other addresses and without a certificate, as a file in ``folder``.

    Raises:
        AssertionError: the documented file no longer says what is replaced here.
    """
    text = (DOCS / "nginx.conf").read_text()
    for a, b in (
        ("listen 443 ssl http2", f"listen 127.0.0.1:{public}"),
        ("    ssl_certificate     /etc/ssl/vanban.pem;\n", ""),
        ("    ssl_certificate_key /etc/ssl/vanban.key;\n", ""),
        ("127.0.0.1:8080", f"127.0.0.1:{door}"),
        ("127.0.0.1:8000", portal),
        ("/var/cache/nginx/portal", str(folder / "cache")),
        ("CHANGE-THIS-TOKEN", token),
        ("/etc/nginx/portal-location.conf", str(DOCS / "nginx-location.conf")),
    ):
        assert a in text, a
        text = text.replace(a, b)
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{name}_temp_path {folder};" for name in names)
    user = "user root;" if os.geteuid() == 0 else ""
    conf = folder / "nginx.conf"
    conf.write_text(
        f"{user} daemon off; pid {folder}/nginx.pid; error_log {folder}/errors.log;"
        f"events {{}}\nhttp {{ access_log off; {folders}\n{text}\n}}\n"
    )
    return conf
