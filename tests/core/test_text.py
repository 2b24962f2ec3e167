"""The forms of one text: what each forgives, and that none of them depends on how it was typed."""

import doctest
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import text as module
from portal.core.text import (
    clean,
    fold,
    has_marks,
    normalise_dashes,
    slugify,
    squash_spaces,
    syllables,
    tone_key,
)

VIETNAMESE = st.text(
    alphabet="aàáảãạăằắẳẵặâầấẩẫậđeèéẻẽẹêềếểễệiíìuưừứửữựoơờớởỡợ tyh12-/\u200b\u00a0"
)


def test_examples_in_the_docstrings() -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("THUỶ", "thủy"),
        ("Uỷ ban", "ủy ban"),
        ("kĩ thuật", "kỹ thuật"),
        ("quí", "quý"),
        ("tỉ lệ", "tỷ lệ"),
        ("khoẻ", "khỏe"),
    ],
)
def test_two_spellings_share_a_tone_key(one: str, other: str) -> None:
    assert tone_key(one) == tone_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("má", "mà"), ("thúy", "thúi"), ("tay", "tai"), ("đất", "dất"), ("châu Á", "châu A1")],
)
def test_different_words_keep_different_tone_keys(one: str, other: str) -> None:
    assert tone_key(one) != tone_key(other)


def test_clean_removes_what_nobody_sees_and_keeps_lines() -> None:
    assert clean("a\ufeff\u00adb\u00a0c\x0cd\te\r\n") == "ab c\nd\te\r\n"


def test_eth_becomes_the_vietnamese_letter_but_not_inside_a_foreign_word() -> None:
    assert clean("Ðất ðai NÐ-CP") == "Đất đai NĐ-CP"
    assert clean("Garðar") == "Garðar"


def test_marks_are_noticed() -> None:
    assert has_marks("Đ") and has_marks("a\u0301") and not has_marks("LUAT 2031")


@given(VIETNAMESE)
def test_every_form_is_its_own_fixed_point(text: str) -> None:
    for form in (clean, fold, slugify, normalise_dashes, squash_spaces, tone_key):
        assert form(form(text)) == form(text)


@given(VIETNAMESE)
def test_composed_and_decomposed_text_are_one(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    for form in (clean, fold, slugify, tone_key):
        assert form(apart) == form(clean(text)) or form is fold
    assert syllables(apart) == syllables(text)


@given(VIETNAMESE)
def test_folding_leaves_only_plain_letters(text: str) -> None:
    assert fold(clean(text)).isascii()
