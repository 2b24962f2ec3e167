"""The outbox: written with the change, drained by whoever holds the right to write.

A crash between commit and index loses nothing: the events stay and the next drain takes them.
Indexing a document twice is harmless.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from search.engine import engine, page_engine
from search.engines.base import DocumentRef, EngineBusyError, EngineError, SearchEngine
from search.engines.records import DocumentRecord
from search.models import IndexEvent
from search.second_stage import forward

from .pages import is_page, page_records_of
from .records import records_of

logger = logging.getLogger(__name__)
BATCH = 200
#: Seconds after which an event that fails again and again is tried once more.
LONGEST_WAIT = 3600
_last_drain = float("-inf")
_timer: threading.Timer | None = None


def enqueue(refs: Iterable[tuple[str, int]]) -> None:
    """Note documents to look at again; call inside the transaction of the change."""
    IndexEvent.objects.bulk_create(
        [IndexEvent(kind=kind, object_id=pk) for kind, pk in dict.fromkeys(refs)], batch_size=500
    )
    transaction.on_commit(drain_soon, robust=True)


def drain_soon() -> None:
    """Drain after a commit, but not more often than ``SEARCH_DRAIN_PAUSE`` seconds in a process:
    a long import writes a batch a second, and each commit of the index has its price. What is
    left waits for a timer; a process that ends waits for it."""
    global _timer, _last_drain
    wait = _last_drain + settings.SEARCH_DRAIN_PAUSE - time.monotonic()
    if wait <= 0:
        _last_drain = time.monotonic()
        drain_quietly()
    elif _timer is None or not _timer.is_alive():
        _timer = threading.Timer(wait, _drain_later)
        _timer.start()


def _drain_later() -> None:
    global _last_drain
    _last_drain = time.monotonic()
    try:
        drain_quietly()
    finally:
        connection.close()


def drain_quietly() -> None:
    """Drain if nobody else does; a failure is logged and leaves the events for the next one."""
    try:
        drain()
    except EngineBusyError:
        return  # the holder looks at the outbox again before it lets go
    except (EngineError, OSError, ValueError, DatabaseError):
        logger.exception("the search index could not follow; it will be tried again")


def drain(timeout: float = 0.0) -> int:
    """Bring the index up to date; return how many documents were looked at.

    Raises:
        EngineBusyError: another process writes.
    """
    done = 0
    index = engine()
    with index.writer(timeout):
        while events := list(_due()[:BATCH]):
            done += _settle(events)
    return done


def _due() -> models.QuerySet[IndexEvent]:
    now = timezone.now()
    free = models.Q(not_before=None) | models.Q(not_before__lte=now)
    return IndexEvent.objects.filter(free).order_by("pk")


def _settle(events: list[IndexEvent]) -> int:
    """Apply events and take them off the list; return how many went through.

    When a batch fails, each event is tried alone: one that cannot be indexed waits, the rest go.
    """
    try:
        _apply(events)
    except EngineError:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        if len(events) > 1:
            return sum(_settle([event]) for event in events)
        _postpone(events[0], error)
        return 0
    IndexEvent.objects.filter(pk__in=[event.pk for event in events]).delete()
    return len(events)


def _postpone(event: IndexEvent, error: Exception) -> None:
    event.attempts += 1
    wait = min(2**event.attempts, LONGEST_WAIT)
    event.not_before = timezone.now() + timedelta(seconds=wait)
    event.error = f"{type(error).__name__}: {error}"[:300]
    event.save(update_fields=["attempts", "not_before", "error"])
    logger.error("%s could not be indexed, again in %s s: %s", event, wait, event.error)


def _apply(events: list[IndexEvent]) -> None:
    works: dict[str, list[int]] = {}
    pages: dict[str, list[int]] = {}
    for event in events:
        by_kind = pages if is_page(event.kind) else works
        by_kind.setdefault(event.kind, []).append(event.object_id)
    if works:
        records, gone = _looked_at(works, records_of)
        forward().update(records, gone)
        _write(engine(), records, gone)
    if pages:
        _write(page_engine(), *_looked_at(pages, page_records_of))


def _looked_at(
    by_kind: dict[str, list[int]], read: Callable[[str, Sequence[int]], list[DocumentRecord]]
) -> tuple[list[DocumentRecord], list[DocumentRef]]:
    """Records of what is live, and what is not."""
    records, gone = [], []
    for kind, ids in by_kind.items():
        found = read(kind, list(dict.fromkeys(ids)))
        records += found
        here = {record.id for record in found}
        gone += [(kind, pk) for pk in dict.fromkeys(ids) if pk not in here]
    return records, gone


def _write(index: SearchEngine, records: list[DocumentRecord], gone: list[DocumentRef]) -> None:
    if gone:
        index.delete(gone, commit=not records)
    if records:
        index.index(records, commit=True)
