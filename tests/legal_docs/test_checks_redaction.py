"""Putting marks in the place of strings keeps HTML whole and places right."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from legal_docs.redaction import moved, pattern_of, replaced

PIECES = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b>", "</b>", '<a href="/123456789">', "</a>", "123456789", "12345",
         "Nguyễn", " ", "&nbsp;", "Văn Mít", "&lt;x&gt;", "\n", "a", "."]
    ),
    max_size=60,
)  # fmt: skip
HIDDEN = ["123456789", "Nguyễn Văn Mít", "<x>"]


@given(PIECES)
def test_tags_stay_and_places_move(pieces):
    html = "".join(pieces)
    new, moves = replaced(html, pattern_of(HIDDEN, html=True), "[đã che]")
    tags = re.compile(r"<[^<>]*>")
    assert tags.findall(new) == tags.findall(html)
    places = moved(range(len(html) + 1), moves)
    assert places[len(html)] == len(new)
    for tag in tags.finditer(html):
        assert new[places[tag.start()] : places[tag.end()]] == tag[0]


def test_strings_are_words_and_never_patterns():
    assert pattern_of([]) is None and pattern_of([" "]) is None
    found = pattern_of(["a.c", "12"])
    assert found.sub("x", "abc a.c 123 12") == "abc x 123 x"
    html = pattern_of(["Nguyễn Văn Mít"], html=True)
    assert replaced("Nguyễn&nbsp;Văn\nMít", html, "x")[0] == "x"
    assert (
        replaced('<a href="/12">12</a>', pattern_of(["12"], html=True), "x")[0]
        == '<a href="/12">x</a>'
    )
