"""How the words of a query stand in texts: frequencies, runs, windows, in a few array passes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.ranking.forward import View
from search.ranking.gathering import Texts
from search.ranking.tokens import BREAK, Tokens, pair_numbers, query_tokens

Ints = npt.NDArray[Any]
Floats = npt.NDArray[np.float32]
K1: Final = 1.2
_BLOCK: Final = 16
_LONGEST: Final = 64


@dataclass
class Wanted:
    """The words of a query with what each is worth in this corpus (idf)."""

    terms: Ints
    idf: Floats
    pair_of: Ints
    """[i, j] is the number of the pair of terms i and j, -1 when they are no neighbours."""
    pair_idf: Floats

    @classmethod
    def of(cls, text: str, view: View) -> Wanted:
        """Cut a query; "|" keeps neighbours apart."""
        tokens = query_tokens(text)[:_LONGEST]
        terms = np.unique(tokens[tokens != BREAK]).astype(np.uint32)
        count = len(terms)
        pair_of = np.full((count, count), -1, dtype=np.int64)
        pairs = np.unique(pair_numbers(tokens))
        pairs = pairs[pairs != 0]
        left, right = _neighbours(tokens)
        at = np.searchsorted(terms, left), np.searchsorted(terms, right)
        pair_of[at] = np.searchsorted(pairs, pair_numbers(np.stack([left, right], 1).ravel())[::2])
        return cls(
            terms,
            idf_of(view.frequency(terms, "uni"), view.rows),
            pair_of,
            idf_of(view.frequency(pairs, "bi"), view.rows),
        )


def _neighbours(tokens: Tokens) -> tuple[Tokens, Tokens]:
    left, right = tokens[:-1], tokens[1:]
    both = (left != BREAK) & (right != BREAK)
    return left[both], right[both]


def idf_of(frequency: Ints, rows: int) -> Floats:
    """Return the weight of words that stand in so many of ``rows`` (Lucene's BM25)."""
    found: Floats = np.log(1 + (rows - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)
    return np.maximum(found, 0.01)


@dataclass
class Found:
    """Where the words of one query stand in texts."""

    texts: Texts
    wanted: Wanted
    at: Ints
    term: Ints
    owner: Ints
    inside: Ints
    pair: Ints
    """Per match, the pair that begins with it, -1 if none."""

    @classmethod
    def of(cls, texts: Texts, wanted: Wanted) -> Found:
        """Look for the words in all texts at once."""
        empty = np.zeros(0, dtype=np.int64)
        if not len(wanted.terms) or not len(texts.tokens):
            return cls(texts, wanted, empty, empty, empty, empty, empty)
        near = np.minimum(np.searchsorted(wanted.terms, texts.tokens), len(wanted.terms) - 1)
        at = np.flatnonzero(wanted.terms[near] == texts.tokens)
        term, owner = near[at], texts.owner[at]
        pair = np.full(len(at), -1, dtype=np.int64)
        follows = np.flatnonzero((np.diff(at) == 1) & (owner[1:] == owner[:-1]))
        pair[follows] = wanted.pair_of[term[follows], term[follows + 1]]
        return cls(texts, wanted, at, term, owner, at - texts.starts[owner], pair)

    def frequencies(self, chosen: Ints) -> Floats:
        """Return [text, term] counts of the matches that are chosen."""
        count = len(self.wanted.terms)
        cells = self.owner[chosen] * count + self.term[chosen]
        found = np.bincount(cells, minlength=self.texts.count * count)
        return found.reshape(self.texts.count, count).astype(np.float32)

    def pair_frequencies(self, chosen: Ints) -> Floats:
        """Return [text, pair] counts of the matches that are chosen and begin a pair."""
        count = len(self.wanted.pair_idf)
        if not count:
            return np.zeros((self.texts.count, 0), dtype=np.float32)
        kept = chosen & (self.pair >= 0)
        cells = self.owner[kept] * count + self.pair[kept]
        found = np.bincount(cells, minlength=self.texts.count * count)
        return found.reshape(self.texts.count, count).astype(np.float32)

    def longest_runs(self, chosen: Ints) -> Floats:
        """Return how many words in a row stand as in the query, at most, in each text."""
        best = np.zeros(self.texts.count, dtype=np.float32)
        if not len(self.at):
            return best
        np.maximum.at(best, self.owner[chosen], 1.0)
        goes_on = (self.pair >= 0) & chosen
        edge = np.flatnonzero(np.diff(np.concatenate([[False], goes_on, [False]]).astype(np.int8)))
        first, last = edge[::2], edge[1::2]
        # A run of pairs is unbroken only while its words stand side by side.
        if len(first):
            np.maximum.at(best, self.owner[first], (last - first + 1).astype(np.float32))
        return best

    def best_windows(self) -> Floats:
        """Return the share of the query's weight in the best 32 tokens of each text."""
        count, terms = self.texts.count, len(self.wanted.terms)
        best = np.zeros(count, dtype=np.float32)
        if not len(self.at):
            return best
        lengths = np.diff(self.texts.starts)
        blocks = lengths // _BLOCK + 2
        base = np.concatenate([[0], np.cumsum(blocks)])
        block = base[self.owner] + self.inside // _BLOCK
        present = np.zeros((int(base[-1]), terms), dtype=bool)
        present[block, self.term] = True
        present[:-1] |= present[1:]
        weight = present @ self.wanted.idf
        found: Floats = np.maximum.reduceat(weight, base[:-1])
        return found / max(float(self.wanted.idf.sum()), 1e-6)


def bm25(counts: Floats, idf: Floats, lengths: Ints, mean: float, b: float) -> Floats:
    """Return the BM25 score of each text."""
    if not counts.size:
        return np.zeros(len(counts), dtype=np.float32)
    norm = K1 * (1 - b + b * lengths / max(mean, 1.0))
    found = (counts * (K1 + 1) / (counts + norm[:, None])) @ idf
    return np.asarray(found, dtype=np.float32)
