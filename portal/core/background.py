"""Run background tasks, and queue again those of a worker that died."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

#: A task that has run this long has lost its worker.
LOST_AFTER = dt.timedelta(minutes=30)


def run_tasks() -> None:
    """Run all tasks that wait, one after the other."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    if not DBTaskResult.objects.ready().exists():
        return
    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="portal",
        excluded_queue_names=[],
    ).run()


def requeue_lost() -> int:
    """Tasks whose worker died wait again; tasks are idempotent. Returns how many."""
    from django_tasks_db.models import DBTaskResult, TaskResultStatus

    return (
        DBTaskResult.objects.running()
        .filter(started_at__lt=timezone.now() - LOST_AFTER)
        .update(status=TaskResultStatus.READY, started_at=None)
    )
