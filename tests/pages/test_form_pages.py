"""Biểu mẫu: fields from blocks, answers for the owning unit alone, deleted on the promised day."""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.pages.blocks.questions import FormFieldBlock
from portal.pages.models import FormPage, Submission
from portal.pages.models.form_pages import forget_submissions
from tests import factories as make

pytestmark = pytest.mark.django_db

NAME = ("line", "Tên bản", True, "")
FIELDS = (NAME, ("number", "Số cây mít", False, ""), ("one", "Mùa", True, "Xuân\nHạ"),
          ("many", "Loại", False, "Dai\nƯớt"), ("date", "Ngày hái", False, ""),
          ("agree", "Đồng ý", True, ""))  # fmt: skip
GOOD = {"o1": "Bản Hạt", "o2": "12", "o3": "Hạ", "o4": ["Dai", "Ướt"], "o5": "2031-05-02",
        "o6": "on"}  # fmt: skip


@pytest.fixture
def at():
    return make.house()


def blocks(fields) -> str:
    names = ("kind", "label", "needed", "choices")
    return json.dumps([{"type": "field", "value": {"help": ""} | dict(zip(names, one, strict=True))}
                       for one in fields])  # fmt: skip


def form_page(at, fields=FIELDS, **more) -> FormPage:
    more = {"title": "Đăng ký hạt mít", "live": True, "purpose": "đếm cây mít"} | more
    return make.page(at, model=FormPage, body="[]", form_fields=blocks(fields), **more)


def send(client, page, **fields):
    return client.post(page.form_address, make.sent(**GOOD | fields))


def test_a_filled_form_is_kept_in_the_words_of_its_fields(at, client):
    page = form_page(at, keep_days=30)
    text = client.get(page.form_address).content.decode()
    assert "đếm cây mít" in text
    assert "30" in text
    assert send(client, page).status_code == 302
    row = Submission.objects.get()
    assert dict(row.answers) | {"Đồng ý": ""} == {
        "Tên bản": "Bản Hạt", "Số cây mít": "12", "Mùa": "Hạ", "Loại": "Dai; Ướt",
        "Ngày hái": "02/05/2031", "Đồng ý": ""}  # fmt: skip
    assert row.delete_on == timezone.localdate() + dt.timedelta(30)


@pytest.mark.parametrize(
    "fields",
    [{"o1": ""}, {"o2": "nhiều"}, {"o3": "Đông"}, {"o4": ["Lạ"]}, {"o5": "31/31/2031"}, {"o6": ""},
     {"website": "x"}, {"opened": ""}],
)  # fmt: skip
def test_bad_input_and_programs_keep_nothing(at, client, fields):
    page = form_page(at)
    response = send(client, page, **fields)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Submission.objects.exists()


def test_a_closed_form_takes_nothing(at, client):
    page = form_page(at, takes_answers=False)
    assert send(client, page).status_code == 200
    assert not Submission.objects.exists()


def test_only_the_owning_unit_reads_and_exports(at, client):
    page = form_page(at)
    send(client, page, o1="=Bản+1")
    url = reverse("form_submissions", args=[page.pk])
    client.force_login(at.clerk_a)
    assert "=Bản+1" in client.get(url).content.decode()
    sheet = load_workbook(io.BytesIO(client.get(url + "?xuat=xlsx").content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][1] == "Tên bản"
    assert not rows[1][1].startswith("=")
    for who in ("clerk_b", "head_b", "administrator", "superuser", "auditor", "lawyer_a"):
        client.force_login(getattr(at, who))
        for address in (url, url + "?xuat=xlsx"):
            assert client.get(address).status_code in (302, 403, 404), who


def test_what_was_promised_is_kept_whatever_the_page_says_later(at, client):
    page = form_page(at, keep_days=10)
    send(client, page)
    page.keep_days = 700
    page.save_revision(user=at.clerk_a, clean=False)
    make.publish(FormPage.objects.get(), at)
    today = timezone.localdate()
    assert forget_submissions(today + dt.timedelta(9)) == 0
    assert forget_submissions(today + dt.timedelta(10)) == 1


def test_a_choice_needs_choices():
    block = FormFieldBlock()
    value = {"kind": "one", "label": "Mùa", "help": "", "needed": True, "choices": "Xuân"}
    with pytest.raises(ValidationError):
        block.clean(block.to_python(value))
