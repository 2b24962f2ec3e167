"""What an item says, in a shape that review, checks and merges read without knowing its class.

Pure: no Django. ``Publishable.facts`` gives it for what is live and for what waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.core.difference import Piece, pieces


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of content with its place (``field:…``, ``provision:…``, ``file:…``)."""

    place: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Metadata, passages of the text, files and relations, in their order."""

    attributes: tuple[Passage, ...] = ()
    passages: tuple[Passage, ...] = ()
    files: tuple[Passage, ...] = ()
    relations: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A passage as it stands and as it is to be; ``kind`` is "new", "gone", "changed", "same"."""

    kind: str
    place: str
    label: str
    before: str
    after: str

    @property
    def sha256(self) -> str:
        """Of a file: its checksum; empty for anything else."""
        return self.place.removeprefix("file:") if self.place.startswith("file:") else ""

    @property
    def old_words(self) -> list[Piece]:
        """The words that stand, those that go marked “out”."""
        return [piece for piece in pieces(self.before, self.after) if piece.kind != "in"]

    @property
    def new_words(self) -> list[Piece]:
        """The words that are to be, those that come marked “in”."""
        return [piece for piece in pieces(self.before, self.after) if piece.kind != "out"]


def compare(before: tuple[Passage, ...], after: tuple[Passage, ...]) -> list[Change]:
    """Every passage of both in the order of ``after``, the gone ones where they stood.

    >>> [c.kind for c in compare((Passage("a", "A", "x"),), (Passage("b", "B", "y"),))]
    ['gone', 'new']
    """
    return list(_changes(before, after))


def _changes(before: tuple[Passage, ...], after: tuple[Passage, ...]) -> Iterator[Change]:
    old = {one.place: one for one in before}
    standing = {one.place for one in after}
    waiting = list(before)
    for one in after:
        while waiting and waiting[0].place not in standing:
            gone = waiting.pop(0)
            yield Change("gone", gone.place, gone.label, gone.text, "")
        if waiting and waiting[0].place == one.place:
            waiting.pop(0)
        was = old.get(one.place)
        kind = "new" if was is None else "same" if was.text == one.text else "changed"
        yield Change(kind, one.place, one.label, was.text if was else "", one.text)
    for gone in waiting:
        if gone.place not in standing:
            yield Change("gone", gone.place, gone.label, gone.text, "")
