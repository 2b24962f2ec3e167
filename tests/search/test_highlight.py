"""Excerpts show the best part of a text and mark the query's words as the index matches them."""

from hypothesis import given
from hypothesis import strategies as st

from search.highlight import excerpt

LONG = "Mở đầu dài dòng. " * 40 + "Người chặt hạ cây cổ thụ phải có giấy phép. " + "Hết. " * 80


def _marked(segments: tuple[tuple[str, bool], ...]) -> list[str]:
    return [text for text, is_marked in segments if is_marked]


def test_words_that_stand_together_are_marked_as_one() -> None:
    assert _marked(excerpt("Cấm chặt hạ cây.", "chặt hạ")) == ["chặt hạ"]


def test_scattered_words_are_left_plain_where_pairs_stand() -> None:
    assert _marked(excerpt("Cây và phép; giấy phép cho cây.", "giấy phép")) == ["giấy phép"]


def test_scattered_words_are_marked_where_nothing_better_stands() -> None:
    assert _marked(excerpt("Giấy trắng có phép.", "giấy phép")) == ["Giấy", "phép"]


def test_typed_accents_count_and_missing_ones_do_not() -> None:
    assert _marked(excerpt("má và mạ", "má")) == ["má"]
    assert _marked(excerpt("má và mạ", "ma")) == ["má", "mạ"]
    assert _marked(excerpt("Hoà giải", "hòa")) == ["Hoà"]


def test_the_window_goes_where_the_words_are() -> None:
    segments = excerpt(LONG, "chặt hạ cây cổ thụ", 120)
    text = "".join(piece for piece, _ in segments)
    assert _marked(segments) == ["chặt hạ cây cổ thụ"]
    assert text.startswith("…") and text.endswith("…") and len(text) <= 150


def test_a_part_of_a_word_is_no_match() -> None:
    assert _marked(excerpt("thanh niên", "an")) == []


def test_without_words_the_beginning_is_shown() -> None:
    assert excerpt("Mở đầu.", "") == (("Mở đầu.", False),)
    assert excerpt("", "cây") == ()


@given(
    st.text(alphabet="aàáâđĐ eê\u0301bcIİ.,12\n", max_size=300),
    st.text(alphabet="aàáđ eêbc12", max_size=30),
    st.integers(20, 200),
)
def test_an_excerpt_is_a_piece_of_the_text(text: str, words: str, width: int) -> None:
    pieces = [piece for piece, _ in excerpt(text, words, width)]
    assert all(pieces)
    assert len("".join(pieces)) <= width + 30
