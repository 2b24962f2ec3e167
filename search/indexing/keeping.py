"""Rebuild the index, and find and heal its drift from the database."""

from __future__ import annotations

from django.db import transaction

from search.engine import engine
from search.models import IndexEvent

from . import outbox
from .records import all_records, live_refs


def rebuild() -> int:
    """Build a new index beside the old one and swap; return how many documents it holds."""
    last = IndexEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with engine().writer(timeout=60.0):
        count = engine().rebuild(all_records())
    IndexEvent.objects.filter(pk__lte=last).delete()
    outbox.drain_quietly()
    return count


def drift() -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    """(missing in the index, no longer live but still in it)."""
    indexed, live = set(engine().refs()), live_refs()
    return live - indexed, indexed - live


def heal() -> int:
    """Put right what drifted; return how many documents that were."""
    missing, stale = drift()
    if missing or stale:
        with transaction.atomic():
            outbox.enqueue(sorted(missing | stale))
    return len(missing) + len(stale)
