"""Gradient-boosted trees by array: as many steps as the deepest tree has levels.

The weights are a JSON file that people can read: names of columns, and for each tree the column,
threshold and children of its nodes. A missing column counts as 0. Training is a command for
developers (``search.ranking.training.model``); nothing here needs it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Trees:
    """A model; nodes of all trees in one table, leaves point at themselves."""

    columns: tuple[str, ...]
    roots: Ints
    column: Ints
    threshold: npt.NDArray[np.float64]
    left: Ints
    right: Ints
    value: npt.NDArray[np.float64]
    depth: int
    note: str = ""

    @classmethod
    def load(cls, path: Path) -> Trees:
        """Read a weights file.

        Raises:
            OSError: it cannot be read.
            ValueError: it is no weights file.
        """
        try:
            stored = json.loads(path.read_text(encoding="utf-8"))
            return cls.of(stored)
        except (KeyError, TypeError) as error:
            raise ValueError(f"{path.name} holds no weights: {error}") from error

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Trees:
        """Return the model that ``stored`` describes."""
        column: list[int] = []
        left: list[int] = []
        right: list[int] = []
        roots: list[int] = []
        threshold: list[float] = []
        value: list[float] = []
        depth = 0
        for tree in stored["trees"]:
            base = len(column)
            splits = len(tree["column"])
            roots.append(base)
            for node in range(splits):
                column.append(tree["column"][node])
                threshold.append(tree["threshold"][node])
                left.append(_child(tree["left"][node], base, splits))
                right.append(_child(tree["right"][node], base, splits))
                value.append(0.0)
            for leaf in tree["leaves"]:
                at = len(column)
                column.append(0)
                threshold.append(0.0)
                left.append(at)
                right.append(at)
                value.append(leaf)
            depth = max(depth, splits)
        return cls(
            tuple(stored["columns"]),
            np.array(roots, dtype=np.int32),
            np.array(column, dtype=np.int32),
            np.array(threshold),
            np.array(left, dtype=np.int32),
            np.array(right, dtype=np.int32),
            np.array(value),
            depth,
            stored.get("note", ""),
        )

    def predict(self, names: list[str], matrix: Floats) -> npt.NDArray[np.float64]:
        """Return the score of each row; ``names`` are those of the columns of ``matrix``."""
        place = {name: at for at, name in enumerate(names)}
        ordered = np.zeros((len(matrix), len(self.columns)))
        for at, name in enumerate(self.columns):
            if name in place:
                ordered[:, at] = matrix[:, place[name]]
        flat = ordered.ravel()
        base = (np.arange(len(matrix), dtype=np.int64) * len(self.columns))[:, None]
        node = np.broadcast_to(self.roots, (len(matrix), len(self.roots)))
        for _ in range(self.depth):
            goes_left = flat[base + self.column[node]] <= self.threshold[node]
            following = np.where(goes_left, self.left[node], self.right[node])
            if np.array_equal(following, node):
                break
            node = following
        found: npt.NDArray[np.float64] = self.value[node].sum(axis=1)
        return found


def _child(number: int, base: int, splits: int) -> int:
    """Return the node of a child: negative numbers are leaves, ``-1`` the first."""
    return base + number if number >= 0 else base + splits + (-number - 1)
