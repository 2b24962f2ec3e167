"""The entries of a calendar page for programs of calendars."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from portal.core.cache_guard import share
from portal.organisations.access import audience_of
from portal.pages.models import CalendarPage

from .serving import page_at


def page_calendar(request, path: str) -> HttpResponse:
    """The calendar page at ``path`` as iCalendar.

    Raises:
        Http404: there is no such page for this reader.
    """
    page, audience = page_at(path), audience_of(request)
    if not isinstance(page, CalendarPage) or not page.is_visible_to(audience):
        raise Http404(path)
    response = HttpResponse(page.as_icalendar(), content_type="text/calendar; charset=utf-8")
    return share(response, 300) if audience.is_public and page.is_public else response
