"""Chains such as "điểm a, b khoản 2 và khoản 3 Điều 5": which provisions, at which places.

Vietnamese names the small unit first, so that a list waits until its điều is read. The caller
joins a chain to the document that follows it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from portal.core.text import fold

_NUMBER: Final = r"\d{1,4}[a-zđ]{0,2}(?![\w/])(?![.,]\d)"
_LETTER: Final = r"(?:[a-zđ]{1,2}\d?|\d{1,2}(?:\.\d{1,2}){0,2})(?![\w/])"
_BETWEEN: Final = r"\s*(?:,|;|và|hoặc|đến|,\s*và|,\s*hoặc)\s+"


def _unit(word: str, value: str) -> str:
    first = f"[{word[0].upper()}{word[0]}]{word[1:]}"
    again = f"(?:{first}\\s+)?"
    return rf"{first}\s+(?:này(?!\w)|{value}(?:{_BETWEEN}{again}{value}){{0,60}})"


_PIECE: Final = re.compile(
    rf"(?<!\w)(?:[Cc]ác\s+)?(?:{_unit('điểm', _LETTER)}|{_unit('khoản', _NUMBER)}"
    rf"|{_unit('điều', _NUMBER)})"
)
_VALUE: Final = re.compile(
    r"(?<!\w)(?:(?P<word>[Đđ]iểm|[Kk]hoản|[Đđ]iều)\s+)?(?:(?P<this>này)|(?P<value>"
    r"\d{1,4}(?:\.\d{1,2}){0,2}[a-zđ]{0,2}|[a-zđ]{1,2}\d?))(?!\w)"
)
_JOIN: Final = re.compile(
    r"\s*(?:,|;)?\s*(?:(?:và|hoặc|của|tại|đến|từ)\s+)?(?:(?:quy\s+định\s+)?tại\s+)?"
)
# Nobody writes longer ones; what waits for its điều must not grow without bound.
_LONGEST: Final = 60
_BETWEEN_WORDS: Final = frozenset({"và", "đến", "hoặc"})


@dataclass(frozen=True, slots=True)
class Place:
    """One provision of a chain; ``this_article`` when its điều (or khoản) is "này"."""

    start: int
    end: int
    article: str | None
    clause: str | None = None
    point: str | None = None
    this: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """Provisions that stand together; they belong to whatever document is named at ``end``."""

    start: int
    end: int
    places: tuple[Place, ...]


@dataclass(slots=True)
class _Value:
    unit: str
    text: str
    start: int
    end: int


@dataclass(slots=True)
class _Waiting:
    """What has been read of the small units and still waits for its điều."""

    points: list[_Value] = field(default_factory=list)
    clauses: list[tuple[list[_Value], _Value]] = field(default_factory=list)


def chains(text: str) -> Iterator[Chain]:
    """Yield the chains of ``text`` from left to right; a chain ends with a điều or "này"."""
    pieces: list[re.Match[str]] = []
    for piece in _PIECE.finditer(text):
        full = len(pieces) == _LONGEST
        if pieces and (full or not _is_joined(text, pieces[-1].end(), piece.start())):
            yield from _chain(pieces)
            pieces = []
        pieces.append(piece)
    if pieces:
        yield from _chain(pieces)


def _is_joined(text: str, end: int, start: int) -> bool:
    if start - end > 24:
        return False
    return _JOIN.fullmatch(text, end, start) is not None


def _chain(pieces: list[re.Match[str]]) -> Iterator[Chain]:
    places = tuple(_places([value for piece in pieces for value in _values(piece)]))
    if places:
        yield Chain(places[0].start, places[-1].end, places)


def _values(piece: re.Match[str]) -> Iterator[_Value]:
    unit = ""
    for found in _VALUE.finditer(piece.string, piece.start(), piece.end()):
        if found["value"] in _BETWEEN_WORDS:
            continue
        if found["word"]:
            unit = fold(found["word"])
        start = found.start()
        if unit and start > piece.start() and not piece.string[piece.start() : start].strip(" \n"):
            start = piece.start()
        if unit:
            yield _Value(unit, found["value"] or "", start, found.end())


def _places(values: list[_Value]) -> Iterator[Place]:
    waiting = _Waiting()
    for value in values:
        if value.unit == "dieu":
            yield from _close(waiting, value)
            waiting = _Waiting()
        elif value.unit == "khoan":
            waiting.clauses.append((waiting.points, value))
            waiting.points = []
            if not value.text:
                yield from _close(waiting, None)
                waiting = _Waiting()
        elif value.text:
            waiting.points.append(value)


def _close(waiting: _Waiting, article: _Value | None) -> Iterator[Place]:
    """Bind what waits to its điều; the last place reaches to the end of the number above it."""
    number = article.text or None if article is not None else None
    this = "dieu" if article is not None and not article.text else ""
    last_end = article.end if article is not None else 0
    leaves: list[tuple[_Value | None, _Value | None]] = []
    for points, above in waiting.clauses:
        leaves += [(above, point) for point in points] or [(above, None)]
    leaves += [(None, point) for point in waiting.points]
    if article is not None and not leaves:
        yield Place(article.start, article.end, number, this=this)
        return
    for index, (clause, point) in enumerate(leaves):
        leaf = point or clause
        if leaf is None:
            continue
        end = leaf.end
        if clause is not None and (index + 1 == len(leaves) or leaves[index + 1][0] is not clause):
            end = clause.end
        if index + 1 == len(leaves):
            end = max(end, last_end)
        own_this = "khoan" if clause is not None and not clause.text else this
        yield Place(
            leaf.start,
            end,
            number,
            clause.text or None if clause is not None else None,
            point.text if point is not None else None,
            own_this,
        )


def letters(value: str) -> str:
    """Return a number or letter as it stands in an id: đ is ``dd``.

    >>> letters("đ"), letters("5a")
    ('dd', '5a')
    """
    return value.replace("đ", "dd").replace(".", "-")


def eid(place: Place, context: str | None) -> str | None:
    """Return the provision id of ``place``; ``context`` is the id at which the text stands.

    None when "này" needs a context and there is none that fits.

    >>> eid(Place(0, 0, "5", "2", "đ"), None)
    'dieu-5.khoan-2.diem-dd'
    >>> eid(Place(0, 0, None, "1", None, "dieu"), "dieu-5.khoan-3")
    'dieu-5.khoan-1'
    """
    parts: list[str] = []
    if place.this:
        inherited = _upto(context, place.this)
        if inherited is None:
            return None
        parts.append(inherited)
    elif place.article:
        parts.append(f"dieu-{letters(place.article)}")
    if place.clause:
        parts.append(f"khoan-{letters(place.clause)}")
    if place.point:
        parts.append(f"diem-{letters(place.point)}")
    return ".".join(parts)


def _upto(context: str | None, unit: str) -> str | None:
    parts = (context or "").split(".")
    for index, part in enumerate(parts):
        if part.startswith(f"{unit}-"):
            return ".".join(parts[: index + 1])
    return None
