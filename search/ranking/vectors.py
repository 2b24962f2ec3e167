"""Vectors of a segment under one encoder: of each row its whole, its title and its pieces.

Stored as bytes (a cosine is off by less than .01) with the signs of the whole as two 64-bit
numbers, by which a million rows are scanned in milliseconds before the best are looked at.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.ranking.encoder import DIMENSIONS, Encoder, Floats, normalised
from search.ranking.segment import Segment, mapped
from search.ranking.tokens import Tokens

_PIECE: Final = 80
_PIECES: Final = 8
_BATCH: Final = 12_000
_GONE: Final = 255
_SCALE: Final = 127.0


@dataclass
class Vectors:
    """The vectors of one segment; ``pieces`` of row i are ``piece_starts[i]`` to ``[i + 1]``."""

    whole: npt.NDArray[np.int8]
    title: npt.NDArray[np.int8]
    pieces: npt.NDArray[np.int8]
    piece_starts: npt.NDArray[np.int64]
    centre: npt.NDArray[np.int8]
    """Of each document, the mean of its rows."""
    signs: npt.NDArray[np.uint64]

    @classmethod
    def open(cls, segment: Segment, encoder: Encoder) -> Vectors | None:
        """Return the vectors that were written under ``encoder``, None without them."""
        path = _directory(segment, encoder)
        try:
            return cls(**{name: _load(path, name) for name in cls.__dataclass_fields__})
        except OSError:
            return None

    def nearest(
        self, query: Floats, alive: npt.NDArray[np.bool_], limit: int
    ) -> tuple[npt.NDArray[np.int64], Floats]:
        """Return the rows nearest to ``query`` and their cosines, nearest first."""
        if not len(self.signs) or not query.any():
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        apart = np.bitwise_count(self.signs ^ sign_bits(query[None, :]))
        distance = apart[:, 0] + apart[:, 1]
        distance[~alive] = _GONE
        # Distances are few: counting them finds the edge faster than any sorting.
        within = np.cumsum(np.bincount(distance, minlength=_GONE + 1))
        edge = int(np.searchsorted(within, limit * 12 + 400))
        near = np.flatnonzero(distance <= min(edge, _GONE - 1))
        cosines = (self.whole[near].astype(np.float32) @ query) / _SCALE
        best = np.argsort(-cosines, kind="stable")[:limit]
        return near[best], cosines[best]


def write_vectors(segment: Segment, encoder: Encoder) -> None:
    """Write the vectors of ``segment`` unless they are there; those of other encoders go."""
    if not _directory(segment, encoder).exists():
        keep_vectors(segment, encoder, _encoded(segment, encoder))


def keep_vectors(segment: Segment, encoder: Encoder, arrays: dict[str, npt.NDArray[Any]]) -> None:
    """Put vectors in place at once."""
    path = _directory(segment, encoder)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.mkdir(parents=True)
    for name, array in arrays.items():
        np.save(draft / f"{name}.npy", array)
    draft.replace(path)
    for other in segment.path.glob("vectors-*"):
        if other != path:
            shutil.rmtree(other, ignore_errors=True)


def sign_bits(vectors: Floats) -> npt.NDArray[np.uint64]:
    """Return the signs of each vector as two 64-bit numbers."""
    bits: npt.NDArray[np.uint64] = np.packbits(vectors > 0, axis=1).view(np.uint64)
    return bits


def _directory(segment: Segment, encoder: Encoder) -> Path:
    return segment.path / f"vectors-{encoder.identity}"


def _load(path: Path, name: str) -> npt.NDArray[Any]:
    return mapped(path / f"{name}.npy")


def _encoded(segment: Segment, encoder: Encoder) -> dict[str, npt.NDArray[Any]]:
    rows = segment.rows
    counts = _piece_counts(segment)
    piece_starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    sums = np.zeros((int(piece_starts[-1]), DIMENSIONS), dtype=np.float32)
    titles = np.zeros((rows, DIMENSIONS), dtype=np.float32)
    table = encoder.vectors * encoder.text_weights[:, None]
    first = 0
    while first < rows:
        last = int(np.searchsorted(segment.starts, segment.starts[first] + _BATCH)) - 1
        last = min(max(last, first + 1), rows)
        _sum_rows(segment, encoder, table, first, last, piece_starts, sums, titles)
        first = last
    whole = np.zeros_like(titles)
    np.add.at(whole, np.repeat(np.arange(rows), counts), sums)
    whole = normalised(whole + titles)
    centre = np.zeros((segment.documents, DIMENSIONS), dtype=np.float32)
    np.add.at(centre, segment.doc, whole)
    return {
        "whole": _bytes(whole),
        "title": _bytes(normalised(titles)),
        "pieces": _bytes(normalised(sums)),
        "piece_starts": piece_starts,
        "centre": _bytes(normalised(centre)),
        "signs": sign_bits(whole),
    }


def _piece_counts(segment: Segment) -> npt.NDArray[np.int64]:
    body = np.diff(segment.starts) - segment.titles
    counts: npt.NDArray[np.int64] = np.clip(-(-body // _PIECE), 1, _PIECES).astype(np.int64)
    return counts


def _sum_rows(
    segment: Segment,
    encoder: Encoder,
    table: Floats,
    first: int,
    last: int,
    piece_starts: npt.NDArray[np.int64],
    sums: Floats,
    titles: Floats,
) -> None:
    begin, end = int(segment.starts[first]), int(segment.starts[last])
    tokens: Tokens = np.array(segment.tokens[begin:end])
    units, at = encoder.units(tokens)
    if not len(units):
        return
    weighted = table[units]
    starts = np.array(segment.starts[first:last]) - begin
    row = np.searchsorted(starts, at, side="right") - 1
    inside = at - starts[row]
    title_length = np.array(segment.titles[first:last])[row]
    in_title = inside < title_length
    piece = np.minimum((inside - title_length) // _PIECE, _PIECES - 1)
    piece = piece_starts[first + row] + np.maximum(piece, 0)
    _add(titles, first + row[in_title], weighted[in_title])
    _add(sums, piece[~in_title], weighted[~in_title])


def _add(into: Floats, at: npt.NDArray[np.int64], values: Floats) -> None:
    """Add runs of rows; ``at`` never decreases."""
    if not len(at):
        return
    starts = np.concatenate([[0], np.flatnonzero(np.diff(at)) + 1])
    into[at[starts]] += np.add.reduceat(values, starts, axis=0)


def _bytes(vectors: Floats) -> npt.NDArray[np.int8]:
    return np.round(vectors * _SCALE).astype(np.int8)
