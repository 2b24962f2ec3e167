"""Pairs of words that texts themselves declare: "bảo hiểm xã hội (BHXH)", "sau đây gọi là …".

What is found is a proposal: an editor accepts it or sets it aside. Texts are public ones only.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from portal.core.text import clean, squash_spaces, syllables
from search.understanding.syllable import is_bare_syllable
from search.understanding.synonyms import Kind

_ABBREVIATED: Final = re.compile(r"((?:[^\W\d_]+[ ,–-]+){2,9})\(([A-ZĐÂÊÔƠƯ]{3,8})\)")
_CALLED: Final = re.compile(
    r"((?:[^\W\d_]+ ){2,8})\((?:sau đây )?(?:được )?(?:gọi tắt|gọi chung|gọi|viết tắt|còn gọi)"
    r"(?: tắt| chung)? là:? ?[“\"]?([^\W\d_]+(?: [^\W\d_]+){0,6})[”\"]?\)"
)
_SKIPPED: Final = frozenset({"và", "của", "các", "về"})
# Where a name may begin: what stands before these words is not part of it.
_BEFORE_A_NAME: Final = frozenset(
    {"là", "của", "theo", "cho", "với", "do", "tại", "bởi", "về", "và", "các", "có", "được", "đối"}
)


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
        meant = _spelled_out(syllables(match[1]), match[2].lower())
        if meant and not is_bare_syllable(match[2].lower()):
            yield match[2].lower(), meant, Kind.SHORT
    for match in _CALLED.finditer(text):
        words, called = syllables(match[1]), " ".join(syllables(match[2]))
        starts = [at for at, (one, _two) in enumerate(pairwise(words), 1) if one in _BEFORE_A_NAME]
        name = " ".join(words[starts[-1] if starts else 0 :])
        if 2 <= name.count(" ") + 1 <= 8 and called not in name and " " in called:
            yield called, name, Kind.RELATED


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
