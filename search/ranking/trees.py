"""Gradient-boosted trees as plain arrays, evaluated without the library that made them.

Leaves are bits, from left to right. Each node strikes out the leaves of the side that a candidate
does not take; of what is left the first is its leaf. So all trees and all candidates are done in
as many steps as a tree has nodes.

The weights are a JSON file that people can read: names of columns, and for each tree the column,
threshold and children of its nodes. A missing column counts as 0. Training is a command for
developers (``benchmarks.train_ranking``); nothing here needs it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


_MOST: Final = 64


@dataclass(frozen=True)
class Trees:
    """A model; row i of the first three arrays holds node i of each tree."""

    columns: tuple[str, ...]
    column: Ints
    threshold: npt.NDArray[np.float64]
    left: npt.NDArray[Any]
    """The leaves on the left of a node, as bits."""
    values: npt.NDArray[np.float64]
    """Per tree and leaf."""
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
        except (KeyError, TypeError, IndexError) as error:
            raise ValueError(f"{path.name} holds no weights: {error}") from error

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Trees:
        """Return the model that ``stored`` describes."""
        trees = stored["trees"]
        nodes = max((len(tree["column"]) for tree in trees), default=0)
        leaves = max((len(tree["leaves"]) for tree in trees), default=1)
        if leaves > _MOST:
            raise ValueError(f"a tree has more than {_MOST} leaves")
        # A node that a tree does not have sends everything left and strikes out nothing.
        column = np.zeros((nodes, len(trees)), dtype=np.int32)
        threshold = np.full((nodes, len(trees)), np.inf)
        left = np.zeros((nodes, len(trees)), dtype=np.min_scalar_type((1 << leaves) - 1))
        values = np.zeros((len(trees), leaves))
        for at, tree in enumerate(trees):
            count = len(tree["column"])
            column[:count, at] = tree["column"]
            threshold[:count, at] = tree["threshold"]
            order: list[int] = []
            for node, bits in _walk(tree, 0 if count else -1, order):
                left[node, at] = bits
            values[at, : len(order)] = [tree["leaves"][leaf] for leaf in order]
        columns = tuple(stored["columns"])
        return cls(columns, column, threshold, left, values, stored.get("note", ""))

    def predict(self, names: list[str], matrix: Floats) -> npt.NDArray[np.float64]:
        """Return the score of each row; ``names`` are those of the columns of ``matrix``."""
        place = {name: at for at, name in enumerate(names)}
        ordered = np.zeros((len(self.columns), len(matrix)))
        for at, name in enumerate(self.columns):
            if name in place:
                ordered[at] = matrix[:, place[name]]
        every = ~self.left.dtype.type(0)
        open_leaves = np.full((len(self.values), len(matrix)), every)
        for column, threshold, left in zip(self.column, self.threshold, self.left, strict=True):
            goes_left = ordered[column] <= threshold[:, None]
            open_leaves &= np.where(goes_left, every, ~left[:, None])
        # As many bits stand below the lowest one that is left as there are leaves before it.
        below = (open_leaves & -open_leaves) - self.left.dtype.type(1)
        leaf = np.bitwise_count(below).astype(np.intp)
        found: npt.NDArray[np.float64] = np.take_along_axis(self.values, leaf, axis=1).sum(axis=0)
        return found


def _walk(tree: dict[str, Any], child: int, order: list[int]) -> Iterator[tuple[int, int]]:
    """Yield each node with the bits of the leaves on its left; note the leaves in their order.

    Children are numbers of nodes; negative ones are leaves, ``-1`` the first.
    """
    if child < 0:
        order.append(-child - 1)
        return
    first = len(order)
    yield from _walk(tree, tree["left"][child], order)
    yield child, (1 << len(order)) - (1 << first)
    yield from _walk(tree, tree["right"][child], order)
