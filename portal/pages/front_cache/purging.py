"""The outbox of changes that caches in front have to follow."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Iterable

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from portal.core.batching import batched
from portal.core.cache_guard import FRAME, LISTS, SEARCH
from portal.editorial.models import Publishable
from portal.pages.models.front_cache import PurgeEvent

from .adapters import Unfinished, front_caches

logger = logging.getLogger(__name__)
#: When a purge is repeated: for pages that were being made during the change, and for what other
#: processes keep a few seconds (``portal.pages.framing``).
AGAIN = dt.timedelta(seconds=15)
#: Seconds that a publication waits for caches in front; the worker does the rest.
PATIENCE = 2.0
KEYS_IN_AN_EVENT = 200
_last, _took = float("-inf"), 0.0


def note(keys: Iterable[str]) -> None:
    """Pages that tell of ``keys`` changed; call inside the transaction of the change."""
    if not settings.FRONT_CACHE_URLS:
        return
    wanted = sorted(set(keys))
    now = timezone.now()
    PurgeEvent.objects.bulk_create(
        PurgeEvent(keys=" ".join(some), due=now) for some in batched(wanted, KEYS_IN_AN_EVENT)
    )
    transaction.on_commit(_soon, robust=True)


def _soon() -> None:
    """After a commit; an import writes many batches, and spends a fifth of its time here at most."""
    global _last, _took
    began = time.monotonic()
    if began - _last < 4 * _took:
        return
    drain(PATIENCE)
    _last = time.monotonic()
    _took = _last - began


def drain(seconds: float = 60.0) -> int:
    """Tell the caches in front what changed; how many events were dealt with.

    What can't be delivered stays, and is tried again ever more slowly.
    """
    until, done = time.monotonic() + seconds, 0
    caches = front_caches()
    for event in PurgeEvent.objects.filter(due__lte=timezone.now())[:500]:
        left = until - time.monotonic()
        if left <= 0:
            break
        event.cutoff = event.cutoff or timezone.now()
        try:
            for one in caches:
                one.renew(event.keys.split(), event.cutoff, left)
        except Unfinished:
            event.save(update_fields=["cutoff"])
            break
        except (OSError, DatabaseError) as error:
            _put_off(event, error)
            continue
        done += 1
        if event.done_once:
            event.delete()
        else:
            event.done_once, event.cutoff, event.tries = True, None, 0
            event.due = timezone.now() + AGAIN
            event.save()
    return done


def _put_off(event: PurgeEvent, error: Exception) -> None:
    event.tries = min(event.tries + 1, 1000)
    event.due = timezone.now() + dt.timedelta(seconds=min(2**event.tries, 300))
    event.error = str(error)[:300]
    event.save()
    logger.warning("a cache in front was not reached, it will be tried again: %s", error)


# --- what a change concerns ---------------------------------------------------------------------


def went_live(sender: type[Publishable], instances, **kwargs) -> None:
    """A new or corrected item: its own pages, all lists, and the frame when the tree changed."""
    note(_keys(sender, instances))


def taken_away(sender: type[Publishable], instances, **kwargs) -> None:
    """Nobody may find it any more, among hits of searches too."""
    note({*_keys(sender, instances), SEARCH})


def relations_changed(sender, instances, identity_ids, **kwargs) -> None:
    """Other documents tell of the change."""
    note({LISTS, *(f"work-{pk}" for pk in identity_ids)})


def frame_changed(**kwargs) -> None:
    """Names, colours, menu: every page."""
    note({FRAME})


def _keys(sender: type[Publishable], instances) -> set[str]:
    return {LISTS, *(key for one in instances for key in one.cache_keys)}
