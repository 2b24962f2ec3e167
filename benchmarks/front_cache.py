"""The home page behind nginx, the same page from the portal, and a stock Wagtail page, in one run.

    python -m benchmarks.front_cache [SECONDS]

Starts the portal with the demo under gunicorn (one worker), nginx with the configuration of docs/
(one worker), and asks each with ``wrk`` (one thread, 20 connections) in turn, three rounds. Needs
nginx and wrk. Prints requests a second (best of the rounds) and the ratios.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROUNDS = 3


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    root = Path(__file__).resolve().parents[1]
    sys.path.insert(0, str(root))
    from tests import nginx

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        portal, public, door = (nginx.free_port() for _turn in range(3))
        env = os.environ | {
            "PORTAL_VAR": name, "PORTAL_DEMO": "1", "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "FRONT_CACHE_URLS": f"nginx+http://127.0.0.1:{door}", "FRONT_CACHE_TOKEN": "bench",
        }  # fmt: skip
        stock = _prepare(root, env)
        conf = nginx.configuration(folder, public, door, f"127.0.0.1:{portal}", "bench")
        gunicorn = [sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind",
                    f"127.0.0.1:{portal}", "--workers", "1", "--threads", "4", "--worker-class",
                    "gthread", "--log-level", "error"]  # fmt: skip
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        with (
            subprocess.Popen(gunicorn, cwd=root, env=env) as one,
            subprocess.Popen([program, "-p", name, "-c", str(conf)]) as two,
        ):
            try:
                targets = {
                    "stock Wagtail page": f"http://127.0.0.1:{portal}{stock}",
                    "home, portal (kept in the process)": f"http://127.0.0.1:{portal}/",
                    "home, nginx": f"http://127.0.0.1:{public}/",
                }
                for url in targets.values():
                    _wait(url)
                best = dict.fromkeys(targets, 0.0)
                for _turn in range(ROUNDS):
                    for label, url in targets.items():
                        best[label] = max(best[label], _ask(url, seconds))
                base = best["stock Wagtail page"]
                for label, rate in best.items():
                    print(f"{label:36} {rate:10.0f}/s {rate / base:8.1f} x")
            finally:
                one.terminate()
                two.terminate()


def _prepare(root: Path, env: dict[str, str]) -> str:
    code = (
        "import django; django.setup()\n"
        "from django.core.management import call_command as c\n"
        "c('migrate', verbosity=0); c('load_reference', verbosity=0); c('demo', 'load', verbosity=0)\n"
        "from benchmarks.pages import _stock_page; print('STOCK', _stock_page())\n"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=root, env=env, check=True,
                           capture_output=True, text=True)  # fmt: skip
    return re.search(r"STOCK (\S+)", found.stdout)[1]


def _wait(url: str) -> None:
    for _turn in range(150):
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                answer.read()
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"nobody answers at {url}")


def _ask(url: str, seconds: int) -> float:
    command = ["wrk", "-t1", "-c20", f"-d{seconds}s", url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said:
        raise SystemExit(said)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


if __name__ == "__main__":
    main()
