"""Mandatory sections: what is missing, late, in time; who is told; the file for the report."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.editorial.models import Notification
from portal.organisations.models import AuditEntry
from portal.pages.duties import standings, tell_stale
from portal.pages.models import SectionDuty
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> dt.date:
    """The day on which a test runs, not the one on which the tests were collected."""
    return timezone.localdate()


@pytest.fixture
def at():
    return make.house()


def duty(**fields) -> SectionDuty:
    SectionDuty.objects.all().delete()
    return SectionDuty.objects.create(name="Chuyên mục thử", days=30, **fields)


def state_on(day: dt.date) -> str:
    (one,) = standings(day)
    return one.state


def test_a_new_portal_begins_with_what_the_law_wants():
    assert SectionDuty.objects.count() >= 12
    assert all(row.basis for row in SectionDuty.objects.all())


def test_a_section_without_a_page_is_missing(at, today):
    duty()
    assert state_on(today) == "missing"


def test_a_draft_or_an_internal_page_fulfils_nothing(at, today):
    row = duty(page=make.section(at, "Nháp"))
    assert state_on(today) == "missing"
    row.page = make.section(at, "Nội bộ", audience="units", live=True)
    row.save()
    assert state_on(today) == "missing"


def test_what_is_published_under_it_renews_a_section(at, today):
    section = make.section(at, "Mục", live=True)
    type(section).objects.filter(pk=section.pk).update(
        last_published_at=timezone.now() - dt.timedelta(days=90)
    )
    duty(page=section)
    assert state_on(today) == "late"
    make.page(at, "Trang mới", parent=section, live=True)
    assert state_on(today) == "fresh"
    assert state_on(today + dt.timedelta(days=30)) == "fresh"
    assert state_on(today + dt.timedelta(days=31)) == "late"


def test_a_list_renews_by_its_newest_row(at, today):
    duty(listing="moi", address="/van-ban/")
    assert state_on(today) == "missing"
    make.document(at, live=True)
    assert state_on(today) == "fresh"


def test_who_keeps_a_late_section_is_told_once_a_week(at, today):
    duty(unit=at.a)
    tell_stale()
    tell_stale()
    told = Notification.objects.filter(text__contains="Chuyên mục thử")
    assert {one.user for one in told} == {at.head_a, at.office_head_a}
    assert told.count() == 2
    SectionDuty.objects.update(told_on=today - dt.timedelta(days=7))
    tell_stale()
    assert told.all().count() == 4


def test_the_report_is_a_table_and_two_files(at, client):
    duty(unit=at.a, person=at.clerk_a, basis="=1+1")
    client.force_login(at.clerk_a)
    page = client.get(reverse("section_duties")).content.decode()
    assert "Chuyên mục thử" in page
    csv = client.get(reverse("section_duties") + "?xuat=csv").content.decode()
    assert "'=1+1" in csv
    book = load_workbook(io.BytesIO(client.get(reverse("section_duties") + "?xuat=xlsx").content))
    assert book.active["A2"].value == "Chuyên mục thử"


def test_the_secretary_keeps_the_register_and_the_log_knows(at, client):
    row = duty()
    client.force_login(at.secretary_a)
    form = {"name": "Tên mới", "basis": "", "days": 7, "order": 1, "active": "on", "address": ""}
    assert client.post(reverse("section_duty", args=[row.pk]), form).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.days) == ("Tên mới", 7)
    assert AuditEntry.objects.filter(action="duty.saved").exists()
    client.force_login(at.clerk_a)
    client.post(reverse("section_duty", args=[row.pk]), form | {"name": "Không"})
    row.refresh_from_db()
    assert row.name == "Tên mới"
