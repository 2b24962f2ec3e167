"""Every form of number is read, spelled back, keyed and found; dates are not."""

import csv
import doctest
import importlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal_docs import numbering
from legal_docs.numbering import DocumentNumber, PartialNumber, parse_query

CASES = list(
    csv.DictReader(
        (Path(__file__).parents[1] / "tables" / "numbers.csv").open(encoding="utf-8", newline="")
    )
)

SERIALS = st.builds(
    lambda number, letter: f"{number}{letter}",
    st.integers(0, 99999),
    st.sampled_from("abc") | st.just(""),
)
YEARS = st.integers(1945, 2099)
BODIES = st.sampled_from(["CP", "TTg", "BTC", "UBND", "HĐND", "BGDĐT", "BNN-QLCL", "BCA-BTP-BQP"])
KINDS = st.sampled_from(["NĐ", "TT", "QĐ", "NQ", "CT", "TTLT", "KH", "CTr"])
TERMS = st.integers(1, 20)


def _numbers() -> st.SearchStrategy[DocumentNumber]:
    return st.one_of(
        st.builds(DocumentNumber, SERIALS, YEARS, KINDS, BODIES, st.none(), st.just("qppl")),
        st.builds(
            DocumentNumber, SERIALS, YEARS, KINDS, BODIES, st.none(), st.just("qppl_gach_cheo")
        ),
        st.builds(
            DocumentNumber,
            SERIALS,
            YEARS,
            st.just(""),
            st.sampled_from(["QH", "UBTVQH"]),
            TERMS,
            st.just("quoc_hoi"),
        ),
        st.builds(
            DocumentNumber, SERIALS, st.none(), KINDS, BODIES, st.none(), st.just("hanh_chinh")
        ),
        st.builds(
            DocumentNumber,
            SERIALS,
            st.none(),
            st.sampled_from(["CT", "NQ", "KL"]),
            st.sampled_from(["TW", "TU", "HU"]),
            st.none(),
            st.just("dang"),
        ),
        st.builds(
            DocumentNumber,
            SERIALS,
            st.none(),
            st.just(""),
            st.sampled_from(["UBND-VX", "VPCP-KSTT", "BTP-PLHSHC"]),
            st.none(),
            st.just("cong_van"),
        ),
        st.builds(
            DocumentNumber,
            SERIALS,
            st.none(),
            st.just(""),
            st.sampled_from(["HĐBT", "CP", "TTg"]),
            st.none(),
            st.sampled_from(["cu_gach_ngang", "cu_gach_cheo"]),
        ),
    )


@pytest.mark.parametrize("name", ["number", "parsing", "finding", "keys", "queries", "vocabulary"])
def test_examples_in_the_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"legal_docs.numbering.{name}")).failed == 0


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_printed_number_is_read_and_spelled_canonically(case: dict[str, str]) -> None:
    number = numbering.parse(case["text"])
    assert number is not None
    assert numbering.format(number) == case["expected"]
    assert number.form == case["form"]


@pytest.mark.parametrize(
    "text", ["", "Không số", "1", "100/2019", "06/2004", "Điều 5", "12/2031/TT-", "x" * 400, "5/km"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert numbering.parse(text) is None


@given(_numbers())
def test_parsing_undoes_formatting(number: DocumentNumber) -> None:
    printed = numbering.format(number)
    assert numbering.parse(printed) == number
    assert numbering.canonical(printed) == printed


@given(_numbers())
def test_every_spelling_has_one_stable_key(number: DocumentNumber) -> None:
    printed = numbering.format(number)
    key = numbering.key(printed)
    assert numbering.key(key) == key == numbering.key(printed.lower())
    assert numbering.same(printed, "0" + printed)
    assert not key.strip("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(_numbers())
def test_a_number_in_running_text_is_found_at_its_place(number: DocumentNumber) -> None:
    printed = numbering.format(number)
    text = f"Căn cứ văn bản số {printed}, ngày 06/10/2031"
    (hit,) = numbering.find(text)
    assert (hit.number, text[hit.start : hit.end]) == (number, printed)


@given(st.text(max_size=80))
def test_any_text_has_a_key_and_no_reader_stumbles(text: str) -> None:
    assert numbering.key(text)
    assert numbering.find(text) is not None
    parse_query(text)


@pytest.mark.parametrize(
    "text", ["ngày 06/10/2031", "quý 6/2004", "1/2 diện tích", "tỷ lệ 24/7", "khoảng 5/10 - 7/10"]
)
def test_dates_and_fractions_are_not_found(text: str) -> None:
    assert numbering.find(text) == ()


def test_a_number_ends_before_the_words_behind_its_dash() -> None:
    (hit,) = numbering.find("Nghị định 12/2031/NĐ-CP-Chính phủ")
    assert hit.text == "12/2031/NĐ-CP"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nghị định 100", PartialNumber("100", None, "NĐ", "")),
        ("nd 100/2019", PartialNumber("100", 2019, "NĐ", "")),
        ("nđ100", PartialNumber("100", None, "NĐ", "")),
        ("168/2024", PartialNumber("168", 2024)),
        ("168-2024-nd-cp", PartialNumber("168", 2024, "NĐ", "CP")),
        ("168 2024 nd cp", PartialNumber("168", 2024, "NĐ", "CP")),
        ("luat 31 2024", PartialNumber("31", 2024, "L", "")),
        ("chỉ thị số 58", PartialNumber("58", None, "CT", "")),
        ("chỉ thị 15 của thủ tướng", PartialNumber("15", None, "CT", "TTg")),
        ("05/2031/QĐ-UBND", PartialNumber("5", 2031, "QĐ", "UBND")),
        ("100", None),
        ("luật đất đai 2024", None),
        ("luật 2024", None),
        ("thông tư 78 hóa đơn", None),
        ("điều 5", None),
    ],
)
def test_parts_of_a_number_in_a_query(text: str, expected: PartialNumber | None) -> None:
    assert parse_query(text) == expected


def test_a_partial_number_admits_what_it_does_not_contradict() -> None:
    law = numbering.parse("31/2024/QH15")
    decree = numbering.parse("031/2024/NĐ-CP")
    assert law is not None and decree is not None
    assert PartialNumber("31", 2024, "L").matches(law)
    assert not PartialNumber("31", 2024, "L").matches(decree)
    assert PartialNumber("31").matches(decree)
