"""What answered questions say: articles that answered a question like this one are lifted.

Likeness is of words (tf-idf cosine) and of sense (encoder). What is little alike says nothing:
below ``FLOOR`` a question counts as never asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.ranking.encoder import DIMENSIONS
from search.ranking.forward import View
from search.ranking.matching import idf_of
from search.ranking.segment import Ref
from search.ranking.tokens import pair_numbers, query_tokens

Provision = tuple[Ref, str]
Floats = npt.NDArray[np.float32]

FLOOR: Final = 0.3
_NEAREST: Final = 24


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with the provisions that answer it; ``weight`` 1 is an editor's word."""

    id: int
    text: str
    answers: tuple[Provision, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Recalled:
    """An answered question that is like the one asked."""

    question: Answered
    likeness: float


@dataclass
class Remembered:
    """What memory says of each candidate, and of the query as a whole."""

    article: Floats
    total: Floats
    law: Floats
    share: Floats
    """Of all that the questions alike say, the closer the more, how much is for this one."""
    law_share: Floats
    nearest: float = 0.0


class Memory:
    """Answered questions, prepared for one state of the forward index."""

    def __init__(self, questions: Sequence[Answered], view: View) -> None:
        self._questions = list(questions)
        self._view = view
        terms = [_terms(question.text) for question in self._questions]
        flat = np.concatenate(terms) if terms else np.zeros(0, dtype=np.uint64)
        owner = np.repeat(np.arange(len(terms)), [len(found) for found in terms])
        weights = self._weights(flat)
        length = np.sqrt(np.bincount(owner, weights=weights**2, minlength=len(terms))).clip(1e-6)
        order = np.argsort(flat, kind="stable")
        self._terms, self._owner = flat[order], owner[order]
        self._shares = (weights / length[owner])[order]
        self._senses = np.zeros((len(terms), DIMENSIONS), dtype=np.float32)
        if view.encoder is not None:
            for at, question in enumerate(self._questions):
                self._senses[at] = view.encoder.encode_query(query_tokens(question.text))

    def recall(self, text: str, *, without: int | None = None) -> list[Recalled]:
        """Return the questions like ``text``, most alike first; ``without`` leaves one out."""
        if not self._questions:
            return []
        alike = 0.6 * self._by_words(text)
        if self._view.encoder is not None:
            sense = self._view.encoder.encode_query(query_tokens(text))
            alike += 0.4 * np.maximum(self._senses @ sense, 0)
        best = np.argsort(-alike, kind="stable")[: _NEAREST + 1]
        found = [Recalled(self._questions[i], float(alike[i])) for i in best if alike[i] >= FLOOR]
        return [one for one in found if one.question.id != without][:_NEAREST]

    def _by_words(self, text: str) -> npt.NDArray[np.float64]:
        terms = _terms(text)
        weights = self._weights(terms)
        length = max(float(np.sqrt((weights**2).sum())), 1e-6)
        alike = np.zeros(len(self._questions))
        first = np.searchsorted(self._terms, terms, side="left")
        last = np.searchsorted(self._terms, terms, side="right")
        for weight, start, end in zip(weights / length, first, last, strict=True):
            alike[self._owner[start:end]] += weight * self._shares[start:end]
        return alike

    def _weights(self, terms: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """Return the idf of each term; pairs are the numbers above 32 bits and count half."""
        single = terms < 1 << 32
        found = np.zeros(len(terms))
        rows = self._view.rows
        frequency = self._view.frequency(terms[single].astype(np.uint32), "uni")
        found[single] = idf_of(frequency, rows)
        found[~single] = 0.5 * idf_of(self._view.frequency(terms[~single], "bi"), rows)
        return found


def remembered(recalled: Sequence[Recalled], provisions: Sequence[Provision]) -> Remembered:
    """Return what the recalled questions say of ``provisions``."""
    best: dict[Provision, float] = {}
    total: dict[Provision, float] = {}
    laws: dict[Ref, float] = {}
    shares: dict[Provision, float] = {}
    law_shares: dict[Ref, float] = {}
    everything = sum(_voice(one) for one in recalled) or 1.0
    for one in recalled:
        value = one.likeness * one.question.weight
        for law in {answer[0] for answer in one.question.answers}:
            law_shares[law] = law_shares.get(law, 0.0) + _voice(one) / everything
        for answer in one.question.answers:
            best[answer] = max(best.get(answer, 0.0), value)
            total[answer] = total.get(answer, 0.0) + value**2
            shares[answer] = shares.get(answer, 0.0) + _voice(one) / everything
            laws[answer[0]] = laws.get(answer[0], 0.0) + value**2 / len(one.question.answers)

    def told(said: dict[Provision, float]) -> Floats:
        return np.array([said.get(provision, 0.0) for provision in provisions], dtype=np.float32)

    def told_of_laws(said: dict[Ref, float]) -> Floats:
        return np.array([said.get(law, 0.0) for law, _ in provisions], dtype=np.float32)

    return Remembered(
        told(best),
        told(total),
        told_of_laws(laws),
        told(shares),
        told_of_laws(law_shares),
        max((one.likeness for one in recalled), default=0.0),
    )


def _voice(one: Recalled) -> float:
    return one.likeness**4 * one.question.weight


def _terms(text: str) -> npt.NDArray[np.uint64]:
    tokens = query_tokens(text)
    found: npt.NDArray[np.uint64] = np.unique(
        np.concatenate([tokens.astype(np.uint64), pair_numbers(tokens)])
    )
    kept: npt.NDArray[np.uint64] = found[found != 0]
    return kept
