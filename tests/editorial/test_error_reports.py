"""Readers' reports of errors, statistics of review. All texts and names are fiction."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.core.guarded_form import mark_of_time
from portal.editorial import error_reports
from portal.editorial.models import ErrorReport, Notification
from portal.editorial.states import Step
from portal.editorial.workflow import reviewing
from tests import factories as make
from tests.editorial.test_review import fresh, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


def address(work) -> str:
    return reverse("report", args=[work._meta.label_lower, work.pk])


def opened(seconds_ago: float = 60) -> str:
    return mark_of_time(seconds_ago)


def said(**fields) -> dict[str, str]:
    return {"text": "Điều 2 chép sai ngày", "opened": opened(), "website": ""} | fields


def test_a_stranger_reports_and_the_unit_hears_of_it(at, client):
    work = make.document(at, live=True)
    page = client.get(work.get_absolute_url()).content.decode()
    assert address(work) in page
    shown = client.get(address(work))
    assert "no-store" in shown["Cache-Control"]
    assert client.post(address(work), said(place="Điều 2")).url == reverse("report_taken")
    report = ErrorReport.objects.get()
    assert report.due == timezone.localdate() + dt.timedelta(days=15)
    assert Notification.objects.filter(user=at.clerk_a, kind="report").exists()
    assert not Notification.objects.filter(user=at.clerk_b).exists()


@pytest.mark.parametrize("state", ["draft", "units", "withdrawn"])
def test_nobody_reports_on_what_he_may_not_see(at, client, state):
    work = make.document(
        at, live=state != "draft", audience="units" if state == "units" else "public"
    )
    if state == "withdrawn":
        work = make.withdraw(work, at)
    assert client.get(address(work)).status_code == 404
    assert client.post(address(work), said()).status_code == 404
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"website": "http://thuoc.example"},
        {"opened": ""},
        {"opened": "1:giả"},
        {"text": ""},
        {"text": "x" * 4001},
        {"contact": "không phải thư"},
    ],
)
def test_programs_and_empty_forms_are_turned_away(at, client, fields):
    work = make.document(at, live=True)
    assert client.post(address(work), said(**fields)).status_code == 200
    assert not ErrorReport.objects.exists()


def test_too_quick_is_a_program_and_may_try_again(at, client):
    work = make.document(at, live=True)
    assert client.post(address(work), said(opened=opened(0))).status_code == 200
    assert not ErrorReport.objects.exists()


def test_one_address_does_not_flood(at, client, settings):
    settings.SEARCH_LIMITS = {"report": 3}
    work = make.document(at, live=True)
    codes = [client.post(address(work), said()).status_code for _count in range(6)]
    assert 429 in codes


def test_an_answer_goes_to_who_asked_and_his_address_is_forgotten(
    at, django_capture_on_commit_callbacks
):
    report = error_reports.take(make.document(at, live=True), "Sai ngày", contact="dan@example.vn")
    for who in (at.clerk_b, at.member_a, at.administrator, at.superuser):
        with pytest.raises(PermissionDenied):
            error_reports.answer(report, who, "dung", "Cảm ơn")
    for state, text in (("dung", " "), ("moi", "x"), ("xong", "x")):
        with pytest.raises(ValidationError):
            error_reports.answer(report, at.clerk_a, state, text)
    with django_capture_on_commit_callbacks(execute=True):
        error_reports.answer(report, at.clerk_a, "khong", "Bản gốc cũng ghi vậy")
    assert mail.outbox[0].to == ["dan@example.vn"]
    assert error_reports.forget_addresses() == 0
    assert error_reports.forget_addresses(timezone.localdate() + dt.timedelta(days=40)) == 1
    assert ErrorReport.objects.get().contact == ""


def test_the_correction_closes_what_was_right(at):
    work = make.document(at, live=True)
    report = error_reports.take(work, "Sai trích yếu")
    error_reports.answer(report, at.clerk_a, "dung", "Đang sửa")
    draft = work.get_latest_revision_as_object()
    draft.subject = "Quy định về phơi hạt mít khô"
    draft.save_revision(user=at.clerk_a, clean=False)
    reviewing.submit(fresh(work), at.clerk_a, public_note="Trích yếu sai")
    work = walk(work, at)
    report.refresh_from_db()
    assert (report.state, report.correction) == ("xong", work.publication_record)


def test_the_queue_is_of_own_units(at, client):
    report = error_reports.take(make.document(at, live=True), "Sai")
    client.force_login(at.clerk_a)
    assert report.label in client.get(reverse("error_reports")).content.decode()
    url = reverse("error_report", args=[report.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"state": "khong", "answer": "Đúng rồi"}).status_code == 302
    client.force_login(at.clerk_b)
    assert client.get(url).status_code == 404
    assert report.label not in client.get(reverse("error_reports")).content.decode()


def test_statistics_count_turns_returns_and_delays(at, client):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    walk(work, at, Step.LEGAL)
    reviewing.send_back(reviewing.turn_of(work), at.lawyer_a, comment="Sai")
    client.force_login(at.head_a)
    url = reverse("review_statistics")
    assert str(at.a) in client.get(url).content.decode()
    assert "Sở Hạt Mít" in client.get(url, {"xuat": "csv"}).content.decode()
    book = load_workbook(io.BytesIO(client.get(url, {"xuat": "xlsx"}).content))
    rows = list(book.active.values)[1:]
    assert sorted(row[4] for row in rows) == [0, 0, 1]
    client.force_login(at.head_b)
    assert "Sở Hạt Mít" not in client.get(url, {"xuat": "csv"}).content.decode()
    client.force_login(at.clerk_a)
    assert client.get(url, {"xuat": "csv"}).status_code in (302, 403)
