"""The candidates of one query side by side: their tokens in one array, their facts in others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from search.ranking.encoder import DIMENSIONS, Floats
from search.ranking.forward import View
from search.ranking.tokens import Tokens

Ints = npt.NDArray[Any]
_LONGEST = 1500
_SCALE = 127.0
_NOTHING: Tokens = np.zeros(0, dtype=np.uint32)
_OF_ROW = ("titles", "chapters", "place", "article", "flags")
_OF_DOCUMENT = ("level", "year", "size")


@dataclass
class Texts:
    """Texts one after another: the tokens of text i are ``tokens[starts[i]:starts[i + 1]]``."""

    tokens: Tokens
    starts: Ints
    owner: Ints
    """Of each token, the text that it stands in."""

    @classmethod
    def of(cls, texts: Sequence[Tokens]) -> Texts:
        """Put texts together."""
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        flat = np.concatenate(texts) if texts else np.zeros(0, dtype=np.uint32)
        return cls(flat, starts, np.repeat(np.arange(len(texts)), lengths))

    @property
    def count(self) -> int:
        """Return the number of texts."""
        return len(self.starts) - 1


@dataclass
class Gathered:
    """Candidates in their order; ``document`` numbers their documents from 0 in here."""

    texts: Texts
    titles: Ints
    chapters: Ints
    document: Ints
    place: Ints
    size: Ints
    article: Ints
    flags: Ints
    level: Ints
    year: Ints
    names: Texts
    """Names of documents, by number in here."""
    places: list[tuple[int, int]]

    @property
    def count(self) -> int:
        """Return the number of candidates."""
        return len(self.places)


def gather(view: View, places: Sequence[tuple[int, int]]) -> Gathered:
    """Read what stands at ``places``, (segment, row) pairs that exist."""
    facts = {name: np.zeros(len(places), dtype=np.int64) for name in (*_OF_ROW, *_OF_DOCUMENT)}
    inside = np.zeros(len(places), dtype=np.int64)
    tokens: list[Tokens] = [_NOTHING] * len(places)
    for number, at, rows in _by_segment(places):
        segment = view.segments[number]
        for name in _OF_ROW:
            facts[name][at] = segment.array(name)[rows]
        inside[at] = doc = segment.doc[rows]
        facts["level"][at] = segment.doc_level[doc]
        facts["year"][at] = segment.doc_year[doc]
        facts["size"][at] = segment.doc_start[doc + 1] - segment.doc_start[doc]
        starts = segment.starts[rows]
        ends = np.minimum(segment.starts[rows + 1], starts + _LONGEST)
        for i, start, end in zip(at.tolist(), starts.tolist(), ends.tolist(), strict=True):
            tokens[i] = segment.tokens[start:end]
    documents: dict[tuple[int, int], int] = {}
    of = [
        documents.setdefault((number, document), len(documents))
        for (number, _), document in zip(places, inside.tolist(), strict=True)
    ]
    return Gathered(
        texts=Texts.of(tokens),
        document=np.array(of, dtype=np.int64),
        names=Texts.of([view.segments[number].name_of(doc) for number, doc in documents]),
        places=list(places),
        **facts,
    )


def _by_segment(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, Ints, Ints]]:
    """Yield (segment, which of ``places`` are in it, their rows)."""
    pairs = np.array(places, dtype=np.int64).reshape(-1, 2)
    for number in np.unique(pairs[:, 0]).tolist():
        at = np.flatnonzero(pairs[:, 0] == number)
        yield number, at, pairs[at, 1]


@dataclass
class Cosines:
    """How near a query is to each candidate: its whole, its title, its best piece, its law."""

    whole: Floats
    title: Floats
    piece: Floats
    centre: Floats

    @classmethod
    def of(cls, view: View, gathered: Gathered, query: Floats) -> Cosines:
        """Look at the vectors of the candidates; zeros without an encoder."""
        count = gathered.count
        if view.vectors is None or not query.any() or not count:
            return cls(*(np.zeros(count, dtype=np.float32) for _ in range(4)))
        found = cls(*(np.zeros(count, dtype=np.float32) for _ in range(4)))
        for number, at, rows in _by_segment(gathered.places):
            vectors = view.vectors[number]
            found.whole[at] = _times(vectors.whole[rows], query)
            found.title[at] = _times(vectors.title[rows], query)
            found.centre[at] = _times(vectors.centre[view.segments[number].doc[rows]], query)
            first, last = vectors.piece_starts[rows], vectors.piece_starts[rows + 1]
            lengths = last - first
            begin = np.cumsum(lengths) - lengths
            pieces = np.arange(int(lengths.sum())) + np.repeat(first - begin, lengths)
            found.piece[at] = np.maximum.reduceat(_times(vectors.pieces[pieces], query), begin)
        return found


def _times(vectors: npt.NDArray[np.int8], query: Floats) -> Floats:
    found: Floats = vectors.reshape(-1, DIMENSIONS).astype(np.float32) @ query / _SCALE
    return found
