"""When two texts are the same text, however they were copied: one key for each. Pure: no Django.

What a copy changes by itself does not count: the form of composed letters, invisible signs, the
kinds of dashes and quotation marks, white space. Letters, digits, case and all other signs do.
``portal/static/portal/js/verify.js`` computes the same key in the browser.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from html import unescape

#: Half of a SHA-256 (hex): enough to find a text, and half the index.
LENGTH = 32
_NOTHING = re.compile(
    "[\\s\u0000-\u0008\u000e-\u001f\u007f\u0085\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+"
)
_DASH = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_QUOTE = re.compile("[\u201c-\u201f\u00ab\u00bb\u2033]")
_TICK = re.compile("[\u2018-\u201b\u2032`\u00b4]")
_TAG = re.compile(r"<[^<>]*>")
_CITATION = re.compile(r'<a class="citation" href="[^"]*">([^<]*)</a>')


def plain(text: str) -> str:
    """The text without what a copy may change.

    >>> plain("Điều 1.\\u00a0“Hạt  mít” – phơi") == plain('Điều 1. "Hạt mít" -phơi')
    True
    """
    text = unicodedata.normalize("NFC", text).replace("Ð", "Đ")
    text = _QUOTE.sub('"', _DASH.sub("-", _NOTHING.sub("", text)))
    return _TICK.sub("'", text)


def key(text: str) -> str:
    """The key of a text; empty for one that says nothing. Lone surrogates have no meaning and
    count as question marks.

    >>> key("  ")
    ''
    """
    said = plain(text)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:LENGTH] if said else ""


def visible(html: str) -> str:
    """What a reader sees of rendered HTML, all in one line.

    >>> visible("<p>a &lt; <b>b</b><br>c</p>")
    'a < bc'
    """
    return unescape(_TAG.sub("", html))


def paragraphs(html: str) -> list[str]:
    """What a reader sees, block by block, for a difference.

    >>> paragraphs("<h2>A</h2>\\n<p>b <i>c</i><br>d</p>")
    ['A', 'b c d']
    """
    broken = re.sub(r"</(?:p|h[1-6]|tr|li|figure|caption)>", "\n", html)
    spaced = re.sub(r"<br\s*/?>|</t[dh]>", " ", broken)
    lines = (" ".join(visible(line).split()) for line in spaced.split("\n"))
    return [line for line in lines if line]


def key_of_html(html: str) -> str:
    """The key of what a reader sees of rendered HTML."""
    return key(visible(html))


def without_links(html: str) -> str:
    """The rendered text as it was hashed: citations are links that are derived later."""
    return _CITATION.sub(r"\1", html)


def text_hash(html: str) -> str:
    """SHA-256 (hex) of a rendered text without the links of its citations."""
    return hashlib.sha256(without_links(html).encode()).hexdigest()
