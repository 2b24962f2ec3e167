"""The names of laws, as a lexicon that finds the longest one at a place in linear time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from portal.core.text import fold, syllable_key, syllables

_FIRST_WORD: Final = re.compile(
    r"(?<!\w)(?:B(?:ộ|Ộ)\s+[Ll](?:uật|UẬT)|L(?:uật|UẬT)|P(?:háp|HÁP)\s+[Ll](?:ệnh|ỆNH)"
    r"|H(?:iến|IẾN)\s+[Pp](?:háp|HÁP))(?!\w)"
)
# A name may run over commas and line ends, never over the end of a clause.
_NEXT_WORD: Final = re.compile(r"[\s,]*-?\s*(\d+|[^\W\d_]+)")
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Law:
    """One law by that name; ``number`` is canonical."""

    name: str
    year: int | None
    number: str


@dataclass(frozen=True, slots=True)
class LawMatch:
    """The laws whose common name stands at ``start:end``, newest first."""

    start: int
    end: int
    laws: tuple[Law, ...]


class _Node:
    __slots__ = ("laws", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.laws: tuple[Law, ...] = ()


@dataclass(frozen=True, slots=True)
class LawNames:
    """A lexicon of names of laws; build it with ``of`` and share it, it never changes."""

    _exact: _Node
    _folded: _Node
    size: int

    @classmethod
    def of(cls, rows: Iterable[tuple[str, int | None, str]]) -> "LawNames":
        """Build the lexicon from (name, year, number) rows; a name may occur with many years.

        >>> names = LawNames.of([("Luật Cây xanh", 2031, "7/2031/QH17")])
        >>> [law.number for law in names.named("luật cây xanh")]
        ['7/2031/QH17']
        """
        laws = [Law(name, year, number) for name, year, number in rows]
        laws.sort(key=lambda law: (law.year or 0, law.number), reverse=True)
        exact, folded = _Node(), _Node()
        for law in laws:
            words = syllables(law.name)
            if 1 < len(words) <= _LONGEST:
                _insert(exact, [syllable_key(word) for word in words], law)
                _insert(folded, [fold(word) for word in words], law)
        return cls(exact, folded, len(laws))

    def named(self, name: str) -> tuple[Law, ...]:
        """Return the laws with exactly this name (in any spelling of tones), newest first."""
        words = syllables(name)
        found = self.at_words(words)
        return found[1] if found is not None and found[0] == len(words) else ()

    def at_words(
        self, words: list[str], *, folded: bool = False
    ) -> tuple[int, tuple[Law, ...]] | None:
        """Return (how many words, laws) of the longest name that ``words`` begin with."""
        node = self._folded if folded else self._exact
        best = None
        for count, word in enumerate(words, 1):
            following = node.next.get(fold(word) if folded else syllable_key(word))
            if following is None:
                break
            node = following
            if node.laws:
                best = (count, node.laws)
        return best

    def find(self, text: str) -> Iterator[LawMatch]:
        """Yield the names in running text, written with a capital, without overlap."""
        at = 0
        while (first := _FIRST_WORD.search(text, at)) is not None:
            found = self._longest(text, first.start())
            if found is not None:
                yield found
            at = found.end if found is not None else first.end()

    def _longest(self, text: str, start: int) -> LawMatch | None:
        node, at, best = self._exact, start, None
        for _ in range(_LONGEST):
            word = _NEXT_WORD.match(text, at)
            following = node.next.get(syllable_key(word[1].lower())) if word else None
            if word is None or following is None:
                break
            node, at = following, word.end()
            if node.laws:
                best = LawMatch(start, at, node.laws)
        return best


def _insert(node: _Node, words: list[str], law: Law) -> None:
    for word in words:
        node = node.next.setdefault(word, _Node())
    node.laws = (*node.laws, law)


NO_LAWS: Final = LawNames.of([])
