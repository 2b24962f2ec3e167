"""Run the dated work that is due; for cron, a timer or the worker."""

from django.core.management.base import BaseCommand

from portal.core.clock import run_due


class Command(BaseCommand):
    help = "Chạy các việc định kỳ đã đến hạn (một lần, có khóa)."

    def handle(self, *args, **options) -> None:
        done = run_due()
        self.stdout.write(", ".join(done) if done else "Chưa có việc đến hạn.")
