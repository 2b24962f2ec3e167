"""Citations in the texts of pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal_docs.matching import visible
from legal_docs.page_links import linked


@pytest.mark.parametrize(
    ("html", "link"),
    [
        ("<p>theo Nghị định 12/2031/NĐ-CP</p>", "so=12%2F2031%2FN%C4%90-CP"),
        ("<p>khoản 2 Điều 5 Nghị định 12/2031/NĐ-CP</p>", "dieu=dieu-5.khoan-2"),
        ("<p>Điều 5 Luật Đất đai</p>", "dieu=dieu-5"),
        ("<li><b>12/2031/NĐ-CP</b> &amp; khác</li>", "so=12"),
    ],
)
def test_what_a_text_names_becomes_a_link(html, link):
    assert link in linked(html)


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/x/">Nghị định 12/2031/NĐ-CP</a></p>',
        "<p>Điều này</p>",
        "<p>ngày 12/03/2031</p>",
        '<p title="Nghị định 12/2031/NĐ-CP">x</p>',
        "",
    ],
)
def test_what_is_linked_or_names_nothing_stays(html):
    assert linked(html) == html


@given(st.text(alphabet="<>&\"' abcĐNÐ/0123456789-điềuluật", max_size=120))
def test_readers_see_the_same_words(text):
    from html import escape

    html = f"<p>{escape(text, quote=False)}</p>"
    assert visible(linked(html)) == visible(html)
