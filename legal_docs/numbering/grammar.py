"""What a number says against what the entry says: type, issuer, year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from legal_docs.numbering.parsing import parse
from legal_docs.numbering.vocabulary import type_spelling
from portal.core.text import clean, fold, squash_spaces

Fault = Literal["no-number", "unreadable", "type", "issuer", "year", "form"]

#: Before this day numbers followed older customs (12-CP, 217-HĐBT); Luật Ban hành văn bản quy
#: phạm pháp luật 1996 brought the year.
PRESENT_FORM_SINCE: Final = date(1997, 1, 1)
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")
#: A ministry's symbol may be written with signs or short: BNN&PTNT, BNNPTNT, BNN.
_SIGNS: Final = re.compile(r"[^A-ZĐ]")


@dataclass(frozen=True, slots=True)
class Expected:
    """What an entry says. ``abbreviation`` of the type; ``patterns`` as the register of types has
    them ("{so}/{nam}/TT-{BO} | …"); ``symbols`` of the issuers, none when unknown; ``others``:
    symbols of all other issuers."""

    abbreviation: str = ""
    patterns: str = ""
    issued: date | None = None
    symbols: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()


def faults(number: str, expected: Expected) -> Iterator[tuple[Fault, str]]:
    """What is odd about ``number``, with the part concerned.

    >>> wanted = Expected("NĐ", "{so}/{nam}/NĐ-CP", date(2031, 1, 5), frozenset({"CP"}))
    >>> list(faults("12/2031/TT-CP", wanted)), list(faults("12/2031/NĐ-CP", wanted))
    ([('type', 'TT')], [])
    """
    if not number:
        if "{so}" in expected.patterns:
            yield "no-number", ""
        return
    read = parse(number)
    if read is None:
        yield "unreadable", number
        return
    present = expected.issued is None or expected.issued >= PRESENT_FORM_SINCE
    wanted = type_spelling(expected.abbreviation) or expected.abbreviation
    if wanted and read.type_abbr and fold(read.type_abbr) != fold(wanted):
        yield "type", read.type_abbr
    elif present and expected.patterns and not _fits(number, expected.patterns):
        yield "form", expected.patterns
    if read.year and expected.issued and read.year != expected.issued.year:
        yield "year", str(read.year)
    yield from _issuer_faults(read.issuers, expected)


def _issuer_faults(said: tuple[str, ...], expected: Expected) -> Iterator[tuple[Fault, str]]:
    """Only a symbol that is certainly another body's is a fault: registers never know them all."""
    own = {plain(symbol) for symbol in expected.symbols}
    symbols = [plain(symbol) for symbol in said]
    if not own or any(_same(symbol, one) for symbol in symbols for one in own):
        return
    others = {plain(symbol) for symbol in expected.others}
    for symbol in symbols[:1]:
        if symbol in others:
            yield "issuer", symbol


def plain(symbol: str) -> str:
    """A symbol without signs and term: "BNN&PTNT" → "BNNPTNT", "QH15" → "QH"."""
    return _SIGNS.sub("", clean(symbol).upper())


def _same(symbol: str, own: str) -> bool:
    return symbol == own or (len(symbol) > 2 and own.startswith(symbol))


@lru_cache(maxsize=256)
def _form(patterns: str) -> re.Pattern[str]:
    """One expression for the patterns of a type; what stands for a body is any symbol."""
    return re.compile("|".join(_one(part) for part in patterns.split("|")), re.I)


def _one(pattern: str) -> str:
    pattern = re.sub(r"\[[^\]]*\]", "", pattern.strip())
    known = {
        "{so}": r"\d{1,6}(?:\.\d{1,3})?[a-zđ]?",
        "{nam}": r"(?:19|20)\d\d",
        "{khoa}": r"\d{1,2}",
    }
    parts, at = [], 0
    for hole in _PLACEHOLDER.finditer(pattern):
        parts.append(re.escape(pattern[at : hole.start()]))
        parts.append(known.get(hole[0], r"[\w&.,()/ -]{1,60}"))
        at = hole.end()
    return "".join(parts) + re.escape(pattern[at:]) + ("" if pattern.endswith("}") else r"[\w&.-]*")


def _fits(number: str, patterns: str) -> bool:
    if "{so}" not in patterns:
        return True
    whole = "|".join(part for part in patterns.split("|") if "{so}" in part)
    return _form(whole).fullmatch(squash_spaces(number)) is not None
