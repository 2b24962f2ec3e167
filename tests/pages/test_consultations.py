"""Góp ý dự thảo: comments while the period is open, shown only when somebody of the unit read
them."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from portal.organisations.audience import PUBLIC
from portal.pages import commenting, registry
from portal.pages.draft_articles import cut
from portal.pages.models import Comment, ConsultationPage
from tests import factories as make
from tests.factories.pages import paragraph

pytestmark = pytest.mark.django_db

DRAFT = "Căn cứ Luật Hạt mít;\nĐiều 1. Phạm vi\nPhơi hạt mít.\nĐiều 2. Nơi phơi\n1. Sân chung."


@pytest.fixture
def at():
    return make.house()


def consultation(at, first=-5, last=5, **fields) -> ConsultationPage:
    today = timezone.localdate()
    days = {"opens": today + dt.timedelta(first), "closes": today + dt.timedelta(last)}
    fields = {"title": "Quy chế phơi hạt mít", "draft_text": DRAFT, "live": True} | days | fields
    return make.page(at, model=ConsultationPage, body="[]", **fields)


def comment(client, page, **fields):
    data = {"place": "dieu-2", "text": "Nên thêm sân trường.", "by": "Tổ hạt"} | fields
    return client.post(page.form_address, make.sent(**data))


def test_articles_keep_their_ids_by_number():
    before = {one.label: one.eid for one in cut("Điều 1. A\nĐiều 2. B")}
    after = {one.label: one.eid for one in cut("Lời đầu\nĐiều 1. A\nĐiều 1a. X\nĐiều 2. B")}
    assert after.items() >= before.items()
    assert after["Điều 1a"] == "dieu-1a"
    assert [one.eid for one in cut("Điều 1. A\nĐiều 1. B")] == ["dieu-1", "dieu-1-lan-2"]
    assert [one.eid for one in cut("theo Điều 5 của Luật\nĐiều 5 của Luật này")] == [""]
    assert cut("") == []


def test_a_comment_is_shown_after_moderation_only(at, client, django_capture_on_commit_callbacks):
    page = consultation(at)
    assert 'value="dieu-2" selected' in client.get(
        page.form_address + "?dieu=dieu-2").content.decode()  # fmt: skip
    assert comment(client, page).status_code == 302
    row = Comment.objects.get()
    assert (row.place, row.state) == ("Điều 2", Comment.State.WAITS)
    assert row.text not in client.get(page.address).content.decode()
    client.force_login(at.clerk_a)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("comment", args=[row.pk]), {"show": "1"})
    client.logout()
    response = client.get(page.address)
    assert row.text in response.content.decode()
    assert [number for _article, _rows, number in response.context["parts"]] == [0, 0, 1]
    client.force_login(at.clerk_a)
    client.post(reverse("comment", args=[row.pk]), {"keep_back": "1", "reason": ""})
    assert Comment.objects.get().state == Comment.State.SHOWN  # no reason, no change
    client.post(reverse("comment", args=[row.pk]), {"keep_back": "1", "reason": "Xúc phạm"})
    assert Comment.objects.get().state == Comment.State.KEPT_BACK


@pytest.mark.parametrize(("first", "last"), [(1, 5), (-5, -1)])
def test_before_and_after_the_period_nothing_is_taken(at, client, first, last):
    page = consultation(at, first, last)
    assert comment(client, page).status_code == 200
    assert page.form_address not in client.get(page.address).content.decode()
    assert not Comment.objects.exists()


def test_the_first_and_the_last_day_count(at, client):
    page = consultation(at, 0, 0)
    assert comment(client, page).status_code == 302


@pytest.mark.parametrize("fields", [{"text": ""}, {"place": "dieu-99"}, {"website": "x"}])
def test_bad_input_keeps_nothing(at, client, fields):
    page = consultation(at)
    assert comment(client, page, **fields).status_code == 200
    assert not Comment.objects.exists()


def test_markup_in_a_comment_is_text(at, client):
    page = consultation(at)
    row = commenting.take(page, "<script>alert(1)</script>", by="<b>x</b>")
    commenting.moderate(row, at.clerk_a, Comment.State.SHOWN)
    text = client.get(page.address).content.decode()
    assert "&lt;script&gt;alert(1)" in text
    assert "<b>x</b>" not in text


@pytest.mark.parametrize("who", ["clerk_b", "head_b", "administrator", "superuser", "member_a",
                                 "lawyer_a", "auditor"])  # fmt: skip
def test_others_moderate_nothing(at, who):
    row = commenting.take(consultation(at), "Ý kiến")
    with pytest.raises(PermissionDenied):
        commenting.moderate(row, getattr(at, who), Comment.State.SHOWN)
    assert (row in commenting.comments_of(getattr(at, who))) is (who in {"lawyer_a", "auditor"})


def test_the_file_holds_the_own_units_comments_without_formulas(at, client):
    import io

    from openpyxl import load_workbook

    commenting.take(consultation(at), "=1+1")
    commenting.take(consultation(at, title="Của B", unit=at.b), "Ý kiến gửi B")
    client.force_login(at.clerk_a)
    response = client.get(reverse("comments") + "?xuat=xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert len(rows) == 1
    assert not rows[0][2].startswith("=")


def test_the_summary_is_published_by_a_correction_and_comments_stay(at, client):
    page = consultation(at)
    commenting.moderate(commenting.take(page, "Ý kiến hay", eid="dieu-2"), at.clerk_a, "hien")
    page.taken_up = json.dumps([paragraph("Tiếp thu một ý kiến.")])
    page.draft_text = "Điều 1. Phạm vi\nPhơi."
    page.save_revision(user=at.clerk_a, clean=False)
    text = client.get(page.address).content.decode()
    assert "Tiếp thu một" not in text
    page = make.publish(ConsultationPage.objects.get(), at)
    text = client.get(page.address).content.decode()
    assert "Tiếp thu một" in text
    assert "Ý kiến hay" in text  # its article is gone, the comment is not


def test_open_ones_are_listed_for_who_may_see_them(at):
    kept = consultation(at)
    consultation(at, 1, 5, title="Chưa mở")
    consultation(at, -5, -1, title="Đã hết")
    consultation(at, title="Nội bộ", audience="units")
    consultation(at, title="Nháp", live=False)
    listing = registry.listing("lay-y-kien")
    assert list(listing.query(PUBLIC, QueryDict(""))) == [kept]


def test_an_end_before_the_beginning_is_refused(at):
    page = consultation(at, live=False)
    page.closes = page.opens - dt.timedelta(1)
    with pytest.raises(ValidationError):
        page.full_clean()
