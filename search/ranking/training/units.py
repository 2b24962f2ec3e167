"""The units of the encoder and where they begin: which syllables, which compounds, vectors of both.

Compounds are pairs of syllables whose normalised pointwise mutual information says that they
belong together. First vectors are the leading directions of the positive mutual information of
units that stand near each other (by subspace iteration), which needs no library and no seed luck.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.ranking.encoder import DIMENSIONS, Encoder, Floats
from search.ranking.segment import Segment
from search.ranking.tokens import BREAK, pair_numbers

_SYLLABLES: Final = 6000
_COMPOUNDS: Final = 5000
_LEAST: Final = 20
_LEAST_PAIR: Final = 30
_NPMI: Final = 0.35
_CONTEXTS: Final = 4000
_WINDOW: Final = 5
_CHUNK: Final = 4_000_000

Ints = npt.NDArray[Any]


@dataclass
class UnitTexts:
    """All rows of a corpus as unit numbers; row i is ``units[starts[i]:starts[i + 1]]``."""

    units: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]
    titles: npt.NDArray[np.int64]
    """How many units of each row are its title."""
    documents: npt.NDArray[np.int64]
    names: list[npt.NDArray[np.int32]]
    """Units of the name of each document."""

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return len(self.titles)


def choose_units(segments: Sequence[Segment]) -> tuple[Ints, Ints]:
    """Return (syllables, compounds) as sorted numbers, the frequent ones of the corpus."""
    counts, pair_counts = _Counter(np.uint32), _Counter(np.uint64)
    pairs_of: dict[int, tuple[int, int]] = {}
    for segment in segments:
        for start in range(0, len(segment.tokens), _CHUNK):
            tokens = np.array(segment.tokens[start : start + _CHUNK])
            counts.add(tokens)
            pairs = pair_numbers(tokens)
            pair_counts.add(pairs)
            frequent, first = np.unique(pairs, return_index=True)
            known = pair_counts.of(frequent) >= _LEAST_PAIR
            for pair, at in zip(frequent[known], first[known], strict=True):
                pairs_of.setdefault(int(pair), (int(tokens[at]), int(tokens[at + 1])))
    total = float(counts.counts.sum())
    enough = (counts.counts >= min(_LEAST, max(2, total / 1e5))) & (counts.values != BREAK)
    order = np.argsort(-counts.counts[enough], kind="stable")[:_SYLLABLES]
    syllables = np.sort(counts.values[enough][order])
    pairs = np.array(list(pairs_of), dtype=np.uint64)
    if not len(pairs):
        return syllables, pairs
    halves = np.array(list(pairs_of.values()), dtype=np.uint32)
    p = pair_counts.of(pairs) / total
    expected = counts.of(halves[:, 0]) * counts.of(halves[:, 1]) / total**2
    npmi = np.log(p / expected) / -np.log(p)
    good = npmi > _NPMI
    best = np.argsort(-p[good], kind="stable")[:_COMPOUNDS]
    return syllables, np.sort(pairs[good][best])


class _Counter:
    """Counts of numbers, chunk by chunk."""

    def __init__(self, kind: type) -> None:
        self.values: Ints = np.zeros(0, dtype=kind)
        self.counts: Ints = np.zeros(0, dtype=np.int64)

    def add(self, numbers: Ints) -> None:
        values, counts = np.unique(numbers, return_counts=True)
        merged, inverse = np.unique(np.concatenate([self.values, values]), return_inverse=True)
        total = np.bincount(inverse, weights=np.concatenate([self.counts, counts]))
        self.values, self.counts = merged, total.astype(np.int64)

    def of(self, numbers: Ints) -> Ints:
        at = np.minimum(np.searchsorted(self.values, numbers), max(len(self.values) - 1, 0))
        return np.where(self.values[at] == numbers, self.counts[at], 0)


def unit_texts(segments: Sequence[Segment], encoder: Encoder) -> UnitTexts:
    """Return the corpus as units of ``encoder`` (only its syllables and compounds are used)."""
    units, lengths, titles, documents, names = [], [], [], [], []
    before = 0
    for segment in segments:
        tokens = np.array(segment.tokens)
        found, at = encoder.units(tokens)
        starts = np.array(segment.starts)
        row = np.searchsorted(starts, at, side="right") - 1
        units.append(found.astype(np.int32))
        lengths.append(np.bincount(row, minlength=segment.rows))
        in_title = at - starts[row] < np.array(segment.titles)[row]
        titles.append(np.bincount(row[in_title], minlength=segment.rows))
        documents.append(np.array(segment.doc, dtype=np.int64) + before)
        before += segment.documents
        for number in range(segment.documents):
            name = segment.names[segment.name_starts[number] : segment.name_starts[number + 1]]
            names.append(encoder.units(np.array(name))[0].astype(np.int32))
    every = np.concatenate(lengths)
    return UnitTexts(
        np.concatenate(units),
        np.concatenate([[0], np.cumsum(every)]).astype(np.int64),
        np.concatenate(titles).astype(np.int64),
        np.concatenate(documents),
        names,
    )


def first_vectors(texts: UnitTexts, count: int, rounds: int = 4) -> tuple[Floats, Floats]:
    """Return (vectors, idf) of ``count`` units from what stands near what."""
    frequency = np.bincount(texts.units, minlength=count).astype(np.float64)
    rows = np.repeat(np.arange(texts.rows, dtype=np.int64), np.diff(texts.starts))
    once = np.unique(rows * count + texts.units)
    in_rows = np.bincount(once % count, minlength=count)
    idf = np.log(1 + texts.rows / (1 + in_rows)).astype(np.float32)
    contexts = np.argsort(-frequency, kind="stable")[: min(_CONTEXTS, count)]
    column = np.full(count, -1, dtype=np.int64)
    column[contexts] = np.arange(len(contexts))
    matrix = np.zeros((count, len(contexts)), dtype=np.float32)
    flat = matrix.reshape(-1)
    for distance in range(1, _WINDOW + 1):
        same = rows[:-distance] == rows[distance:]
        left, right = texts.units[:-distance][same], texts.units[distance:][same]
        for one, other in ((left, right), (right, left)):
            beside = column[other]
            cells = one[beside >= 0].astype(np.int64) * len(contexts) + beside[beside >= 0]
            for start in range(0, len(cells), _CHUNK):
                found, times = np.unique(cells[start : start + _CHUNK], return_counts=True)
                flat[found] += times / distance
    _to_ppmi(matrix)
    return _directions(matrix, rounds), idf


def _to_ppmi(matrix: Floats) -> None:
    """Turn counts into positive mutual information, contexts smoothed by the power .75."""
    total = matrix.sum()
    unit = matrix.sum(axis=1, keepdims=True).clip(1e-9)
    context = matrix.sum(axis=0, keepdims=True) ** 0.75
    context *= total / context.sum()
    for start in range(0, len(matrix), 512):
        block = matrix[start : start + 512]
        block *= total / (unit[start : start + 512] * context.clip(1e-9))
        np.log(block, out=block, where=block > 1)
        block[block < 0] = 0
        np.minimum(block, 12, out=block)


def _directions(matrix: Floats, rounds: int) -> Floats:
    generator = np.random.default_rng(7)
    width = DIMENSIONS + 16
    basis = generator.standard_normal((matrix.shape[1], width)).astype(np.float32)
    for _ in range(rounds):
        basis, _r = np.linalg.qr(matrix.T @ (matrix @ basis))
    projected = matrix @ basis
    values, turn = np.linalg.eigh(projected.T @ projected)
    order = np.argsort(-values)[:DIMENSIONS]
    found = projected @ turn[:, order] / np.sqrt(np.sqrt(values[order].clip(1e-9)))
    found /= np.linalg.norm(found, axis=1, keepdims=True).clip(1e-6)
    # A tiny corpus has fewer directions than the vectors have room for.
    room = ((0, 0), (0, DIMENSIONS - found.shape[1]))
    return np.pad(found, room).astype(np.float32)
