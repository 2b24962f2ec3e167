"""The dense encoder: a text as a direction, from the words that the portal's own corpus uses.

Units are syllables and frequent compounds ("hợp đồng", "người lao động"); a text is the weighted
sum of their vectors, normalised. Trained by ``search.ranking.training`` without any question.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.ranking.tokens import Tokens, pair_numbers

DIMENSIONS: Final = 128
_EPSILON: Final = 0.1
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Encoder:
    """Vectors and weights of units.

    ``syllables`` and ``compounds`` are sorted numbers (``tokens``); unit ``i`` below
    ``len(syllables)`` is a syllable, the rest are compounds. ``identity`` changes with every
    training, so that vectors of another encoder are never mixed in.
    """

    syllables: npt.NDArray[np.uint32]
    compounds: npt.NDArray[np.uint64]
    vectors: Floats
    query_weights: Floats
    text_weights: Floats
    identity: str

    @classmethod
    def load(cls, path: Path) -> Encoder | None:
        """Return the encoder in a file, None when there is none that can be read."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                return cls(
                    stored["syllables"],
                    stored["compounds"],
                    stored["vectors"].astype(np.float32) * stored["scale"].astype(np.float32),
                    stored["query_weights"].astype(np.float32),
                    stored["text_weights"].astype(np.float32),
                    str(stored["identity"]),
                )
        except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile):
            return None

    def save(self, path: Path) -> None:
        """Write the file, at once; vectors are kept as bytes with a scale for each."""
        scale = np.abs(self.vectors).max(axis=1, keepdims=True).clip(1e-9) / 127
        draft = path.with_suffix(".draft.npz")
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(
            draft,
            syllables=self.syllables,
            compounds=self.compounds,
            vectors=np.round(self.vectors / scale).astype(np.int8),
            scale=scale.astype(np.float16).astype(np.float32),
            query_weights=self.query_weights.astype(np.float16),
            text_weights=self.text_weights.astype(np.float16),
            identity=np.array(self.identity),
        )
        draft.replace(path)

    def units(self, tokens: Tokens) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return (unit numbers, index of the token at which each begins), unknown ones left out.

        A pair that is a compound is one unit and its second syllable none of its own.
        """
        singles = _lookup(self.syllables, tokens)
        pairs = _lookup(self.compounds, pair_numbers(tokens))
        doubled = np.zeros(len(tokens), dtype=bool)
        doubled[:-1] = pairs >= 0
        # In a run of overlapping compounds every second one is taken.
        order = np.arange(len(tokens))
        begins = doubled & ~np.concatenate([[False], doubled[:-1]])[: len(tokens)]
        run_start = np.maximum.accumulate(np.where(begins, order, 0))
        taken = doubled & ((order - run_start) % 2 == 0)
        second = np.concatenate([[False], taken[:-1]])[: len(tokens)]
        unit = singles.copy()
        at = np.flatnonzero(taken)
        unit[at] = pairs[at] + len(self.syllables)
        keep = (unit >= 0) & ~second
        return unit[keep], order[keep]

    def encode_query(self, tokens: Tokens) -> Floats:
        """Return the direction of a query; zeros when nothing in it is known."""
        units, _ = self.units(tokens)
        if not len(units):
            return np.zeros(DIMENSIONS, dtype=np.float32)
        return normalised(self.query_weights[units] @ self.vectors[units])


def normalised(sums: Floats) -> Floats:
    """Return rows of length (almost) one; a small epsilon keeps near-empty texts short."""
    length = np.sqrt((sums * sums).sum(axis=-1, keepdims=True)) + _EPSILON
    found: Floats = sums / length
    return found


def _lookup(known: npt.NDArray[Any], values: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    if not len(known):
        return np.full(len(values), -1, dtype=np.int64)
    at = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return np.where(known[at] == values, at, -1).astype(np.int64)
