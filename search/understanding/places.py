"""Queries that name a place in a document: "điều 5 khoản 2 luật cây xanh 2031"."""

from dataclasses import dataclass
from typing import Final

from legal_docs.citations import Law
from legal_docs.numbering import PartialNumber, parse_query
from portal.core.text import fold, has_marks, syllables
from search.understanding.lexicon import Lexicon

_UNITS: Final = ("dieu", "khoan", "diem")
_LINKING: Final = frozenset({"cua", "tai", "trong", "theo", "nam", "so"})


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A law or a part of a number, with the provision in it that was asked for, if any."""

    laws: tuple[Law, ...]
    partial: PartialNumber | None
    provision: str | None


def named_place(text: str, lexicon: Lexicon) -> NamedPlace | None:
    """Return the place that the whole of ``text`` names, or None when words are left over.

    >>> lexicon = Lexicon.of([("Luật Cây xanh", 2031, "7/2031/QH17")])
    >>> named_place("dieu 5 khoan 2 luat cay xanh", lexicon).provision
    'dieu-5.khoan-2'
    >>> named_place("trồng cây xanh", lexicon) is None
    True
    """
    words = syllables(text)
    provision, rest = _provision(words)
    if rest and (found := _law(rest, lexicon, folded=not has_marks(text))):
        return NamedPlace(found, None, provision)
    partial = parse_query(" ".join(rest)) if rest and provision else None
    return NamedPlace((), partial, provision) if partial else None


def _provision(words: list[str]) -> tuple[str | None, list[str]]:
    """Take "điều 5a khoản 2 điểm đ", in any order, out of ``words``."""
    numbers: dict[str, str] = {}
    rest: list[str] = []
    at = 0
    while at < len(words):
        unit = fold(words[at])
        taken = _value(unit, words, at + 1) if unit in _UNITS and unit not in numbers else ""
        if taken:
            numbers[unit] = taken
            at += 2 if len(taken) == len(words[at + 1]) or unit == "diem" else 3
            continue
        rest.append(words[at])
        at += 1
    if "dieu" not in numbers:
        return None, words
    parts = (f"{unit}-{numbers[unit].replace('đ', 'dd')}" for unit in _UNITS if unit in numbers)
    return ".".join(parts), [word for word in rest if fold(word) not in _LINKING]


def _value(unit: str, words: list[str], at: int) -> str:
    """Return the number (with an inserted letter, cut off by ``syllables``) or the letter."""
    word = words[at] if at < len(words) else ""
    if unit == "diem":
        return word if len(word) == 1 and word.isalpha() else ""
    if not word.isdigit() or len(word) > 4:
        return ""
    letter = words[at + 1] if at + 1 < len(words) else ""
    return word + letter if len(letter) == 1 and letter.isalpha() else word


def _law(words: list[str], lexicon: Lexicon, *, folded: bool) -> tuple[Law, ...]:
    """Return the laws named by all of ``words``, newest first; a year behind chooses."""
    found = lexicon.laws.at_words(words, folded=folded)
    if found is None:
        return ()
    count, laws = found
    rest = [word for word in words[count:] if fold(word) not in _LINKING]
    if not rest:
        return laws
    if len(rest) > 1 or not rest[0].isdigit():
        return ()
    return tuple(law for law in laws if law.year == int(rest[0]))
