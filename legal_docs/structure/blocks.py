"""The unit of input: one paragraph, table or image of a document, and the cleaning of its text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["p", "table", "image"]
Align = Literal["", "left", "center", "right", "justify"]
# title: the rest of an "Điều n." line is its heading; untitled: it has none;
# content: can never open an article or a container (the caller knows the articles);
# quoted: text of another document, set by the parser.
Role = Literal["", "title", "untitled", "content", "quoted"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, table or image.

    text: NFC plain text, "\\n" for soft line breaks; of a table: cells by tab, rows by "\\n".
    html: inner HTML when richer than the text (already sanitised), "" otherwise; of a table
    the whole ``<table>`` element. rows: cells of a table as plain text, row by row.
    """

    text: str
    kind: Kind = "p"
    html: str = ""
    align: Align = ""
    bold: bool = False
    italic: bool = False
    page: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    role: Role = ""


_ODD = re.compile(
    "[\u00a0\u00ad\u00d0\u200b-\u200f\u2028\u2029\u202a-\u202f\u2007\u2009\u2060\u3000\ufeff\ufffc"
    "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"
)
_MAP: dict[str, str] = {
    "\u00a0": " ",
    "\u2007": " ",
    "\u2009": " ",
    "\u202f": " ",
    "\u3000": " ",
    "\u00d0": "\u0110",
    "\u2028": "\n",
    "\u2029": "\n",
    "\x0b": "\n",
    "\x0c": "\n",
    "\x85": "\n",
    "\r": "\n",
}


def _odd(match: re.Match[str]) -> str:
    return _MAP.get(match.group(), "")


def clean(text: str) -> str:
    """Return NFC text without invisible or control characters; NBSP becomes a space, Ð becomes Đ."""
    if text.isascii() and text.isprintable():
        return text
    if "\r\n" in text:
        text = text.replace("\r\n", "\n")
    if _ODD.search(text):
        text = _ODD.sub(_odd, text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text
