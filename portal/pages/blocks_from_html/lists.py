"""Lists: how deep their items stand, and whether their numbers are those of the source."""

from __future__ import annotations

import re
from typing import Final

from .parts import Item, Line, Part, put_before

_COUNTED: Final = re.compile(r"\(?(\d{1,4}|[a-z]{1,6}|[A-Z]{1,6})[.)]")
_ROMAN: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
#: How the public page and the editor count a list at each depth.
_COUNTING: Final = ("1", "a", "i", "1", "a")


def is_counted(marker: str) -> bool:
    """Tell numbers and letters from bullets; the bullets of Word are letters of other fonts."""
    return any(sign.isalnum() for sign in marker) and (len(marker) > 1 or marker.isdigit())


def counted(number: int, counting: str) -> str:
    """A place in a list as it is written: 1, a or i.

    >>> counted(4, "1"), counted(28, "a"), counted(14, "i"), counted(2, "A")
    ('4', 'ab', 'xiv', 'B')
    """
    written = ""
    if counting in ("a", "A"):
        while number > 0:
            number, rest = divmod(number - 1, 26)
            written = chr(ord("a") + rest) + written
    elif counting in ("i", "I") and 0 < number < 40:
        for worth, sign in _ROMAN:
            times, number = divmod(number, worth)
            written += sign * times
    else:
        written = str(number)
    return written.upper() if counting in ("A", "I") else written


def truly_counted(parts: list[Part]) -> list[Part]:
    """Lists that would be counted otherwise than they were become paragraphs with their markers."""
    wrong: set[str] = set()
    for last in (False, False, False, True):
        found = _miscounted(parts, wrong)
        if not found:
            break
        wrong |= found
        if last:
            wrong |= {part.item.of for part in parts if isinstance(part, Line) and part.item}
    for part in parts:
        if isinstance(part, Line) and _as_item(part, wrong) is None and part.item is not None:
            part.kind = "p"
            put_before(part, part.item.marker)
    return parts


def _as_item(part: Part, wrong: set[str]) -> Item | None:
    if not isinstance(part, Line) or part.item is None:
        return None
    return None if part.item.ordered and part.item.of in wrong else part.item


def _miscounted(parts: list[Part], wrong: set[str]) -> set[str]:
    """The lists in which a place would bear another number than its marker says."""
    found: set[str] = set()
    counts: list[list[int]] = []  # [level, is ordered, count] of the lists that are open
    for part in parts:
        item = _as_item(part, wrong)
        if item is None:
            counts = []
            continue
        _close(counts, item)
        counts[-1][2] += 1
        if item.ordered and not _fits(item, counts[-1][2], len(counts)):
            found.add(item.of)
    return found


def _close(opened: list[list[int]], item: Item) -> bool:
    """Close the lists that end before this item, open the one that it begins; was one opened?"""
    while opened and opened[-1][0] > item.level:
        opened.pop()
    if opened and opened[-1][0] == item.level:
        if opened[-1][1] == item.ordered:
            return False
        opened.pop()
    if len(opened) == len(_COUNTING):
        return False
    opened.append([item.level, item.ordered, 0])
    return True


def _fits(item: Item, count: int, depth: int) -> bool:
    if not item.exact:
        return item.marker == f"{count}."
    said = _COUNTED.fullmatch(item.marker)
    return said is not None and said[1] == counted(count, _COUNTING[depth - 1])


def nested_list(lines: list[Line]) -> str:
    """HTML of items that stand together."""
    written, opened = list[str](), list[list[int]]()
    for line in lines:
        if line.item is None:
            continue
        before = [_tag(one) for one in opened]
        is_new = _close(opened, line.item)
        kept = len(opened) - is_new
        written += [f"</li></{tag}>" for tag in reversed(before[kept:])]
        if is_new:
            written.append(f"<{_tag(opened[-1])}>")
        else:
            written.append("</li>")
        written.append(f"<li>{line.html}")
    written += [f"</li></{_tag(one)}>" for one in reversed(opened)]
    return "".join(written)


def _tag(opened: list[int]) -> str:
    return "ol" if opened[1] else "ul"
