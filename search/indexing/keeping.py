"""Rebuild the index, and find and heal its drift from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from search.engine import engine, page_engine
from search.engines.base import DocumentRef, EngineError
from search.engines.records import DocumentRecord, digest_of
from search.models import IndexEvent
from search.second_stage import forward

from . import outbox
from .pages import all_page_records, live_page_refs
from .records import all_records, live_refs

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Drift:
    """What the index, or the forward index beside it, has too little or too much of."""

    missing: frozenset[DocumentRef]
    stale: frozenset[DocumentRef]
    #: Those that stand there with another content than the database has.
    changed: frozenset[DocumentRef] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.changed)


@dataclass(frozen=True, slots=True)
class State:
    """How the index stands; ``lag`` is the age of the oldest change that waits."""

    answers: bool
    documents: int
    live: int
    pages: int
    live_pages: int
    provisions: int
    encoder: str
    waiting: int
    lag: timedelta | None
    failing: tuple[IndexEvent, ...]


def rebuild(progress: Progress = lambda count: None) -> int:
    """Build a new index beside the old one and swap; return how many documents it holds.

    News and pages have an index of their own, which is built anew too.
    """
    last = IndexEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with engine().writer(timeout=60.0):
        records = forward().rebuild(all_records())
        count = engine().rebuild(_counted(records, progress))
        rebuild_pages(lambda number: progress(count + number))
    IndexEvent.objects.filter(pk__lte=last).delete()
    outbox.drain_quietly()
    return count


def rebuild_pages(progress: Progress = lambda count: None) -> int:
    """The same for news and pages alone; what waits in the outbox stays and does no harm."""
    with page_engine().writer(timeout=60.0):
        return page_engine().rebuild(_counted(all_page_records(), progress))


def _counted(records: Iterator[DocumentRecord], progress: Progress) -> Iterator[DocumentRecord]:
    for number, record in enumerate(records, 1):
        yield record
        progress(number)


def drift(*, contents: bool = True) -> Drift:
    """Compare what is live with what is indexed.

    With ``contents`` every live document is read and what it says is compared too: as long as a
    rebuild without its writing, in chunks that fit into memory.
    """
    live, view = live_refs(), forward().view()
    indexed = [engine().digests(), view.digests() if view else {}]
    missing = set().union(*(live - one.keys() for one in indexed))
    stale = set().union(*(one.keys() - live for one in indexed))
    live_pages, pages = live_page_refs(), page_engine().digests()
    missing |= live_pages - pages.keys()
    stale |= pages.keys() - live_pages
    changed: set[DocumentRef] = set()
    if contents:
        changed = _changed(indexed, all_records()) | _changed([pages], all_page_records())
    return Drift(frozenset(missing), frozenset(stale), frozenset(changed - missing - stale))


def _changed(
    indexed: Sequence[Mapping[DocumentRef, int]], records: Iterator[DocumentRecord]
) -> set[DocumentRef]:
    """Documents that one of the indexes has with another content."""
    found = set()
    for record in records:
        ref, digest = (record.kind, record.id), digest_of(record)
        if any(one.get(ref, digest) != digest for one in indexed):
            found.add(ref)
    return found


def heal(found: Drift | None = None) -> int:
    """Put right what drifted; return how many documents that were."""
    found = found or drift()
    refs = sorted(found.missing | found.stale | found.changed)
    if refs:
        with transaction.atomic():
            outbox.enqueue(refs)
    return len(refs)


def state() -> State:
    """Look at everything that tells whether the index follows."""
    try:
        answers = engine().ping() and page_engine().ping()
        documents, pages = engine().count(), page_engine().count()
    except EngineError:
        answers, documents, pages = False, 0, 0
    view = forward().view()
    oldest = IndexEvent.objects.order_by("at").values_list("at", flat=True).first()
    return State(
        answers=answers,
        documents=documents,
        live=len(live_refs()),
        pages=pages,
        live_pages=len(live_page_refs()),
        provisions=view.rows if view else 0,
        encoder=view.encoder.identity if view and view.encoder else "",
        waiting=IndexEvent.objects.count(),
        lag=timezone.now() - oldest if oldest else None,
        failing=tuple(IndexEvent.objects.exclude(error="").order_by("-attempts")[:10]),
    )
