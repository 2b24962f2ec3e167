"""Two segments into one, by whole arrays: what is gone is left out, vectors are carried over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.ranking.encoder import Encoder
from search.ranking.segment import ARRAYS, Segment
from search.ranking.vectors import Vectors, keep_vectors

Ints = npt.NDArray[Any]
Source = tuple[Segment, npt.NDArray[np.bool_]]
"""A segment and which of its documents are kept."""

_BY_ROW: Final = ("place", "article", "flags", "titles", "chapters")
_BY_DOCUMENT: Final = ("doc_id", "doc_kind", "doc_level", "doc_year", "doc_digest")


def merge(sources: Sequence[Source], directory: Path, encoder: Encoder | None) -> int:
    """Write the segment that holds what is kept of ``sources``; return its number of rows.

    Frequencies are added up: what a document that is gone added stays until the next rebuild.
    """
    rows = [kept[segment.doc] for segment, kept in sources]
    arrays: dict[str, Ints] = {
        name: np.concatenate([s.array(name)[r] for (s, _), r in zip(sources, rows, strict=True)])
        for name in _BY_ROW
    }
    arrays |= {
        name: np.concatenate([s.array(name)[k] for s, k in sources]) for name in _BY_DOCUMENT
    }
    for values, starts, by_row in (
        ("tokens", "starts", True),
        ("eids", "eid_starts", True),
        ("names", "name_starts", False),
    ):
        chosen = rows if by_row else [kept for _, kept in sources]
        parts = [
            _runs(s.array(values), s.array(starts), c)
            for (s, _), c in zip(sources, chosen, strict=True)
        ]
        arrays[values] = np.concatenate([part for part, _ in parts])
        arrays[starts] = _starts(np.concatenate([lengths for _, lengths in parts]))
    sizes = np.concatenate([np.diff(s.doc_start)[k] for s, k in sources])
    arrays["doc_start"] = _starts(sizes)
    arrays["doc"] = np.repeat(np.arange(len(sizes)), sizes)
    keys = np.concatenate([s.key_of_row[r] for (s, _), r in zip(sources, rows, strict=True)])
    order = np.argsort(keys, kind="stable")
    arrays |= {"keys": keys[order], "key_rows": order}
    for table in ("uni", "bi"):
        arrays[table], arrays[f"{table}_df"] = _added([s for s, _ in sources], table)
    directory.mkdir(parents=True)
    for name, kind in ARRAYS.items():
        np.save(directory / f"{name}.npy", np.asarray(arrays[name], dtype=kind))
    if encoder is not None:
        _carry_vectors(sources, rows, Segment(directory), encoder)
    return len(keys)


def _runs(values: Ints, starts: Ints, chosen: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return the values of the chosen runs, and how long each is."""
    lengths = np.diff(starts)
    if chosen.all():
        return np.asarray(values), lengths
    return values[np.repeat(chosen, lengths)], lengths[chosen]


def _starts(lengths: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)


def _added(segments: Sequence[Segment], table: str) -> tuple[Ints, Ints]:
    values = np.concatenate([segment.array(table) for segment in segments])
    counts = np.concatenate([segment.array(f"{table}_df") for segment in segments])
    known, where = np.unique(values, return_inverse=True)
    return known, np.bincount(where, weights=counts, minlength=len(known)).astype(np.int64)


def _carry_vectors(
    sources: Sequence[Source],
    rows: Sequence[npt.NDArray[np.bool_]],
    target: Segment,
    encoder: Encoder,
) -> None:
    """Write the vectors of the new segment from those of the old ones, if all have them."""
    old = [Vectors.open(segment, encoder) for segment, _ in sources]
    found = [vectors for vectors in old if vectors is not None]
    if len(found) < len(old):
        return
    pieces = [
        _runs(v.pieces, v.piece_starts, chosen) for v, chosen in zip(found, rows, strict=True)
    ]
    keep_vectors(
        target,
        encoder,
        {
            **{
                name: np.concatenate(
                    [getattr(v, name)[r] for v, r in zip(found, rows, strict=True)]
                )
                for name in ("whole", "title", "signs")
            },
            "pieces": np.concatenate([part for part, _ in pieces]),
            "piece_starts": _starts(np.concatenate([lengths for _, lengths in pieces])),
            "centre": np.concatenate(
                [v.centre[kept] for v, (_, kept) in zip(found, sources, strict=True)]
            ),
        },
    )
