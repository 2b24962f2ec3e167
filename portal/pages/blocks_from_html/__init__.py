"""HTML from elsewhere (Word, another portal) as blocks of a body. No database, no Django.

Nothing of it is trusted: only what a block can hold is written anew, and the sanitiser has the last
word. A number that was read stays the number that is read: a list whose own counting would say
something else becomes paragraphs that begin with their numbers.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any, Final, NamedTuple

from portal.core.foreign_html import nesting
from portal.core.text import clean, squash_spaces

from .lists import truly_counted
from .parts import Told
from .reading import Reader
from .tables import captioned
from .writing import blocks

__all__ = ["Made", "Told", "blocks_from_html"]

_TAG: Final = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.S)
#: Elements that stay open until they are closed.
_NESTING: Final = (
    "a|b|i|u|s|em|strong|font|span|sup|sub|small|big|code|div|table|ul|ol|dl|blockquote|"
    "section|article|center|form|figure|aside|nav|details|address|h[1-6]"
)
_DEEPEST: Final = 300


class Made(NamedTuple):
    """Blocks as (type, value): ``text`` is HTML, ``table`` the value of a table block, ``picture``
    the ``src`` and ``alt`` that the source gave."""

    blocks: list[tuple[str, Any]]
    told: frozenset[Told]


def blocks_from_html(html: str, *, tables: bool = True, pictures: bool = False) -> Made:
    """The blocks that HTML becomes, in order.

    Without ``tables`` each row is a paragraph; without ``pictures`` they are left out and told.
    What is nested deeper than any text needs is read as plain words: its tree costs too much.

    >>> blocks_from_html("<p>A<table><tr><td>1<td>2</table>", tables=False).blocks
    [('text', '<p>A</p><p>1 – 2</p>')]
    """
    from selectolax.lexbor import LexborHTMLParser

    if nesting(html, _NESTING) > _DEEPEST:
        lines = (squash_spaces(clean(one)) for one in unescape(_TAG.sub("\n", html)).split("\n"))
        text = "".join(f"<p>{escape(one, quote=False)}</p>" for one in lines if one)
        return Made([("text", text)] if text else [], frozenset({Told.PLAIN}))
    root = LexborHTMLParser(html).body
    if root is None:
        return Made([], frozenset())
    reader = Reader(tables=tables, pictures=pictures)
    reader.walk(root)
    parts = truly_counted(captioned(reader.parts))
    return Made(list(blocks(parts)), frozenset(reader.told))
