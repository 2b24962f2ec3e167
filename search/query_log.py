"""What is asked and what is chosen, counted without knowing who did.

Counts wait in the process and are written in batches after an answer was sent, so that no page
waits for them; a process that dies loses a minute of them. What fewer than ``SEARCH_LOG_FLOOR``
different visitors asked on a day is shown to nobody and deleted when the day is over.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError, models, transaction
from django.http import HttpRequest
from django.utils import timezone

from legal_docs.models import Provision
from legal_docs.models.part import Part
from legal_docs.works import kind_of, kinds
from portal.core.batching import batched
from portal.core.visitors import visitor
from portal.organisations.audience import PUBLIC
from search.masking import loggable
from search.models import ClickCount, QueryCount
from search.models.counts import LONGEST, floor
from search.plan import SearchPlan

logger = logging.getLogger(__name__)
FLUSH_SECONDS = 60
FLUSH_ROWS = 500
#: What a process keeps at most; more is an attack or a fault and is not counted.
MOST_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """A query on a day."""

    day: dt.date
    words: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A result that was opened on a day from a query."""

    day: dt.date
    words: str
    document: tuple[str, int]
    eid: str


@dataclass(slots=True)
class _Tally:
    count: int = 0
    empty: int = 0
    visitors: set[str] = field(default_factory=set)


_lock = threading.Lock()
_waiting: dict[Asked | Chosen, _Tally] = {}
_flushed = time.monotonic()


def note_query(request: HttpRequest, plan: SearchPlan, total: int) -> None:
    """Count a search; call it once for the first page of an answer."""
    if settings.SEARCH_LOG_DAYS <= 0 or plan.page > 1:
        return
    words = loggable(plan.text, LONGEST)
    if words:
        _count(request, Asked(timezone.localdate(), words), empty=total == 0)


def note_click(request: HttpRequest, text: str, document: tuple[str, int], eid: str) -> None:
    """Count a choice; whether that document is public is asked when counts are written."""
    if settings.SEARCH_LOG_DAYS <= 0:
        return
    words = loggable(text, LONGEST)
    if words:
        _count(request, Chosen(timezone.localdate(), words, document, eid[:120]))


def _count(request: HttpRequest, key: Asked | Chosen, *, empty: bool = False) -> None:
    # Without the provision: a visitor who makes ids up stays one visitor.
    document = key.document if isinstance(key, Chosen) else None
    who = visitor(request, f"{key.words}\n{document}", key.day)
    with _lock:
        tally = _waiting.get(key)
        if tally is None:
            if len(_waiting) >= MOST_ROWS:
                return
            tally = _waiting[key] = _Tally()
        tally.count += 1
        tally.empty += empty
        if len(tally.visitors) < floor():
            tally.visitors.add(who)


def flush_when_due(**kwargs: object) -> None:
    """Receiver of ``request_finished``: the reader has his answer already."""
    if _waiting and (time.monotonic() - _flushed > FLUSH_SECONDS or len(_waiting) > FLUSH_ROWS):
        flush()


def flush() -> None:
    """Write what waits. What cannot be written is lost: counts are not worth a failing page."""
    global _waiting, _flushed
    with _lock:
        taken, _waiting, _flushed = _waiting, {}, time.monotonic()
    if not taken:
        return
    asked = {key: tally for key, tally in taken.items() if isinstance(key, Asked)}
    chosen = {key: tally for key, tally in taken.items() if isinstance(key, Chosen)}
    try:
        with transaction.atomic():
            _write_queries(asked)
            _write_clicks(chosen)
    except DatabaseError:
        logger.exception("counts of searches could not be written")


def _write_queries(asked: dict[Asked, _Tally]) -> None:
    rows = _rows(
        QueryCount,
        {(key.day, key.words): tally for key, tally in asked.items()},
        ("day", "words"),
    )
    for row, tally in rows:
        row.searches += tally.count
        row.empty += tally.empty
    _save(QueryCount, (row for row, _tally in rows), ("searches", "empty"))


def _write_clicks(chosen: dict[Chosen, _Tally]) -> None:
    identities = _public({key.document for key in chosen})
    eids = _eids(identities.values(), {key.eid for key in chosen})
    merged: dict[tuple, _Tally] = {}
    for key, tally in chosen.items():
        identity = identities.get(key.document)
        if identity is None:
            continue
        eid = key.eid if (identity, key.eid) in eids else ""
        target = merged.setdefault((key.day, key.words, identity, eid), _Tally())
        target.count += tally.count
        target.visitors |= tally.visitors
    rows = _rows(ClickCount, merged, ("day", "words", "identity_id", "eid"))
    for row, tally in rows:
        row.clicks += tally.count
    _save(ClickCount, (row for row, _tally in rows), ("clicks",))


def _rows(
    model: type[models.Model], tallies: dict[tuple, _Tally], names: tuple[str, ...]
) -> list[tuple]:
    """The row of each key with its tally, made where it is missing; visitors are taken in."""
    if not tallies:
        return []
    made = [model(**dict(zip(names, key, strict=True))) for key in sorted(tallies)]
    model.objects.bulk_create(made, ignore_conflicts=True, batch_size=200)
    found = []
    for some in batched(sorted(tallies), 200):
        rows = model.objects.filter(
            day__in={key[0] for key in some}, words__in={key[1] for key in some}
        )
        found += list(rows.select_for_update().order_by("pk"))
    pairs = {}
    for row in found:
        tally = tallies.get(tuple(getattr(row, name) for name in names))
        if tally is not None and row.pk not in pairs:
            row.meet(tally.visitors, floor())
            pairs[row.pk] = (row, tally)
    return list(pairs.values())


def _save(model: type[models.Model], rows: Iterable, names: tuple[str, ...]) -> None:
    model.objects.bulk_update(list(rows), [*names, "visitors", "seen"], batch_size=100)


def _public(documents: set[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """(kind, id) → identity of those that a stranger may read."""
    found: dict[tuple[str, int], int] = {}
    for kind in {kind.model.work_class for kind in kinds()}:
        ids = {pk for name, pk in documents if name == kind}
        rows = kind_of(kind).model.objects.visible_to(PUBLIC).filter(pk__in=ids) if ids else ()
        found |= {(kind, row.pk): row.identity_id for row in rows}
    return found


def _eids(identities: Iterable[int], eids: set[str]) -> set[tuple[int, str]]:
    """(identity, id of a provision) of provisions that are there."""
    rows = Provision.objects.filter(
        expression__work__in=set(identities),
        expression__state=Part.State.LIVE,
        eid__in=eids - {""},
    )
    return set(rows.values_list("expression__work_id", "eid")) if eids - {""} else set()


def purge() -> int:
    """Delete what is too old, and what too few asked on a day that is over; return how many."""
    today = timezone.localdate()
    oldest = today - dt.timedelta(days=max(settings.SEARCH_LOG_DAYS, 0))
    past = models.Q(day__lt=oldest) | models.Q(day__lt=today, visitors__lt=floor())
    gone = models.Q() if settings.SEARCH_LOG_DAYS <= 0 else past
    done = 0
    for model in (QueryCount, ClickCount):
        done += model.objects.filter(gone).delete()[0]
        model.objects.filter(day__lt=today).exclude(seen="").update(seen="")
    return done
