"""Pairs of words that texts themselves declare: "bảo hiểm xã hội (BHXH)", "sau đây gọi là …".

What is found is a proposal: an editor accepts it or sets it aside. Texts are public ones only.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from portal.core.text import clean, squash_spaces, syllables
from search.understanding.syllable import is_bare_syllable
from search.understanding.synonyms import Kind

_ABBREVIATED: Final = re.compile(r"\(([A-ZĐÂÊÔƠƯ]{3,8})\)")
_CALLED: Final = re.compile(
    r"\((?:sau đây )?(?:được )?(?:gọi tắt|gọi chung|gọi|viết tắt|còn gọi)(?: tắt| chung)? là:? ?"
    r"[“\"]?([^\W\d_]+(?: [^\W\d_]+){1,6})[”\"]?\)"
)
_SKIPPED: Final = frozenset({"và", "của", "các", "về"})
# How far before a bracket the words may begin that it shortens.
_LOOK_BACK: Final = 120
_LONGEST_NAME: Final = 10


@dataclass(frozen=True, slots=True)
class Proposal:
    """``typed`` seems to stand for ``meant``, in ``count`` texts."""

    typed: str
    meant: str
    kind: Kind
    count: int


def proposals(texts: Iterable[str], *, least: int = 3) -> list[Proposal]:
    """Return the pairs that at least ``least`` texts declare, the most frequent first.

    >>> text = "Người tham gia bảo hiểm xã hội (BHXH) được hưởng chế độ."
    >>> [(found.typed, found.meant) for found in proposals([text] * 3)]
    [('bhxh', 'bảo hiểm xã hội')]
    """
    counted: Counter[tuple[str, str, Kind]] = Counter()
    for text in texts:
        counted.update(set(_declared(squash_spaces(clean(text)))))
    # One abbreviation of many meanings is no rule that holds everywhere.
    meanings = Counter(typed for (typed, _meant, kind), count in counted.items() if count >= least)
    found = [
        Proposal(typed, meant, kind, count)
        for (typed, meant, kind), count in counted.items()
        if count >= least and meanings[typed] == 1
    ]
    return sorted(found, key=lambda one: (-one.count, one.typed))


def _declared(text: str) -> Iterable[tuple[str, str, Kind]]:
    for match in _ABBREVIATED.finditer(text):
        short = match[1].lower()
        meant = _spelled_out(_words_before(text, match.start()), short)
        if meant and not is_bare_syllable(short):
            yield short, meant, Kind.SHORT
    for match in _CALLED.finditer(text):
        called = syllables(match[1])
        name = _shortened(_words_before(text, match.start()), called)
        if name:
            yield " ".join(called), name, Kind.RELATED


def _words_before(text: str, place: int) -> list[str]:
    """Return the words of the clause before a bracket."""
    clause = re.split(r"[.;:()“”\"\d]", text[max(0, place - _LOOK_BACK) : place])[-1]
    return syllables(clause)


def _shortened(words: list[str], called: list[str]) -> str:
    """Return the end of ``words`` of which ``called`` keeps the first and some later words."""
    at, left = len(words), list(called)
    while at and left:
        at -= 1
        if words[at] == left[-1]:
            left.pop()
    name = words[at:]
    return " ".join(name) if not left and len(called) < len(name) <= _LONGEST_NAME else ""


def _spelled_out(words: list[str], letters: str) -> str:
    """Return the words whose initials are the letters, the last ones before the bracket."""
    at, left = len(words), list(letters)
    while at and left:
        at -= 1
        if words[at][0] == left[-1]:
            left.pop()
        elif words[at] not in _SKIPPED:
            return ""
    return "" if left else " ".join(words[at:])
