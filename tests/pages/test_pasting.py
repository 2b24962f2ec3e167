"""The address that the editor asks what a paste is."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from portal.pages.admin import pasting
from tests import factories as make

pytestmark = pytest.mark.django_db

TABLE = "<p>Trước</p><table><tr><td rowspan=2>A<td>B<tr><td>C</table><p>Sau <b>đậm</b></p>"


@pytest.fixture
def at():
    return make.house()


def asked(client, user, html: str, **more):
    if user:
        client.force_login(user)
    kept = {"X-Requested-With": "XMLHttpRequest"}
    return client.post(reverse("pasted"), {"html": html} | more, headers=kept)


def test_blocks_come_as_the_editor_takes_them(client, at):
    answer = asked(client, at.clerk_a, TABLE, tables="1").json()
    assert [block["type"] for block in answer["blocks"]] == ["text", "table", "text"]
    assert len({block["id"] for block in answer["blocks"]}) == 3
    last = json.loads(answer["blocks"][2]["value"])["blocks"][0]
    assert last["text"] == "Sau đậm"
    assert last["inlineStyleRanges"] == [{"offset": 4, "length": 3, "style": "BOLD"}]
    assert answer["blocks"][1]["value"]["data"] == [["A", "B"], ["A", "C"]]
    assert "1 bảng" in answer["told"]
    assert "ô gộp" in answer["told"].lower()


def test_one_text_where_no_table_can_stand(client, at):
    answer = asked(client, at.clerk_a, TABLE).json()
    (block,) = answer["blocks"]
    lines = [line["text"] for line in json.loads(block["value"])["blocks"]]
    assert lines == ["Trước", "A – B", "C", "Sau đậm"]
    assert "dòng" in answer["told"]


def test_only_writers_are_answered(client, at):
    for user in (at.auditor, at.administrator, at.lawyer_a):
        assert asked(client, user, TABLE).status_code == 403, user
    client.logout()
    answer = client.post(reverse("pasted"), {"html": TABLE})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/dang-nhap/")
    client.force_login(at.clerk_a)
    assert client.get(reverse("pasted")).status_code == 405


def test_too_much_is_refused(client, at, monkeypatch):
    monkeypatch.setattr(pasting, "LONGEST", 10)
    assert asked(client, at.clerk_a, "x" * 10).status_code == 200
    assert asked(client, at.clerk_a, "x" * 11).status_code == 413


def test_a_stranger_without_a_token_is_refused(at):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(at.clerk_a)
    assert client.post(reverse("pasted"), {"html": TABLE}).status_code == 403
