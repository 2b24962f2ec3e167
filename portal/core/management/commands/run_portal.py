"""Set the portal up and run it on one machine: web server and worker, until Ctrl-C.

What takes time (migrations, lists, demo, static files, catalogues, index) is done once per
change: a stamp holds a hash of the files that it depends on.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Dựng (lần đầu hoặc khi có thay đổi) và chạy cổng trên một máy."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
        parser.add_argument("--bind", default=os.environ.get("BIND", "127.0.0.1"))
        parser.add_argument("--workers", type=int, default=int(os.environ.get("WEB_WORKERS", "2")))
        parser.add_argument("--prepare-only", action="store_true", help="dựng xong thì thôi")

    def handle(self, *args, **options) -> None:
        began = time.monotonic()
        self._prepare()
        self.stdout.write(f"Đã sẵn sàng sau {time.monotonic() - began:.1f} giây.")
        if not options["prepare_only"]:
            self._run(options)

    def _prepare(self) -> None:
        root = settings.BASE_DIR
        sources = [root / "requirements.txt", *root.glob("*/migrations/*.py")]
        sources += root.glob("portal/*/migrations/*.py")
        # First: what the other steps write into the database is in the language of the house.
        self._once("catalogues", root.glob("locale/**/*.po"), self._catalogues)
        self._once("database", sources, self._database)
        call_command("check", databases=["default"])  # the ledger is guarded, or nothing starts
        lists = [*root.glob("*/reference/*.csv"), *root.glob("portal/*/reference/*.csv")]
        self._once("reference", lists, lambda: call_command("load_reference"))
        static = [root / "requirements.txt", *(root / "portal" / "static").rglob("*")]
        self._once("static", static, self._static)
        demo = [
            *root.glob("*/demo/*.jsonl"),
            *root.glob("*/demo.py"),
            *root.glob("portal/*/demo.py"),
        ]
        if settings.DEMO_ALLOWED:
            self._once("demo", demo, lambda: call_command("demo", "load"))
        call_command("search_rebuild", "--if-missing", stdout=self.stdout)

    def _database(self) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)

    def _catalogues(self) -> None:
        call_command("compile_catalogues")

    def _static(self) -> None:
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)

    def _once(self, name: str, paths: Iterable[Path], action: Callable[[], object]) -> None:
        stamp = settings.VAR_DIR / "stamps" / name
        wanted = _hash_of(paths)
        if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
            return
        self._say(name)
        action()
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(wanted, encoding="ascii")

    def _say(self, name: str) -> None:
        names = {
            "database": "cơ sở dữ liệu",
            "reference": "danh mục",
            "catalogues": "bản dịch giao diện",
            "static": "tệp tĩnh",
            "demo": "nội dung trình diễn",
        }
        self.stdout.write(f"• {names.get(name, name)} …")

    def _run(self, options) -> None:
        address = f"{options['bind']}:{options['port']}"
        web = [
            *(sys.executable, "-m", "gunicorn", "portal.wsgi", "--bind", address),
            *("--worker-class", "gthread", "--threads", "4", "--workers", str(options["workers"])),
            *("--timeout", "120", "--max-requests", "20000", "--max-requests-jitter", "2000"),
            *("--log-level", "warning", "--preload"),
        ]
        worker = [sys.executable, "manage.py", "worker"]
        self.stdout.write(self.style.SUCCESS(f"Cổng chạy tại http://{address}/  (Ctrl-C để dừng)"))
        if settings.DEMO_ALLOWED:
            # A process of its own: catalogues that were compiled a moment ago are not read here.
            subprocess.Popen([sys.executable, "manage.py", "demo", "accounts"])
        _supervise([web, worker])


def _hash_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _supervise(commands: list[list[str]]) -> None:
    """Run commands until a signal; one that ends by itself is started again."""
    stopping = False

    def stop(*args) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    running = [subprocess.Popen(command, cwd=settings.BASE_DIR) for command in commands]
    try:
        while not stopping:
            time.sleep(0.5)
            for place, process in enumerate(running):
                if process.poll() is not None and not stopping:
                    time.sleep(1)
                    running[place] = subprocess.Popen(commands[place], cwd=settings.BASE_DIR)
    finally:
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
