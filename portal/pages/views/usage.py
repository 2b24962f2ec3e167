"""The picture by which views are counted, and the numbers that everybody may see."""

from __future__ import annotations

import base64
import datetime as dt
import hmac
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.core.cache_guard import share
from portal.core.limits import seconds_to_wait
from portal.organisations.access import audience_of
from portal.pages.models.usage import DayCount
from portal.pages.usage import counting
from portal.pages.usage.charts import bars
from portal.pages.usage.robots import is_program

_DOT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
DAYS = 30


def beacon(request, key: str, seal: str) -> HttpResponse:
    """A transparent dot; on its way the view is counted.

    Raises:
        Http404: no page of ours named this.
    """
    if not hmac.compare_digest(seal, counting.seal_of(key)):
        raise Http404(key)
    if _is_reader(request) and not seconds_to_wait(request, "count"):
        counting.note_view(request, key)
    response = HttpResponse(_DOT, content_type="image/gif")
    response["Cache-Control"] = "no-store"
    return response


def _is_reader(request) -> bool:
    """A person who has the page before him: no program, no staff, no other site, no page that a
    browser fetched before it was wanted."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES or settings.USAGE_DAYS <= 0:
        return False
    if is_program(request.headers.get("User-Agent", "")):
        return False
    if "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", "")):
        return False
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return urlsplit(request.headers.get("Referer", "")).netloc == request.get_host()


def numbers(request) -> HttpResponse:
    """Visits and views, as the regulations want a portal to tell them."""
    today = timezone.localdate()
    rows = {row.day: row for row in DayCount.objects.filter(day__gt=today - dt.timedelta(DAYS))}
    days = [today - dt.timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    table = [
        (day, rows[day].views if day in rows else 0, rows[day].visits if day in rows else 0)
        for day in days
    ]
    context = {
        "totals": counting.totals(),
        "chart": bars([(f"{day:%d/%m}", views) for day, views, _visits in table]),
        "table": table[::-1],
    }
    response = render(request, "pages/usage.html", context)
    return share(response) if audience_of(request).is_public else response
