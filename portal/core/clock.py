"""Dated work: one list of jobs, run when due, one runner at a time.

Apps register in ``AppConfig.ready``. ``manage.py tick`` (from cron or a timer) and the worker
both call ``run_due``; the times of the last runs lie beside the lock.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections

from .locks import Busy, file_lock

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """``run`` is called about every ``every`` seconds and may be called twice."""

    name: str
    every: float
    run: Callable[[], object]


_JOBS: dict[str, Job] = {}


def register(name: str, every: float, run: Callable[[], object]) -> None:
    _JOBS[name] = Job(name, every, run)


def jobs() -> tuple[Job, ...]:
    return tuple(_JOBS.values())


def run_due(now: float | None = None) -> list[str]:
    """Run the jobs that are due and return their names; nothing while another runner works.

    A job that fails is logged and does not stop the others.
    """
    moment = time.time() if now is None else now
    try:
        with file_lock(settings.VAR_DIR / "tick.lock"):
            return _run_due(moment, settings.VAR_DIR / "tick.json")
    except Busy:
        return []


def _run_due(moment: float, path: Path) -> list[str]:
    last = _read(path)
    done = []
    for job in jobs():
        if moment - last.get(job.name, 0.0) < job.every:
            continue
        last[job.name] = moment
        done.append(job.name)
        try:
            job.run()
        except Exception:
            logger.exception("dated work: %s", job.name)
        finally:
            close_old_connections()
    if done:
        path.write_text(json.dumps(last), encoding="utf-8")
    return done


def _read(path: Path) -> dict[str, float]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
