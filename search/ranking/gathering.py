"""The candidates of one query side by side: their tokens in one array, their facts in others."""

from __future__ import annotations

from collections.abc import Sequence
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
    facts: dict[str, list[int]] = {
        name: [] for name in ("titles", "chapters", "document", "place", "size", "article", "flags")
    }
    documents: dict[tuple[int, int], int] = {}
    tokens: list[Tokens] = []
    names: list[Tokens] = []
    levels: list[int] = []
    years: list[int] = []
    for number, row in places:
        segment = view.segments[number]
        inside = int(segment.doc[row])
        here = documents.setdefault((number, inside), len(documents))
        if here == len(names):
            names.append(
                np.array(
                    segment.names[segment.name_starts[inside] : segment.name_starts[inside + 1]]
                )
            )
            levels.append(int(segment.doc_level[inside]))
            years.append(int(segment.doc_year[inside]))
        start = int(segment.starts[row])
        end = min(int(segment.starts[row + 1]), start + _LONGEST)
        tokens.append(np.asarray(segment.tokens[start:end]))
        values = {
            "titles": segment.titles[row],
            "chapters": segment.chapters[row],
            "document": here,
            "place": segment.place[row],
            "size": segment.doc_start[inside + 1] - segment.doc_start[inside],
            "article": segment.article[row],
            "flags": segment.flags[row],
        }
        for name, value in values.items():
            facts[name].append(int(value))
    arrays = {name: np.array(values, dtype=np.int64) for name, values in facts.items()}
    of = arrays["document"]
    return Gathered(
        texts=Texts.of(tokens),
        level=np.array(levels, dtype=np.int64)[of],
        year=np.array(years, dtype=np.int64)[of],
        names=Texts.of(names),
        places=list(places),
        **arrays,
    )


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
        stacks: list[list[Any]] = [[], [], [], []]
        for number, row in gathered.places:
            vectors = view.vectors[number]
            first, last = vectors.piece_starts[row], vectors.piece_starts[row + 1]
            stacks[0].append(vectors.whole[row])
            stacks[1].append(vectors.title[row])
            stacks[2].append(vectors.pieces[first:last])
            stacks[3].append(vectors.centre[view.segments[number].doc[row]])
        lengths = [len(pieces) for pieces in stacks[2]]
        pieces = _times(np.concatenate(stacks[2]), query)
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        return cls(
            _times(np.array(stacks[0]), query),
            _times(np.array(stacks[1]), query),
            np.maximum.reduceat(pieces, starts),
            _times(np.array(stacks[3]), query),
        )


def _times(vectors: npt.NDArray[np.int8], query: Floats) -> Floats:
    found: Floats = vectors.reshape(-1, DIMENSIONS).astype(np.float32) @ query / _SCALE
    return found
