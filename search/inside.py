"""Search in the text of one document, in the order of the document.

The words are looked for as a sequence, the way a reader's "find in page" does; only where the
document never has them together, provisions that have all of them are shown. A word typed with
marks matches by its tone key, one without by its folded form, as in the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from portal.core.text import clean, fold, has_marks, syllable_key, syllables
from search.highlight import Segments, excerpt

_WORDS: Final = 24
_MOST: Final = 200
#: Units inside which others stand: their own text is that of the others.
_ABOVE: Final = frozenset({"phan", "chuong", "muc", "tieu-muc"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A provision as the database has it."""

    eid: str
    kind: str
    label: str
    heading: str
    parent: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A provision that has the words, with how often and where."""

    eid: str
    label: str
    heading: str
    count: int
    excerpt: Segments


@dataclass(frozen=True, slots=True)
class Found:
    """What a document has of the words; ``together`` when it has them as a sequence."""

    places: tuple[Place, ...] = ()
    total: int = 0
    together: bool = True
    counts: dict[str, int] = field(default_factory=dict)


class _Words:
    """The words of a query, ready to be compared."""

    def __init__(self, typed: str) -> None:
        words = syllables(typed)[:_WORDS]
        self.folded = [fold(word) for word in words]
        accented = any(map(has_marks, words))
        self.keys = [syllable_key(word) if has_marks(word) else "" for word in words]
        self.accented = accented

    def runs(self, text: Sequence[str]) -> int:
        """How often the words follow one another."""
        size, first = len(self.folded), self.folded[0]
        count = at = 0
        while at + size <= len(text):
            if fold(text[at]) == first and self._fits(text, at):
                count, at = count + 1, at + size
            else:
                at += 1
        return count

    def _fits(self, text: Sequence[str], at: int) -> bool:
        return all(
            fold(text[at + place]) == folded and (not key or syllable_key(text[at + place]) == key)
            for place, (folded, key) in enumerate(zip(self.folded, self.keys, strict=True))
        )

    def all_in(self, text: Sequence[str]) -> bool:
        """Whether each word stands somewhere."""
        folded = {fold(word) for word in text}
        keys = {syllable_key(word) for word in text} if self.accented else set()
        return all(
            (key in keys) if key else (word in folded)
            for word, key in zip(self.folded, self.keys, strict=True)
        )


def find(units: Iterable[Unit], typed: str) -> Found:
    """The places of a text that have the words, and counts for its contents tree."""
    words = _Words(typed)
    if not words.folded:
        return Found()
    units = list(units)
    leaves = [unit for unit in units if unit.kind not in _ABOVE]
    # Folding is cheap and rules out most of a long text before it is cut into syllables.
    likely = [
        (unit, syllables(clean(unit.text or unit.heading)))
        for unit in leaves
        if all(word in fold(unit.text or unit.heading) for word in words.folded)
    ]
    counted = [(unit, words.runs(text)) for unit, text in likely]
    hits = [(unit, count) for unit, count in counted if count]
    together = bool(hits) or len(words.folded) == 1
    if not hits:
        hits = [(unit, 1) for unit, text in likely if words.all_in(text)]
    parents = {unit.eid: unit.parent for unit in units}
    counts: dict[str, int] = {}
    for unit, count in hits:
        above = unit.eid
        while above and above in parents:
            counts[above] = counts.get(above, 0) + count
            above = parents[above] if parents[above] != above else ""
    places = tuple(
        Place(
            unit.eid,
            unit.label.rstrip(". "),
            unit.heading,
            count,
            excerpt(_body(unit), typed),
        )
        for unit, count in hits[:_MOST]
    )
    return Found(places, sum(count for _unit, count in hits), together, counts)


def _body(unit: Unit) -> str:
    """The text without its first line, which is the label and heading, unless it is all."""
    head, _end, body = unit.text.partition("\n")
    return body if unit.heading and body else head or unit.heading
