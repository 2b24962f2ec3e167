"""Views and visits, summed in the process and written once a minute."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import logging
import threading
import time
from collections import Counter

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, Q, Sum
from django.db.models.functions import TruncMonth
from django.http import HttpRequest
from django.utils import timezone

from portal.core.visitors import visitor
from portal.pages.models.usage import DayCount, Presence, ViewCount

from .robots import is_program

logger = logging.getLogger(__name__)
FLUSH_SECONDS = 60
FLUSH_ROWS = 500
#: What a process keeps at most; more is an attack or a fault and is not counted.
MOST_ROWS = 5000
#: Who reads again after this long makes another visit.
VISIT = dt.timedelta(minutes=30)
ONLINE = dt.timedelta(minutes=5)

_lock = threading.Lock()
_views: Counter[tuple[dt.date, str]] = Counter()
_visitors: dict[str, dt.datetime] = {}
_flushed = time.monotonic()


def seal_of(key: str) -> str:
    """The seal of a key, so that only what a page of ours named is counted."""
    secret = hashlib.sha256(f"views {settings.SECRET_KEY}".encode()).digest()
    return hmac.new(secret, key.encode(), "sha256").hexdigest()[:12]


def note_view(request: HttpRequest, key: str) -> None:
    """Count a view by a reader, and his visit."""
    note(key)
    now = timezone.now()
    mark = visitor(request, "visit", timezone.localdate(now))
    with _lock:
        if mark in _visitors or len(_visitors) < MOST_ROWS:
            _visitors[mark] = now


def note_download(request: HttpRequest, key: str) -> None:
    """Count that a reader fetched a file; the further parts of one that comes in parts are none."""
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
    parts = request.headers.get("Range", "bytes=0-")
    if settings.USAGE_DAYS <= 0 or has_session or not parts.startswith("bytes=0-"):
        return
    if request.method == "GET" and not is_program(request.headers.get("User-Agent", "")):
        note(key)


def note(key: str) -> None:
    """Count a view of a thing, or a download, without a visit."""
    place = (timezone.localdate(), key[:80])
    with _lock:
        if place in _views or len(_views) < MOST_ROWS:
            _views[place] += 1


def flush_when_due(**kwargs: object) -> None:
    """Receiver of ``request_finished``: the reader has his answer already."""
    if _views and (time.monotonic() - _flushed > FLUSH_SECONDS or len(_views) > FLUSH_ROWS):
        flush()


def flush() -> None:
    """Write what waits. What can't be written is lost: counts are not worth a failing page."""
    global _views, _visitors, _flushed
    with _lock:
        views, visitors = _views, _visitors
        _views, _visitors, _flushed = Counter(), {}, time.monotonic()
    if not views and not visitors:
        return
    try:
        with transaction.atomic():
            days = Counter[dt.date]()
            for (day, key), count in views.items():
                _add(ViewCount, {"day": day, "key": key}, views=count)
                if not key.startswith("file:"):
                    days[day] += count
            today = timezone.localdate()
            visits = _visits(visitors)
            for day in {*days, today}:
                _add(DayCount, {"day": day}, views=days[day], visits=visits if day == today else 0)
    except DatabaseError:
        logger.exception("counts of views could not be written")


def _add(model, place: dict, **counts: int) -> None:
    model.objects.bulk_create([model(**place)], ignore_conflicts=True)
    model.objects.filter(**place).update(**{name: F(name) + n for name, n in counts.items()})


def _visits(visitors: dict[str, dt.datetime]) -> int:
    """How many of them were not here within the last half hour; all are from now on."""
    since = timezone.now() - VISIT
    Presence.objects.filter(seen_at__lt=since).delete()
    here = set(Presence.objects.filter(mark__in=visitors).values_list("mark", flat=True))
    Presence.objects.bulk_create(
        [Presence(mark=mark, seen_at=moment) for mark, moment in visitors.items()],
        update_conflicts=True, unique_fields=["mark"], update_fields=["seen_at"], batch_size=500,
    )  # fmt: skip
    return len(set(visitors) - here)


def fold(today: dt.date | None = None) -> int:
    """Days older than ``USAGE_DAYS`` become one row a month and thing; how many rows went."""
    oldest = (today or timezone.localdate()) - dt.timedelta(days=settings.USAGE_DAYS)
    before = oldest.replace(day=1)
    old = ViewCount.objects.filter(day__lt=before).exclude(day__day=1)
    months = sorted({day.replace(day=1) for day in old.values_list("day", flat=True).distinct()})
    gone = 0
    for month in months:
        following = (month + dt.timedelta(days=32)).replace(day=1)
        rows = ViewCount.objects.filter(day__gte=month, day__lt=following)
        with transaction.atomic():
            sums = list(
                rows.annotate(month=TruncMonth("day")).values_list("key").annotate(Sum("views"))
            )
            gone += rows.delete()[0] - len(sums)
            ViewCount.objects.bulk_create(
                [ViewCount(day=month, key=key, views=views) for key, views in sums], batch_size=500
            )
    return gone


# --- what is shown to everybody -----------------------------------------------------------------


def totals() -> dict[str, int]:
    """Visits today, this month and ever, views ever, and who reads now; two queries."""
    today = timezone.localdate()
    sums = DayCount.objects.aggregate(
        all_visits=Sum("visits"), all_views=Sum("views"),
        month=Sum("visits", filter=Q(day__gte=today.replace(day=1))),
        today=Sum("visits", filter=Q(day=today)),
    )  # fmt: skip
    online = Presence.objects.filter(seen_at__gte=timezone.now() - ONLINE).count()
    return {name: value or 0 for name, value in sums.items()} | {"online": online}


def views_of(key: str) -> int:
    """Views of one thing ever; one query."""
    return ViewCount.objects.filter(key=key).aggregate(n=Sum("views"))["n"] or 0
