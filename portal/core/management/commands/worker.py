"""The worker: background tasks and dated work, until it is told to stop."""

from __future__ import annotations

import logging
import signal
import time

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from portal.core.background import run_tasks
from portal.core.clock import run_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Chạy việc nền và việc định kỳ cho đến khi được bảo dừng."
    stopping = False

    def add_arguments(self, parser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="giây giữa hai lượt")
        parser.add_argument("--once", action="store_true", help="một lượt rồi thôi")

    def handle(self, *args, **options) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while not self.stopping:
            try:
                run_tasks()
                run_due()
            except DatabaseError:
                logger.exception("worker: the database does not answer")
            close_old_connections()
            if options["once"]:
                return
            time.sleep(options["interval"])

    def _stop(self, *args) -> None:
        self.stopping = True
