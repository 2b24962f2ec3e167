"""Lịch công tác: weeks, the iCalendar feed, the portlet; entries are a part of what is approved."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from icalendar import Calendar

from portal.pages.blocks.entries import EntryBlock
from portal.pages.models import CalendarPage, SectionPage
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


def entry(start: str, title: str, end: str | None = None, **fields) -> dict[str, object]:
    value = {"start": start, "end": end, "title": title, "place": "", "chair": "", "people": ""}
    return {"type": "entry", "value": value | fields}


def calendar(at, *entries, **fields) -> CalendarPage:
    fields = {"title": "Lịch công tác tuần", "live": True} | fields
    return make.page(at, model=CalendarPage, entries=json.dumps(list(entries)), **fields)


MEETING = entry("2031-05-14T01:00:00Z", "Họp phơi hạt", "2031-05-14T03:00:00Z", place="Sân chung")


def days(client, page, query: str = "") -> dict[str, list[str]]:
    response = client.get(page.address + query)
    assert response.status_code == 200
    return {str(day): [one.title for one in rows] for day, rows in response.context["days"] if rows}


def test_a_week_shows_its_entries_by_day_in_local_time(at, client):
    page = calendar(at, entry("2031-05-15T18:00:00Z", "Trực đêm"), MEETING,
                    entry("2031-05-21T01:00:00Z", "Tuần sau"))  # fmt: skip
    found = days(client, page, "?tuan=2031-05-18")
    # 18:00 UTC is 01:00 of the day after in Viet Nam.
    assert found == {"2031-05-14": ["Họp phơi hạt"], "2031-05-16": ["Trực đêm"]}
    text = client.get(page.address + "?tuan=2031-05-12").content.decode()
    assert "08:00" in text
    assert "?tuan=2031-05-19" in text
    assert "?tuan=2031-05-05" not in text  # nothing before: robots come to an end


@pytest.mark.parametrize(
    "week", ["", "x", "2031-13-01", "9999-12-31", "0001-01-01", "'", "20310514"]
)
def test_a_wrong_week_is_this_week_or_a_week(at, client, week):
    assert days(client, calendar(at, MEETING), f"?tuan={week}") is not None


def test_what_lasts_days_is_on_each_of_them(at, client):
    page = calendar(at, entry("2031-05-13T17:00:00Z", "Hội", "2031-05-15T17:00:00Z"))
    assert list(days(client, page, "?tuan=2031-05-14")) == ["2031-05-14", "2031-05-15"]


def test_the_feed_is_a_calendar_for_who_may_see_it(at, client):
    old = entry("2001-05-14T01:00:00Z", "Xưa rồi")
    page = calendar(at, MEETING, old)
    response = client.get(page.address + "lich.ics")
    assert response["Content-Type"].startswith("text/calendar")
    events = list(Calendar.from_ical(response.content).walk("VEVENT"))
    assert [str(one["summary"]) for one in events] == ["Họp phơi hạt"]
    assert events[0].decoded("dtstart") == dt.datetime(2031, 5, 14, 1, tzinfo=dt.UTC)
    again = Calendar.from_ical(client.get(page.address + "lich.ics").content).walk("VEVENT")
    assert [one["uid"] for one in again] == [one["uid"] for one in events]
    internal = calendar(at, MEETING, title="Lịch nội bộ", audience="units")
    assert client.get(internal.address + "lich.ics").status_code == 404
    client.force_login(at.member_b)
    assert client.get(internal.address + "lich.ics").status_code == 200
    plain = make.page(at, live=True)
    assert client.get(plain.address + "lich.ics").status_code == 404


def test_entries_are_a_part_of_what_is_approved(at, client):
    page = calendar(at, MEETING)
    before = page.approval_hash()
    page.entries = json.dumps([entry("2031-05-14T02:00:00Z", "Họp phơi hạt")])
    assert page.approval_hash() != before


def test_the_portlet_shows_what_is_ahead_to_who_may_see_it(at, client):
    soon = (timezone.now() + dt.timedelta(hours=3)).isoformat()
    past = (timezone.now() - dt.timedelta(hours=3)).isoformat()
    shown = calendar(at, entry(soon, "Sắp họp"), entry(past, "Họp xong"))
    internal = calendar(at, entry(soon, "Họp kín"), title="Lịch nội bộ", audience="units")
    portlets = [{"type": "calendar", "value": {"title": "", "calendar": one.pk, "count": 5}}
                for one in (shown, internal)]  # fmt: skip
    section = make.page(at, "Chuyên mục lịch", SectionPage, aside=json.dumps(portlets),
                        body="[]", live=True)  # fmt: skip
    text = client.get(section.address).content.decode()
    assert "Sắp họp" in text
    assert "Họp xong" not in text
    assert "Họp kín" not in text


def test_an_end_before_the_beginning_is_refused():
    block = EntryBlock()
    now = timezone.now()
    value = {"start": now, "end": now, "title": "Họp", "place": "", "chair": "", "people": ""}
    with pytest.raises(ValidationError):
        block.clean(block.to_python(value | {"start": now.isoformat(), "end": now.isoformat()}))
