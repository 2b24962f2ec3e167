"""The candidates of one query: what the engine finds by words, what the encoder finds by sense."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from search.engines.base import SearchEngine
from search.plan import SearchPlan
from search.ranking.encoder import Floats
from search.ranking.features import Ask
from search.ranking.forward import View
from search.ranking.segment import Ref
from search.ranking.tokens import query_tokens

BY_WORDS: Final = 150
BY_CORE: Final = 60
BY_SENSE: Final = 80
#: Documents that are looked into once more: laws proper, any; provisions of each by words, by sense.
LAWS: Final = 3
ANY: Final = 2
BY_LAW: Final = 15
NEAR_IN_LAW: Final = 12

Provision = tuple[Ref, str]


@dataclass
class Pool:
    """Candidates that are in the forward index, with the engine's score (0 without)."""

    provisions: list[Provision]
    places: list[tuple[int, int]]
    stage_one: npt.NDArray[np.float32]
    senses: tuple[Floats, Floats]
    """Directions of the query as typed and without the phrases of asking."""


def pool_of(
    engine: SearchEngine, view: View, plan: SearchPlan, ask: Ask, extra: list[Provision]
) -> Pool:
    """Collect the candidates of ``plan``; ``extra`` are provisions that memory adds."""
    scores: dict[Provision, float] = {}
    for candidate in engine.candidates(plan, BY_WORDS):
        scores.setdefault((candidate.document, candidate.eid), candidate.score)
    if plan.core and plan.core != plan.words:
        stripped = replace(plan, words=plan.core.replace("|", " "), expansions=())
        for candidate in engine.candidates(stripped, BY_CORE):
            scores.setdefault((candidate.document, candidate.eid), 0.0)
    senses = _senses(view, ask)
    more = [*extra, *_by_sense(view, senses)]
    unknown = {document for document, eid in more if (document, eid) not in scores}
    admitted = engine.admitted(plan, unknown) if unknown else set()
    for provision in more:
        if provision in scores or provision[0] in admitted:
            scores.setdefault(provision, 0.0)
    laws = _likely_laws(view, list(scores.items()))
    if laws:
        for candidate in engine.candidates(plan, BY_LAW * len(laws), laws):
            scores.setdefault((candidate.document, candidate.eid), candidate.score)
        for provision in _of_laws(view, senses, laws):
            scores.setdefault(provision, 0.0)
    found = view.find(scores)
    kept = [(p, place) for p, place in zip(scores, found, strict=True) if place[0] >= 0]
    return Pool(
        [provision for provision, _ in kept],
        [place for _, place in kept],
        np.array([scores[provision] for provision, _ in kept], dtype=np.float32),
        senses,
    )


def _likely_laws(view: View, found: list[tuple[Provision, float]]) -> list[Ref]:
    """Return the documents that the candidates speak for most: laws proper first, then any."""
    best = max((score for _, score in found), default=0.0)
    weights: dict[Ref, list[float]] = {}
    for rank, ((document, _eid), score) in enumerate(found):
        weight = score / best if best and score else 0.5 / (1 + rank / 40)
        weights.setdefault(document, []).append(weight)
    total = {ref: sum(sorted(w, reverse=True)[:5]) for ref, w in weights.items()}
    order = sorted(total, key=lambda ref: -total[ref])
    levels = view.levels(order[:40])
    laws = [ref for ref in order[:40] if levels.get(ref, 9) <= 1][:LAWS]
    return laws + [ref for ref in order[:ANY] if ref not in laws]


def _of_laws(view: View, senses: tuple[Floats, Floats], laws: list[Ref]) -> list[Provision]:
    """Return the provisions of ``laws`` that are nearest in sense, a few of each."""
    if view.vectors is None:
        return []
    sense = senses[1] if senses[1].any() else senses[0]
    found = []
    for number, document in view.documents(laws):
        segment, vectors = view.segments[number], view.vectors[number]
        first, last = int(segment.doc_start[document]), int(segment.doc_start[document + 1])
        cosines = vectors.whole[first:last].astype(np.float32) @ sense
        for row in np.argsort(-cosines, kind="stable")[:NEAR_IN_LAW]:
            found.append(provision_at(view, number, first + int(row)))
    return found


def _senses(view: View, ask: Ask) -> tuple[Floats, Floats]:
    if view.encoder is None:
        nothing = np.zeros(1, dtype=np.float32)
        return nothing, nothing
    full = view.encoder.encode_query(query_tokens(ask.words))
    core = view.encoder.encode_query(query_tokens(ask.core)) if ask.core else full
    return full, core


def _by_sense(view: View, senses: tuple[Floats, Floats]) -> list[Provision]:
    if view.encoder is None or view.vectors is None:
        return []
    sense = senses[1] if senses[1].any() else senses[0]
    found: list[tuple[float, int, int]] = []
    for number, vectors in enumerate(view.vectors):
        alive = view.rows_alive(number)
        rows, cosines = vectors.nearest(sense, alive, BY_SENSE)
        found += [(float(c), number, int(r)) for r, c in zip(rows, cosines, strict=True)]
    found.sort(reverse=True)
    return [provision_at(view, number, row) for _, number, row in found[:BY_SENSE]]


def provision_at(view: View, number: int, row: int) -> Provision:
    """Return (ref, eid) of a row."""
    segment: Any = view.segments[number]
    document = int(segment.doc[row])
    kind = view.kinds.get(int(segment.doc_kind[document]), "")
    return (kind, int(segment.doc_id[document])), segment.eid_bytes(row).decode()
