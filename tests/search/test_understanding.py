"""What typed words mean: numbers, laws, places, operators, and that nothing breaks it."""

import doctest
import importlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal_docs.numbering import PartialNumber
from portal.core.text import clean, normalise_dashes, squash_spaces
from portal.organisations.audience import PUBLIC
from search.understanding import Lexicon, understand
from tests.search.understanding_cases import LEXICON, TODAY, codes, filters, plan_of

MODULES = (
    "choosing", "dates", "keys", "language", "learning", "lexicon", "names", "numbers", "operators", "scaffolding",
    "syllable", "synonyms", "tokens", "understand",
)  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [*(f"search.understanding.{module}" for module in MODULES),
     "search.highlight", "search.engines.terms", "search.engines.tantivy_schema"],
)  # fmt: skip
def test_examples_in_the_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


NEW, OLD = "7-2031-qh17", "2-2019-qh14"


@pytest.mark.parametrize(
    ("typed", "numbers", "provision", "reason"),
    [
        ("12/2031/NĐ-CP", ("12-2031-nd-cp",), None, "so_hieu"),
        ("Số: 12/2031/nđ-cp", ("12-2031-nd-cp",), None, "so_hieu"),
        ("12/2031/NÐ–CP", ("12-2031-nd-cp",), None, "so_hieu"),
        ("168-2024-nd-cp", ("168-2024-nd-cp",), None, "so_hieu"),
        ("58/CT-TW", ("58-ct-tw",), None, "so_hieu"),
        ("2309/2002/QĐ-UB", ("2309-2002-qd-ub",), None, "so_hieu"),
        ("điều 5 luật cây xanh", (NEW, OLD), "dieu-5", "dieu_khoan"),
        ("điều 5 khoản 2 luật cây xanh 2019", (OLD,), "dieu-5.khoan-2", "dieu_khoan"),
        (
            "diem d khoan 2 dieu 5a luat cay xanh",
            (NEW, OLD),
            "dieu-5a.khoan-2.diem-d",
            "dieu_khoan",
        ),
        ("bộ luật vườn tược điều 35", ("4-2030-qh17",), "dieu-35", "dieu_khoan"),
        ("luật cây xanh năm 2031", (NEW,), None, "ten_luat"),
        ("luat cay xanh", (NEW, OLD), None, "ten_luat"),
        ("điểm đ khoản 2 điều 3 12/2031/NĐ-CP", ("12-2031-nd-cp",), "dieu-3.khoan-2.diem-dd",
         "dieu_khoan"),
        # Nicknames, initials, "và" left out, "luật" for a bộ luật.
        ("luật cây", (NEW, OLD), None, "ten_luat"),
        ("blvt điều 3", ("4-2030-qh17",), "dieu-3", "dieu_khoan"),
        ("luật vườn tược", ("4-2030-qh17",), None, "ten_luat"),
        ("LCX 2019", (OLD,), None, "ten_luat"),
        ("luật hoa quả", ("3-2025-qh15", "9-2032-qh17"), None, "ten_luat"),
    ],
)  # fmt: skip
def test_documents_and_places_that_are_named(
    typed: str, numbers: tuple[str, ...], provision: str | None, reason: str
) -> None:
    plan = plan_of(typed)
    assert (plan.numbers, plan.provision, plan.also) == (numbers, provision, False)
    assert codes(plan)[-1] == reason


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("nghị định 100", PartialNumber("100", None, "NĐ", "")),
        ("nd 100/2019", PartialNumber("100", 2019, "NĐ", "")),
        ("100/2019", PartialNumber("100", 2019, "", "")),
        ("nđ100", PartialNumber("100", None, "NĐ", "")),
        ("luat 31 2024", PartialNumber("31", 2024, "L", "")),
        ("chỉ thị 58", PartialNumber("58", None, "CT", "")),
        ("nghi dinhh 100", PartialNumber("100", None, "NĐ", "")),
        ("nghị định của chính phủ số 05", PartialNumber("5", None, "NĐ", "CP")),
        ("thông tư 12/2031/btc", PartialNumber("12", 2031, "TT", "BTC")),
        ("nghị định 100 năm 2019", PartialNumber("100", 2019, "NĐ", "")),
    ],
)
def test_parts_of_a_number(typed: str, wanted: PartialNumber) -> None:
    plan = plan_of(typed)
    assert (plan.partial, plan.also) == (wanted, False)


def test_parts_of_a_number_with_a_place() -> None:
    plan = plan_of("khoản 2 điều 10 nghị định 30")
    assert plan.partial == PartialNumber("30", None, "NĐ", "")
    assert plan.provision == "dieu-10.khoan-2"
    assert plan_of("nghị định 30").partial == plan.partial


@pytest.mark.parametrize(
    ("typed", "wanted", "words", "provision"),
    [
        ("thông tư 78 hóa đơn", ("78", "TT"), "hóa đơn", None),
        ("qđ 112 đề án tin học hóa", ("112", "QĐ"), "đề án tin học hóa", None),
        ("chỉ thị 15 của thủ tướng về văn bản điện tử", ("15", "CT"), "văn bản điện tử", None),
        ("nđ 30 phụ lục iii chữ viết tắt", ("30", "NĐ"), "chữ viết tắt", "phu-luc-3"),
        ("nghị định 100/2019 mức phạt", ("100", "NĐ"), "mức phạt", None),
    ],
)
def test_a_number_with_words_beside(
    typed: str, wanted: tuple[str, str], words: str, provision: str | None
) -> None:
    plan = plan_of(typed)
    assert plan.partial is not None
    assert (plan.partial.serial, plan.partial.type_abbr) == wanted
    assert (plan.words, plan.provision, plan.also) == (words, provision, True)
    assert "tu_khoa" in codes(plan)


def test_several_numbers() -> None:
    plan = plan_of("100/2019/NĐ-CP và 168/2024/NĐ-CP nồng độ cồn")
    assert plan.numbers == ("100-2019-nd-cp", "168-2024-nd-cp")
    assert (plan.words, plan.also) == ("nồng độ cồn", True)
    plan = plan_of("nghị định 100 và nghị định 168")
    assert plan.partial == PartialNumber("100", None, "NĐ", "")
    assert plan.partials == (PartialNumber("168", None, "NĐ", ""),)


def test_a_local_number_keeps_its_place() -> None:
    plan = plan_of("qđ ubnd tỉnh vĩnh long 01/2025")
    assert plan.partial == PartialNumber("1", 2025, "QĐ", "UBND")
    assert plan.filters.issuers == (22,)


def test_a_pasted_number() -> None:
    assert plan_of("1682024ndcp").loose == "1682024ndcp"


@pytest.mark.parametrize(
    "typed",
    ["trồng cây xanh", "điều 5", "luật hoa lá", "luật cây xanh 1990", "điều kiện cấp phép", "100",
     "kế hoạch 5 năm", "quyết định 30 ngày", "tháng 6/2024 tăng lương", "công an 113 phạt",
     "chương trình lớp 5"],
)  # fmt: skip
def test_everything_else_is_words(typed: str) -> None:
    plan = plan_of(typed)
    assert not plan.names_documents
    assert (plan.words, filters(plan)) == (typed, {})


def test_a_law_inside_a_question_is_pinned_and_its_words_stay() -> None:
    plan = plan_of("Theo Luật Cây xanh thì ai được chặt cây trước nhà?")
    assert (plan.law, plan.numbers, plan.also) == ("Luật Cây xanh", (NEW,), True)
    assert plan.words == "Theo Luật Cây xanh thì ai được chặt cây trước nhà?"
    assert plan_of("trồng cây xanh theo luật nào").law is None


def test_the_law_in_force_comes_first_and_the_expired_one_stays() -> None:
    assert plan_of("luật cây xanh").numbers == (NEW, OLD)
    # What is to come stands behind what is in force.
    assert plan_of("luật hoa và quả").numbers == ("3-2025-qh15", "9-2032-qh17")


def test_operators() -> None:
    plan = plan_of('"nồng độ cồn" xe -ô tô -"xe đạp"')
    assert (plan.phrases, plan.excluded) == (("nồng độ cồn",), ("xe đạp",))
    plan = plan_of("“nồng độ cồn” xe -taxi")
    assert (plan.phrases, plan.excluded) == (("nồng độ cồn",), ("taxi",))
    assert plan.words == "nồng độ cồn xe"


@pytest.mark.parametrize(
    ("typed", "wanted", "words"),
    [
        ('loại:"nghị định" hóa đơn', {"types": ("Nghị định",)}, "hóa đơn"),
        ("loai:nghị định hóa đơn", {"types": ("Nghị định",)}, "hóa đơn"),
        ("coquan:bo tai chinh hoa don", {"issuers": (11,)}, "hoa don"),
        ("cơ quan:BTC hóa đơn", {"issuers": (11,)}, "hóa đơn"),
        ("hóa đơn năm:2024", {"years": (2024,)}, "hóa đơn"),
        ("nam:2022-2024 hóa đơn", {"years": (2022, 2023, 2024)}, "hóa đơn"),
        ("cấp:trung ương hóa đơn", {"levels": ("trung-uong",)}, "hóa đơn"),
        ("linhvuc:đất đai sổ", {"fields": (31,)}, "sổ"),
        ("tỉnh:bến tre giá đất", {"provinces": ("tinh-ben-tre",)}, "giá đất"),
        ("hiệu lực:hết hóa đơn", {"statuses": ("het_hieu_luc_toan_bo",)}, "hóa đơn"),
    ],
)
def test_field_prefixes(typed: str, wanted: dict, words: str) -> None:
    plan = plan_of(typed)
    assert (filters(plan), plan.words) == (wanted, words)


def test_dates_and_numbers_as_fields() -> None:
    plan = plan_of("từ:1/2/2024 đến:2024 số:100 hóa đơn")
    assert str(plan.filters.issued_from) == "2024-02-01"
    assert str(plan.filters.issued_to) == "2024-12-31"
    assert plan.partial == PartialNumber("100", None, "", "")


@pytest.mark.parametrize(
    "typed",
    ["loại:hoa hồng", "năm:20x4", 'a "b', '"" -', "- -", "cơ quan:", "https://a.b/c:d", "5:3", ":"],
)
def test_a_malformed_operator_is_words(typed: str) -> None:
    plan = plan_of(typed)
    assert filters(plan) == {}
    assert not plan.phrases


def test_quotes_in_a_question_are_quotes() -> None:
    asked = '"Trọng tài cây xanh" là phương thức giải quyết do các bên thỏa thuận, đúng hay sai?'
    assert plan_of(asked).phrases == ()


def test_verbatim_does_nothing_but_clean() -> None:
    plan = plan_of('nghị  định 100 "cty" -đất', verbatim=True)
    assert (plan.words, plan.phrases, plan.excluded) == ("nghị định 100 cty", ("cty",), ("đất",))
    assert not plan.names_documents
    assert not plan.expansions


@pytest.mark.parametrize(
    ("typed", "code", "field"),
    [
        ("12/2031/NĐ-CP", "so_hieu", "numbers"),
        ("nghị định 100", "so_hieu_thieu", "partial"),
        ("luật cây xanh", "ten_luat", "law"),
        ("điều 5 luật cây xanh", "dieu_khoan", "provision"),
        ('"sổ đỏ" ở đâu', "nguyen_van", "phrases"),
        ("làm sổ đỏ", "dong_nghia", "expansions"),
    ],
)
def test_a_step_can_be_undone(typed: str, code: str, field: str) -> None:
    assert getattr(plan_of(typed), field)
    undone = plan_of(typed, without={code})
    assert not getattr(undone, field)
    assert code not in codes(undone)


def test_one_value_of_a_step_can_be_undone() -> None:
    plan = plan_of("nghị định của Bộ Tài chính về hóa đơn", without={"co_quan:Bộ Tài chính"})
    assert filters(plan) == {"types": ("Nghị định",)}
    assert "Bộ Tài chính" in plan.words


@given(st.text(max_size=700))
def test_any_text_becomes_a_plan(text: str) -> None:
    plan = understand(text, LEXICON, PUBLIC, TODAY)
    assert plan.text == text
    assert plan.visible_to is PUBLIC
    syllables = [reason.words for reason in plan.because]
    assert all(len(words) <= 600 for words in syllables)


PIECES = (
    "nghị định", "nd", "số", "100", "/2019", "/", "-", '"', "điều", "5", "khoản", "luật", "cây xanh",
    "năm", "từ", "đến", "2024", "loại:", "cơ quan:", "bộ tài chính", "của", "về", "ubnd tỉnh", "%",
    "bến tre", "hiệu lực", "còn", "tháng này", "phụ lục", "iii", "\x00", "\u200b", "?", "nghi5", "ddinhj",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["", " "]))
def test_any_mixture_of_what_is_understood_becomes_a_plan(pieces: list[str], glue: str) -> None:
    plan = understand(glue.join(pieces), LEXICON, PUBLIC, TODAY)
    assert all(0 <= one.start < one.end for one in plan.expansions)


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = normalise_dashes(squash_spaces(clean(text)))
    assert normalise_dashes(squash_spaces(clean(once))) == once


@pytest.mark.parametrize(
    "piece", ["a", "100/", '"', "-a ", "nghị định 1 ", "loại:", "\ud800", "từ 2020 "]
)
def test_a_megabyte_takes_no_longer(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    began = time.perf_counter()
    plan = plan_of(text)
    assert time.perf_counter() - began < 0.5
    assert len(plan.words) <= 2000


def test_an_empty_lexicon_does_no_harm() -> None:
    plan = understand("nghị định 100 của bộ tài chính về sổ đỏ", Lexicon(), PUBLIC, TODAY)
    assert plan.partial == PartialNumber("100", None, "NĐ", "BTC")
