"""What typed words mean: a number, a place in a law, or words; with the reason."""

import doctest
import importlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal_docs.numbering import PartialNumber
from portal.organisations.audience import PUBLIC
from search.understanding import Lexicon, understand

TODAY = date(2031, 6, 1)
LEXICON = Lexicon.of(
    [
        ("Luật Cây xanh", 2031, "7/2031/QH17"),
        ("Luật Cây xanh", 2019, "2/2019/QH14"),
        ("Bộ luật Vườn tược", 2030, "4/2030/QH17"),
    ]
)


@pytest.mark.parametrize(
    "name",
    ["search.understanding.lexicon", "search.understanding.places",
     "search.understanding.understand", "search.highlight", "search.engines.terms",
     "search.engines.tantivy_schema"],
)  # fmt: skip
def test_examples_in_the_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize(
    ("typed", "numbers", "provision", "reason"),
    [
        ("12/2031/NĐ-CP", ("12-2031-nd-cp",), None, "so_hieu"),
        ("58/CT-TW", ("58-ct-tw",), None, "so_hieu"),
        ("điều 5 luật cây xanh", ("7-2031-qh17", "2-2019-qh14"), "dieu-5", "dieu_khoan"),
        ("điều 5 khoản 2 luật cây xanh 2019", ("2-2019-qh14",), "dieu-5.khoan-2", "dieu_khoan"),
        (
            "diem d khoan 2 dieu 5a luat cay xanh",
            ("7-2031-qh17", "2-2019-qh14"),
            "dieu-5a.khoan-2.diem-d",
            "dieu_khoan",
        ),
        ("bộ luật vườn tược điều 35", ("4-2030-qh17",), "dieu-35", "dieu_khoan"),
        ("luật cây xanh năm 2031", ("7-2031-qh17",), None, "ten_luat"),
        ("luat cay xanh", ("7-2031-qh17", "2-2019-qh14"), None, "ten_luat"),
    ],
)
def test_documents_and_places_that_are_named(
    typed: str, numbers: tuple[str, ...], provision: str | None, reason: str
) -> None:
    plan = understand(typed, LEXICON, PUBLIC, TODAY)
    assert (plan.numbers, plan.provision) == (numbers, provision)
    assert [why.code for why in plan.because] == [reason]


def test_parts_of_a_number() -> None:
    plan = understand("khoản 2 điều 10 nghị định 30", LEXICON, PUBLIC, TODAY)
    assert plan.partial == PartialNumber("30", None, "NĐ", "")
    assert plan.provision == "dieu-10.khoan-2"
    assert understand("nghị định 30", LEXICON, PUBLIC, TODAY).partial == plan.partial


@pytest.mark.parametrize(
    "typed",
    ["trồng cây xanh", "luật cây xanh đô thị", "điều 5", "luật hoa lá", "thông tư 78 hóa đơn",
     "luật cây xanh 1990", "điều kiện cấp phép", "100"],
)  # fmt: skip
def test_everything_else_is_words(typed: str) -> None:
    plan = understand(typed, LEXICON, PUBLIC, TODAY)
    assert not plan.names_documents
    assert (plan.words, plan.because) == (typed, ())


@given(st.text(max_size=120))
def test_any_text_becomes_a_plan(text: str) -> None:
    plan = understand(text, LEXICON, PUBLIC, TODAY)
    assert plan.text == text
    assert plan.visible_to is PUBLIC
