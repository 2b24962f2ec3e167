"""The second stage: candidates, features, trees – the same code for every engine.

It never makes a search fail or wait: without a forward index, without weights or over its budget
it has no opinion, and the order of stage one stands.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from legal_docs.validity import Status
from portal.core.text import syllables
from search.engines.base import SearchEngine
from search.plan import Filters, Leading, SearchPlan, Strength
from search.ranking.features import Ask, features_of
from search.ranking.forward import View
from search.ranking.gathering import Cosines, gather
from search.ranking.memory import Memory, Recalled, remembered
from search.ranking.pool import Provision, pool_of
from search.ranking.segment import Ref
from search.ranking.tokens import tokens_of
from search.ranking.trees import Trees

LEADING: Final = 60
_FROM_MEMORY: Final = 40
# What has ended stands lower by this share of the distance between the best and the middle.
_ENDED: Final = 0.4
_RECENT: Final = 0.5
# A word that stands in fewer rows than this share is none of the corpus' own.
_RARE: Final = 2e-5


@dataclass(frozen=True)
class Ranked:
    """Provisions in the order of the second stage, best first, and how it came to it."""

    provisions: tuple[Provision, ...]
    scores: tuple[float, ...]
    features: tuple[dict[str, float], ...]
    recalled: tuple[Recalled, ...]
    ended: frozenset[Ref]
    seconds: float

    def leading(self, limit: int = LEADING) -> tuple[Leading, ...]:
        """Return documents in the order of their best provisions."""
        found: dict[Ref, list[tuple[float, str]]] = {}
        for (ref, eid), score in zip(self.provisions, self.scores, strict=True):
            found.setdefault(ref, []).append((score, eid))
        first = list(found.items())[:limit]
        return tuple(
            Leading(ref, parts[0][0], tuple(eid for _, eid in parts[:3] if eid))
            for ref, parts in first
        )


class SecondStage:
    """Ranks the candidates of a plan; one object for a process."""

    def __init__(self, trees: Trees) -> None:
        self._trees = trees

    def rank(
        self,
        engine: SearchEngine,
        view: View,
        plan: SearchPlan,
        memory: Memory | None = None,
        *,
        budget: float = 10.0,
        explain: bool = False,
    ) -> Ranked | None:
        """Return the provisions in order, None when over ``budget`` seconds or without any."""
        began = time.perf_counter()
        recalled = memory.recall(plan.words) if memory else []
        ask = ask_of(plan, view)
        pool = pool_of(engine, view, plan, ask, answers_of(recalled))
        if not pool.places or time.perf_counter() - began > budget:
            return None
        gathered = gather(view, pool.places)
        cosines = tuple(Cosines.of(view, gathered, sense) for sense in pool.senses)
        names, matrix = features_of(
            view,
            ask,
            gathered,
            pool.stage_one,
            (cosines[0], cosines[1]),
            remembered(recalled, pool.provisions),
        )
        if time.perf_counter() - began > budget:
            return None
        scores = self._trees.predict(names, matrix)
        ended = _ended(engine, plan, pool.provisions)
        span = max(float(scores.max() - np.median(scores)), 1e-6)
        scores = scores - span * _ENDED * np.array([p[0] in ended for p in pool.provisions])
        if plan.recent:
            newest = max(int(gathered.year.max()), 1)
            scores -= span * _RECENT * np.minimum((newest - gathered.year) / 10, 1)
        order = np.argsort(-scores, kind="stable")
        told = (
            [dict(zip(names, map(float, matrix[i]), strict=True)) for i in order] if explain else []
        )
        return Ranked(
            tuple(pool.provisions[i] for i in order),
            tuple(float(scores[i]) for i in order),
            tuple(told),
            tuple(recalled),
            frozenset(ended),
            time.perf_counter() - began,
        )


def answers_of(recalled: Sequence[Recalled]) -> list[Provision]:
    """Return what answered the questions that are alike, for the candidates."""
    found = dict.fromkeys(answer for one in recalled for answer in one.question.answers)
    return list(found)[:_FROM_MEMORY]


def ask_of(plan: SearchPlan, view: View) -> Ask:
    """Return the query for the second stage, with words of the law for those it does not know.

    What means the same takes the place of words that the corpus does not have ("cty"), and is
    said besides, after a break, where it has them.
    """
    words, core = plan.words, plan.core or plan.words
    parts = syllables(words)
    beside: list[str] = []
    for expansion in sorted(plan.expansions, key=lambda one: -one.start):
        if expansion.strength is not Strength.SAME:
            continue
        span = parts[expansion.start : expansion.end]
        typed = " ".join(span)
        frequency = view.frequency(tokens_of(typed), "uni")
        if len(frequency) and frequency.min() < _RARE * view.rows + 1:
            parts[expansion.start : expansion.end] = syllables(expansion.words)
            core = core.replace(typed, expansion.words)
        else:
            beside.append(expansion.words)
    extra = "".join(f" | {words}" for words in beside)
    said = " ".join(parts) if plan.expansions else words
    return Ask(said + extra, core + extra)


def _ended(engine: SearchEngine, plan: SearchPlan, provisions: Sequence[Provision]) -> set[Ref]:
    """Return the documents that have ended; none when the reader asked for a status."""
    if plan.filters.statuses:
        return set()
    only = replace(plan, filters=Filters(statuses=(Status.ENDED.value,)))
    return engine.admitted(only, {ref for ref, _ in provisions})
