"""What changed between two texts, paragraph by paragraph and word by word. Pure: no Django."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

#: A paragraph that says where we are.
_PLACE = re.compile(r"^(?:Điều|Phụ lục|PHỤ LỤC|Chương|Mục|Phần)\s+[\w.]{1,12}")
_WORD = re.compile(r"\S+|\s+")

#: The comparison keeps a bit for each pair of words; beyond this all is taken for changed.
MOST_PAIRS = 400_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: ``kind`` is "same", "out" or "in"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One changed paragraph: the nearest article above it, and its words."""

    place: str
    pieces: tuple[Piece, ...]


def difference(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """The changed paragraphs in their order; empty when both are the same.

    >>> [change] = difference(["Điều 1. A", "một hai"], ["Điều 1. A", "một ba"])
    >>> change.place, [(piece.kind, piece.text) for piece in change.pieces]
    ('Điều 1', [('same', 'một '), ('out', 'hai'), ('in', 'ba')])
    """
    places = list(_places(new)) or [""]
    changes = []
    for tag, a, b, c, d in _opcodes(old, new):
        if tag == "equal":
            continue
        place = places[min(c, len(places) - 1)]
        before, after = list(old[a:b]), list(new[c:d])
        while len(before) < len(after):
            before.append("")
        for index, text in enumerate(before):
            other = after[index] if index < len(after) else ""
            at = places[min(c + index, len(places) - 1)] if index < len(after) else place
            changes.append(Change(at, tuple(pieces(text, other))))
    return changes


def pieces(old: str, new: str) -> Iterator[Piece]:
    """Runs of words that stayed, went and came, in their order."""
    words, others = _WORD.findall(old), _WORD.findall(new)
    for tag, a, b, c, d in _opcodes(words, others):
        if tag == "equal":
            yield Piece("same", "".join(words[a:b]))
            continue
        if b > a:
            yield Piece("out", "".join(words[a:b]))
        if d > c:
            yield Piece("in", "".join(others[c:d]))


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """Indel.opcodes with a deletion and the insertion beside it taken together."""
    if len(old) * len(new) > MOST_PAIRS:
        yield ("replace", 0, len(old), 0, len(new))
        return
    pending: tuple[int, int, int, int] | None = None
    for op in Indel.opcodes(old, new):
        a, b, c, d = op.src_start, op.src_end, op.dest_start, op.dest_end
        if op.tag == "equal":
            if pending:
                yield ("replace", *pending)
                pending = None
            yield ("equal", a, b, c, d)
        elif pending:
            pending = (pending[0], b, pending[2], d)
        else:
            pending = (a, b, c, d)
    if pending:
        yield ("replace", *pending)


def _places(paragraphs: Sequence[str]) -> Iterator[str]:
    place = ""
    for text in paragraphs:
        if found := _PLACE.match(text):
            place = found.group().rstrip(".")
        yield place
