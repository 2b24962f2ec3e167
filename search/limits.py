"""How much one client may ask of search: in a minute (``portal.core.limits``) and at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.http import HttpRequest, HttpResponse

from portal.core.limits import LIMITS, _counts, limit_of, limited, seconds_to_wait

__all__ = ["LIMITS", "_counts", "bounded", "limit_of", "limited", "seconds_to_wait"]

LIMITS.update({"search": 300, "suggest": 600, "click": 60})
LONGEST_ADDRESS: Final = 1 << 16


def bounded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Cut an address that is far longer than servers let through, before it is read: reading some
    megabytes takes longer than any search."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.META["QUERY_STRING"] = request.META.get("QUERY_STRING", "")[:LONGEST_ADDRESS]
        return view(request, *args, **kwargs)

    return wrapped
