"""Thủ tục hành chính: listed by field, found without accents and by code."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from portal.pages.models import ProcedurePage, ProceduresPage
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def index(at):
    return make.page(at, "Thủ tục hành chính", ProceduresPage, live=True)


def procedure(at, index, title: str, **fields) -> ProcedurePage:
    fields = {"field": "Nông sản", "live": True, "body": "[]"} | fields
    return make.page(at, title, ProcedurePage, parent=index, **fields)


def test_procedures_stand_under_their_field_for_who_may_see_them(at, client, index):
    procedure(at, index, "Đăng ký phơi hạt mít", code="9.000001", level="xa")
    procedure(at, index, "Cấp thẻ chợ phiên", field="Chợ", level="tinh")
    procedure(at, index, "Nháp", live=False)
    procedure(at, index, "Nội bộ", audience="units")

    def found(query: str = "") -> list[tuple[str, list[str]]]:
        groups = client.get(index.address + query).context["groups"]
        return [(name, [row.title for row in rows]) for name, rows in groups]

    nuts = [("Nông sản", ["Đăng ký phơi hạt mít"])]
    assert found() == [("Chợ", ["Cấp thẻ chợ phiên"]), *nuts]
    for query in ("?q=phoi+hat", "?q=9.000001", "?cap=xa", "?linh-vuc=Nông+sản", "?cap=la&q=hạt"):
        assert found(query) == nuts, query
    assert found("?q=khong+co") == []


def test_a_procedure_leads_to_its_service(at, client, index):
    row = procedure(at, index, "Đăng ký phơi hạt mít", link="https://dichvucong.example.vn/1")
    text = client.get(row.address).content.decode()
    assert 'href="https://dichvucong.example.vn/1"' in text
    assert "Nông sản" in text


@pytest.mark.parametrize(
    ("field", "value"),
    [("link", "http://dichvucong.example.vn/1"), ("link", "javascript:alert(1)"), ("field", ""),
     ("level", "phuong"), ("references", "99/2099/NĐ-KHÔNG-CÓ")],
)  # fmt: skip
def test_bad_input_names_the_field(at, index, field, value):
    row = procedure(at, index, "Đăng ký", live=False)
    setattr(row, field, value)
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    assert field in caught.value.message_dict
