"""Which documents and provisions a text names: a table of cases, and what must always hold."""

import csv
import doctest
import importlib
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal_docs.citations import Citation, LawNames, find, link

LAWS = LawNames.of(
    [
        ("Luật Cây xanh", 2031, "7/2031/QH17"),
        ("Luật Cây xanh", 2019, "2/2019/QH14"),
        ("Luật Cây xanh đô thị", 2031, "8/2031/QH17"),
        ("Bộ luật Vườn tược", 2030, "4/2030/QH17"),
    ]
)
CASES = list(
    csv.DictReader(
        (Path(__file__).parents[1] / "tables" / "citations.csv").open(encoding="utf-8", newline="")
    )
)
WORDS = st.lists(
    st.sampled_from(
        [
            "điểm a", "khoản 2", "Điều 5", "Điều này", "khoản này", ",", "và", "của", "Luật này",
            "Luật Cây xanh", "năm 2031", "12/2031/NĐ-CP", "Nghị định số", "các điều 5, 6", "b", "7",
        ]
    ),
    max_size=14,
)  # fmt: skip


def _short(citation: Citation) -> str:
    name = "this" if citation.relative else citation.number or f"?{citation.law}"
    return f"{name}#{citation.provision}" if citation.provision else name


@pytest.mark.parametrize("name", ["finding", "law_names", "linking", "provisions", "documents"])
def test_examples_in_the_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"legal_docs.citations.{name}")).failed == 0


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_what_a_text_cites(case: dict[str, str]) -> None:
    found = find(case["text"], LAWS, case["context"] or None)
    assert " ".join(map(_short, found)) == case["expected"]


def test_a_citation_knows_its_place_year_and_day() -> None:
    text = "Căn cứ điểm b khoản 8 Điều 13 Nghị định số 12/2031/NĐ-CP ngày 05/6/2031 của Chính phủ;"
    (found,) = find(text, LAWS)
    assert found.text == text[7:-15] == text[found.start : found.end]
    assert (found.year, found.issued) == (2031, date(2031, 6, 5))


@given(WORDS, st.sampled_from([None, "dieu-1.khoan-2"]))
def test_citations_stand_in_order_without_overlap(words: list[str], context: str | None) -> None:
    text = " ".join(words)
    at = 0
    for citation in find(text, LAWS, context):
        assert at <= citation.start < citation.end <= len(text)
        assert citation.text == text[citation.start : citation.end]
        at = citation.end


@given(st.text(max_size=60))
def test_any_text_may_be_searched_and_any_markup_linked(text: str) -> None:
    find(text, LAWS)
    assert link(text.replace("&", ""), lambda citation: None, LAWS) == text.replace("&", "")


def test_links_stand_in_text_only_and_are_escaped() -> None:
    source = (
        '<p id="dieu-5" title="Luật này">Theo <a href="/x">12/2031/NĐ-CP</a> và khoản 1 Điều này, '
        "04/2031/TT-BGD&amp;ĐT &lt;b&gt;</p>"
    )
    done = link(source, lambda c: f"/?a=1&b={c.provision or c.number}", LAWS)
    assert done == (
        '<p id="dieu-5" title="Luật này">Theo <a href="/x">12/2031/NĐ-CP</a> và '
        '<a class="citation" href="/?a=1&amp;b=dieu-5.khoan-1">khoản 1 Điều này</a>, '
        '<a class="citation" href="/?a=1&amp;b=04/2031/TT-BGD&amp;ĐT">04/2031/TT-BGD&amp;ĐT</a>'
        " &lt;b&gt;</p>"
    )


@pytest.mark.parametrize(
    "unit", ["khoản 1, ", "Điều 5, 6 và ", "Luật ", "12/", "điểm a ", "1-", "các điều 5 và "]
)
def test_time_grows_with_the_length_and_not_faster(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        began = time.process_time()
        find(text, LAWS)
        return time.process_time() - began

    seconds(100)
    # Ten times the text: ten times the work, not a hundred. The floor keeps a busy machine out.
    assert seconds(40_000) < 40 * max(seconds(4_000), 0.05)
