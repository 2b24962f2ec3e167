"""Which lines stand inside a quotation: the new wording that an amending text puts in quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_LEADING = re.compile(r"[\s(]*[“\"‘'«]")
_CLOSED = re.compile(r"[”\"’»“]\s*[.;,:)\]]{0,3}\s*(?:\[\d+\])?(?:\s*(?:và|hoặc))?\s*[.;]?$|[”»]")


class Quote(NamedTuple):
    """opens, closes: the line leaves a quotation open, or ends the one that was open."""

    opens: bool
    closes: bool


_NONE = Quote(False, False)


def balance(line: str) -> Quote:
    """Judge one line by its own quotation marks."""
    curly_open, curly_close, straight = line.count("“"), line.count("”"), line.count('"')
    if not (curly_open or curly_close or straight):
        return _NONE
    leading = _LEADING.match(line) is not None
    if straight % 2:
        if curly_open > curly_close:  # “ … "
            return _NONE
        if curly_close > curly_open:  # " … ”
            return _NONE if leading else Quote(False, True)
        return Quote(leading, not leading and _CLOSED.search(line) is not None)
    if curly_open > curly_close:
        # “ … “ : the closing mark was typed as an opening one.
        if curly_open % 2 == 0 and not curly_close and line.rstrip(".;,: ").endswith("“"):
            return _NONE
        last_open = line.rfind("“")
        lead = line[:last_open].rstrip()
        opens = leading or lead.endswith((":", "như sau", "là"))
        return Quote(opens, False)
    if curly_close > curly_open:
        return Quote(False, True)
    return _NONE


def quoted_lines(lines: Sequence[str]) -> tuple[list[bool], list[bool]]:
    """Return two flags a line: it begins inside an open quotation; that quotation is closed later.

    An opening without a closing before the next opening is "loose": the parser may end it when
    the document's own numbering goes on.
    """
    marks = [balance(line) if line else _NONE for line in lines]
    count = len(lines)
    closed_later = [False] * (count + 1)
    state = False
    for at in range(count - 1, -1, -1):
        mark = marks[at]
        closed_later[at] = state
        if mark.closes:
            state = True
        elif mark.opens:
            state = False
    inside = [False] * count
    firm = [False] * count
    is_open = is_firm = False
    for at, mark in enumerate(marks):
        inside[at], firm[at] = is_open, is_firm
        if mark.opens:
            is_open, is_firm = True, closed_later[at]
        elif mark.closes:
            is_open = is_firm = False
    return inside, firm
