"""Place and date of issue, and the date the document says it takes effect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from .model import Proposal
from .page import Page

_DAY = r"ngày\s*(\d\s?\d?)\s*tháng\s*(\d\s?\d?)\s*năm\s*(\d\s?\d\s?\d\s?\d)"
_SHORT = r"ngày\s*(\d{1,2})\s*[/\-.]\s*(\d{1,2})\s*[/\-.]\s*(\d{4})"
_PLACE_WORDS = re.compile(r"((?:[A-ZĐÀ-Ỹ][^\s,\d:;.]*\.?(?:\s-)?\s*){1,6}),?\s*$")
_LINE = re.compile(rf"^(?P<before>.{{0,90}}?)[,.]?\s*(?:{_DAY}|{_SHORT})\s*[.]?$", re.I)
_LATE = re.compile(rf"(?P<place>[A-ZĐÀ-Ỹ][a-zđà-ỹ]+(?:\s[A-ZĐÀ-Ỹ][a-zđà-ỹ]+){{0,3}}),\s*{_DAY}")
_BLANK = re.compile(r",\s*ngày[\s.…_]*\d{0,2}[\s.…_]*tháng[\s.…_]*\d{0,2}[\s.…_]*năm", re.I)
_STATED = re.compile(r"(\d{1,2})\s*(?:[/\-.]|tháng)\s*(\d{1,2})\s*(?:[/\-.]|năm)\s*(\d{4})")
_ADOPTED = re.compile(rf"thông qua\s*(?:vào\s*)?{_DAY}", re.I)
_OF_OTHER = re.compile(
    r"\b(?:số|Luật|Nghị định|Thông tư|Quyết định|Nghị quyết|từ|kể|trước|đến|của|phiên họp|tại|kèm theo|Tờ trình)\b"
)
_EFFECT = re.compile(
    r"(?:này|này\s+và.{0,60}?)\s*(?:bắt đầu\s*|sẽ\s*)?có\s+hiệu\s+lực\s*(?:thi\s+hành)?\s*(?:kể\s+)?(?:từ|vào|ngày)?\s*"
    rf"(?:(?:{_DAY}|{_SHORT})|(?P<signed>ngày\s+(?:ký|ban\s+hành)))",
    re.I,
)


def _make(parts: Sequence[str | None]) -> date | None:
    numbers = [int(re.sub(r"\s", "", part)) for part in parts if part]
    if len(numbers) != 3:
        return None
    try:
        made = date(numbers[2], numbers[1], numbers[0])
    except ValueError:
        return None
    return made if 1945 <= made.year <= 2100 else None


def find_issued(
    page: Page, consolidated: bool
) -> tuple[Proposal[date] | None, Proposal[str] | None]:
    """Return (date, place) of the line "Hà Nội, ngày … tháng … năm …", else of the adoption."""
    head, tail = page.head, page.tail
    for lines in (page.authentic, tail) if consolidated else (head,):
        found = _placed(lines)
        if found[0] is not None:
            return found
    if consolidated or any(_BLANK.search(line) for line in head):
        return None, None
    stated = _stated(head)
    if stated is not None:
        return stated, None
    closing = " ".join(tail)
    match = _ADOPTED.search(closing)
    if match is not None and (made := _make(match.groups())):
        return Proposal(made, match[0], 0.95), None
    found = _placed(tail)
    return found if found[0] is not None else _stray(page.strays)


def _stray(lines: Sequence[str]) -> tuple[Proposal[date] | None, Proposal[str] | None]:
    """Place and date in a head that a PDF gives late; surrounding words run into it."""
    match = _LATE.search(" ".join(lines)[:300])
    made = _make(match.groups()[1:]) if match else None
    if match is None or made is None:
        return None, None
    return Proposal(made, match[0], 0.8), Proposal(match["place"], match[0], 0.8)


def _stated(head: Sequence[str]) -> Proposal[date] | None:
    """The date of an attribute list above the text: "Ngày ban hành: 01/02/2026"."""
    for at, line in enumerate(head):
        if not line.lower().startswith("ngày ban hành"):
            continue
        words = " ".join((line, *head[at + 1 : at + 2]))
        match = _STATED.search(words)
        if match is not None and (made := _make(match.groups())):
            return Proposal(made, words, 0.7)
    return None


def _placed(lines: Sequence[str]) -> tuple[Proposal[date] | None, Proposal[str] | None]:
    pairs = [(line, 0.98) for line in lines]
    pairs += [(f"{a} {b}", 0.9) for a, b in pairwise(lines)]
    for line, sure in pairs:
        match = _LINE.match(line)
        if match is None:
            continue
        before = match["before"].strip()
        place = _place_of(before)
        if place is None and (before or sure < 0.95):
            continue
        made = _make(match.groups()[1:])
        if made is None:
            continue
        where = Proposal(place, line, sure) if place else None
        return Proposal(made, line, sure if place else 0.7), where
    return None, None


def _place_of(before: str) -> str | None:
    """The place in the words before "ngày": the number may stand before it."""
    before = re.sub(r"^.*\d[^\s]*\s+", "", before) if re.search(r"\d", before) else before
    before = before.strip(" ,.")
    if not before or len(before) > 60 or _OF_OTHER.search(before):
        return None
    match = _PLACE_WORDS.search(before)
    if match is None:
        return None
    place = match[1].strip(" ,.")
    return place if 0 < len(place) <= 50 else None


def find_in_force(texts: Iterable[str], issued: date | None) -> Proposal[date] | None:
    """Return the date from which the document says it has effect; texts: its own, last first."""
    for text in texts:
        match = _EFFECT.search(text)
        if match is None:
            continue
        excerpt = text[max(0, match.start() - 40) : match.end()]
        if match["signed"]:
            return Proposal(issued, excerpt, 0.8) if issued else None
        made = _make(match.groups()[:-1])
        if made is not None:
            return Proposal(made, excerpt, 0.95)
    return None
