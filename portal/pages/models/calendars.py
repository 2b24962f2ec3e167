"""Lịch công tác tuần, sự kiện: a page of entries, shown by week and as iCalendar."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal.pages.admin.forms import PortalPageForm
from portal.pages.blocks import BlocksField

from .kinds import WithRegion
from .page import PortalPage

#: Days of past entries that the iCalendar feed still carries.
PAST_IN_FEED = 60


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An entry in the time of the house."""

    start: dt.datetime
    end: dt.datetime | None
    title: str
    place: str = ""
    chair: str = ""
    people: str = ""

    def is_on(self, day: dt.date) -> bool:
        """Whether some of it is on a day; what ends at midnight is not on the day that begins."""
        last = self.end - dt.timedelta(microseconds=1) if self.end else self.start
        return self.start.date() <= day <= last.date()

    @property
    def until(self) -> dt.datetime:
        return self.end or self.start


class CalendarPage(WithRegion):
    content_code = "page"
    base_form_class = PortalPageForm

    entries = BlocksField("portal.pages.blocks.EntriesBlock", verbose_name=_("entries"), blank=True)

    FROZEN = (*PortalPage.FROZEN, "entries", *WithRegion.REGION)
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("summary"),
        FieldPanel(
            "entries",
            help_text=_(
                "One for each meeting or event. The page shows them by week; times are of Viet Nam."
            ),
        ),
        *WithRegion.region_panels,
    ]
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]
    subpage_types: list[str] = []
    template = "pages/calendar.html"

    class Meta:
        verbose_name = _("work calendar")
        verbose_name_plural = _("work calendars")

    def all_entries(self) -> list[CalendarEntry]:
        """All entries by their beginning."""
        found = []
        for block in self.entries:
            value = block.value
            texts = (value[name] or "" for name in ("title", "place", "chair", "people"))
            found.append(CalendarEntry(local(value["start"]), local(value["end"]), *texts))
        return sorted(found, key=lambda one: (one.start, one.title))

    def coming(self, count: int, now: dt.datetime | None = None) -> list[CalendarEntry]:
        """The next entries, and those that are not over."""
        moment = now or timezone.now()
        return [one for one in self.all_entries() if one.until >= moment][:count]

    def context_for(self, request) -> dict[str, object]:
        """The week of a day (``?tuan=2031-05-12``), else this one. Weeks before the first and after
        the last entry are not linked, so that robots come to an end."""
        monday = week_of(request.GET.get("tuan", "")) or week_of(str(timezone.localdate()))
        entries = self.all_entries()
        days = [monday + dt.timedelta(number) for number in range(7)]
        before = any(one.start.date() < monday for one in entries)
        after = any(one.until.date() > days[-1] for one in entries)
        return {
            "days": [(day, [one for one in entries if one.is_on(day)]) for day in days],
            "monday": monday,
            "sunday": days[-1],
            "previous": monday - dt.timedelta(7) if before else None,
            "next": monday + dt.timedelta(7) if after else None,
            "this_week": week_of(str(timezone.localdate())) == monday,
        }

    def as_icalendar(self) -> bytes:
        """Its entries as iCalendar (RFC 5545), without what is long over."""
        from icalendar import Calendar, Event

        calendar = Calendar()
        calendar.add("prodid", "-//portal//lich-cong-tac//VI")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", self.title)
        host = settings.PORTAL_URL.split("//")[-1]
        since = timezone.now() - dt.timedelta(days=PAST_IN_FEED)
        stamp = self.last_published_at or timezone.now()
        for one in self.all_entries():
            if one.until < since:
                continue
            event = Event()
            key = hashlib.sha256(f"{one.start.isoformat()} {one.title}".encode()).hexdigest()[:20]
            event.add("uid", f"{self.pk}-{key}@{host}")
            event.add("dtstamp", stamp.astimezone(dt.UTC))
            event.add("dtstart", one.start.astimezone(dt.UTC))
            if one.end:
                event.add("dtend", one.end.astimezone(dt.UTC))
            event.add("summary", one.title)
            if one.place:
                event.add("location", one.place)
            if one.chair or one.people:
                event.add("description", "\n".join(filter(None, [one.chair, one.people])))
            calendar.add_component(event)
        return calendar.to_ical()


def local(moment: dt.datetime | None) -> dt.datetime | None:
    """A moment in the time of the house, whether it was kept with a zone or without."""
    if moment is None:
        return None
    return timezone.localtime(moment) if timezone.is_aware(moment) else timezone.make_aware(moment)


def week_of(text: str) -> dt.date | None:
    """The Monday of the week of a day (2031-05-14); None for anything else."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day - dt.timedelta(day.weekday()) if 1900 < day.year < 2200 else None
