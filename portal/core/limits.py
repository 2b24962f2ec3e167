"""How much one client may ask in a minute, counted by all processes together.

A count in the shared cache is a write to the database, so that a process counts by itself and
passes on every ``STEP`` requests: the limit is exact to a few requests, and costs a fraction of one.
Addresses are kept as a keyed hash, for the running minute (or hour) only.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from functools import wraps
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from .visitors import network_of

WINDOW: Final = 60
HOUR: Final = 3600
STEP: Final = 20
#: Requests a minute from one address, by sort. People and polite programs stay far below.
LIMITS: Final[dict[str, int]] = {
    "export": 30,
    "verify": 30,
    "report": 10,
    "ask": 10,
    "count": 120,
    "draft": 30,
}
_MOST_CLIENTS: Final = 10_000

_lock = threading.Lock()
_counts: dict[str, int] = {}
_window = 0


def seconds_to_wait(request: HttpRequest, what: str) -> int:
    """Count a request; 0 when it may go on, else the seconds until it may."""
    now = time.time()
    key = _key(request, what, int(now) // WINDOW)
    here = _count(key, int(now) // WINDOW)
    limit = limit_of(what)
    step = min(STEP, limit)
    total = here
    if here % step == 0:
        total = _shared(key, step)
        if total > limit:
            with _lock:
                _counts[key] = max(_counts.get(key, 0), limit + 1)
    return 0 if max(here, total) <= limit else WINDOW - int(now) % WINDOW


def limit_of(what: str) -> int:
    """Requests a minute of a sort; a setting may override it (``SEARCH_LIMITS``)."""
    return getattr(settings, "SEARCH_LIMITS", {}).get(what, LIMITS[what])


def limited(what: str) -> Callable:
    """Answer 429 with ``Retry-After`` to who asks too much."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            wait = seconds_to_wait(request, what)
            return too_many(wait) if wait else view(request, *args, **kwargs)

        return wrapped

    return decorate


def too_many(wait: int) -> HttpResponse:
    """The answer to who has to wait some seconds."""
    message = _("Too many requests from your address. Try again in a moment.")
    response = HttpResponse(message, status=429, content_type="text/plain; charset=utf-8")
    response["Retry-After"] = str(wait)
    return response


def seconds_to_wait_in_hour(request: HttpRequest, what: str, most: int) -> int:
    """Count a dear request (it sends a mail), exactly; 0 when it may go on, else the seconds until
    the next hour. Each takes one of ``most`` places, so that two at once never take the same."""
    now = int(time.time())
    wait = HOUR - now % HOUR
    key = _key(request, what, now // HOUR)
    try:
        taken = any(cache.add(f"{key}:{place}", 1, wait) for place in range(most))
    except Exception:  # a cache that is down limits nobody
        taken = True
    return 0 if taken else wait


def _key(request: HttpRequest, what: str, window: int) -> str:
    secret = f"{settings.SECRET_KEY}{network_of(request)}".encode()
    return f"limit:{what}:{window}:{hashlib.sha256(secret).hexdigest()[:24]}"


def _count(key: str, window: int) -> int:
    global _window
    with _lock:
        if window != _window or len(_counts) > _MOST_CLIENTS:
            _counts.clear()
            _window = window
        _counts[key] = _counts.get(key, 0) + 1
        return _counts[key]


def _shared(key: str, step: int) -> int:
    """Add this process' step to the count of all; a cache that is down limits nobody."""
    try:
        cache.add(key, 0, WINDOW * 2)
        return int(cache.incr(key, step))
    except Exception:  # whatever a cache backend raises
        return 0
