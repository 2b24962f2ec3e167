"""The calendar of deadlines (iCalendar) at a private address."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone

from portal.editorial.models import Preference, ReviewState
from portal.editorial.workflow.notifying import review_url_of

ROWS = 500


def work_calendar(request, token: str) -> HttpResponse:
    """All-day events for what waits for the owner of the address; the address is the key."""
    preference = Preference.objects.filter(calendar_token=token).select_related("user").first()
    if preference is None or not preference.user.is_active:
        raise Http404
    response = HttpResponse(_calendar(preference.user), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _calendar(user) -> bytes:
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//portal//viec-cua-toi//VI")
    calendar.add("version", "2.0")
    turns = ReviewState.objects.waiting_for(user).exclude(due=None)
    for turn in turns.select_related("workflow_state")[:ROWS]:
        state = turn.workflow_state
        event = Event()
        event.add("uid", f"turn-{turn.pk}@{settings.PORTAL_URL.split('//')[-1]}")
        event.add("dtstamp", timezone.now().astimezone(dt.UTC))
        event.add("dtstart", turn.due)
        event.add("dtend", turn.due + dt.timedelta(days=1))
        event.add("summary", f"{turn.get_step_display()}: {turn.label}")
        url = review_url_of(state.content_type_id, state.object_id)
        event.add("url", f"{settings.PORTAL_URL}{url}")
        calendar.add_component(event)
    return calendar.to_ical()
