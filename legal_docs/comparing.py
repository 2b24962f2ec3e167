"""How much of one text is not in another, wherever it stands. Pure: no Django.

A PDF gives the head of its first page late, tables cell by cell and footnotes in between, so that
order means little; letters of words that only one of them has do. Linear in both.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from portal.core.text import clean

_WORD = re.compile(r"[^\W_]+")
#: Words that a comparison names.
NAMED = 12


@dataclass(frozen=True, slots=True)
class Difference:
    """``missing``: share of the letters of the original that the text lacks; ``added``: share of
    the text's letters that the original lacks; with the longest words of each."""

    missing: float
    added: float
    missing_words: tuple[str, ...]
    added_words: tuple[str, ...]

    @property
    def share(self) -> float:
        return max(self.missing, self.added)


def words(text: str) -> Counter[str]:
    """Words of a text with how often, tones where they were typed, in small letters."""
    return Counter(_WORD.findall(clean(text).lower()))


def compare(original: str, text: str) -> Difference:
    """What differs between an original and a text.

    >>> compare("Điều 1. Phơi hạt mít", "Điều 1. Phơi hạt na").missing_words
    ('mít',)
    """
    theirs, ours = words(original), words(text)
    missing, added = theirs - ours, ours - theirs
    return Difference(
        _letters(missing) / max(1, _letters(theirs)),
        _letters(added) / max(1, _letters(ours)),
        _named(missing),
        _named(added),
    )


def _letters(counted: Counter[str]) -> int:
    return sum(len(word) * times for word, times in counted.items())


def _named(counted: Counter[str]) -> tuple[str, ...]:
    ordered = sorted(counted, key=lambda word: (-counted[word] * len(word), word))
    return tuple(ordered[:NAMED])
