"""Public pages, kept in the process until something is published.

A page that a shared cache may keep is also kept here as bytes, under a *stamp*: the number of the
newest line in the ledger, and the day. A new line makes all kept pages stale at once, so that a
withdrawn document is gone at once; what no line tells of (an edited register) follows within the
time that shared caches are given. Only strangers are served from here, and only pages that were
made for a stranger are put in.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.utils import timezone

from .cache_guard import is_renewal

#: Bytes of pages that one process keeps.
BUDGET = 12 * 1024 * 1024
SECONDS = 60

_stamp_of: Callable[[], object] | None = None
_left_out: set[str] = set()


def register_stamp(stamp_of: Callable[[], object]) -> None:
    """``stamp_of`` answers cheaply with a value that changes when published content changes."""
    global _stamp_of
    _stamp_of = stamp_of


def leave_out(*paths: str) -> None:
    """Name addresses whose answers are never kept, so that they need not be looked up."""
    _left_out.update(paths)


def stamp(known: object = None) -> str:
    """The value that changes when published content changes, and with the day.

    One query, none where the caller has ``known`` what ``stamp_of`` would answer.
    """
    newest = known if known is not None else _stamp_of() if _stamp_of else ""
    return f"{newest}/{timezone.localdate()}"


@dataclass(frozen=True, slots=True)
class _Page:
    stamp: str
    until: float
    content: bytes
    headers: tuple[tuple[str, str], ...]


class _Shelf:
    """Pages by address, oldest use first; thread-safe."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, _Page] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: str, stamp: str) -> _Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if page.stamp != stamp or page.until < time.monotonic():
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: str, page: _Page) -> None:
        if len(page.content) > BUDGET // 4:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._size += len(page.content)
            while self._size > BUDGET:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._size = 0

    def _drop(self, key: str) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self._size -= len(page.content)


shelf = _Shelf()


def PageCache(get_response):
    """Innermost middleware: answers strangers from the shelf, and fills it."""

    def middleware(request):
        key = _key(request)
        if key is None:
            return get_response(request)
        current = stamp()
        request.page_stamp = current
        etag = f'W/"{hashlib.sha256(f"{current} {key}".encode()).hexdigest()[:20]}"'
        page = None if is_renewal(request) else shelf.get(key, current)
        if page is None:
            response = get_response(request)
            if not _may_be_kept(response):
                return response
            response["ETag"] = etag
            headers = tuple(response.items())
            shelf.put(key, _Page(current, time.monotonic() + SECONDS, response.content, headers))
        elif request.headers.get("If-None-Match") == etag:
            response = HttpResponseNotModified(headers=dict(page.headers))
            del response["Content-Type"]
        else:
            response = HttpResponse(page.content, headers=dict(page.headers))
        return response

    return middleware


def _key(request) -> str | None:
    """Address of a page that may be kept; None for everything made for one reader."""
    if (
        request.method != "GET"
        or request.path_info in _left_out
        or not request.audience.is_public
        or settings.SESSION_COOKIE_NAME in request.COOKIES
        or not getattr(request, "language_is_default", True)
    ):
        return None
    return request.get_full_path()


def _may_be_kept(response) -> bool:
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "s-maxage" in response.get("Cache-Control", "")
        and getattr(response, "may_be_kept", True)
    )
