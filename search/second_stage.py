"""The second stage of this portal: where its files are, and whether it is asked at all."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from portal.core.text import syllables
from search.engine import engine
from search.engines.base import EngineError, Hits
from search.plan import Leading, SearchPlan, Sort
from search.ranking.forward import ForwardIndex
from search.ranking.stage import Ranked, SecondStage
from search.ranking.trees import Trees
from search.remembering import memory_of, promoted

#: From so many syllables on a query is a question, whose answer may have other words: the best
#: documents in sense are hits too. Fewer are keywords, which a hit has.
SPOKEN = 5
ADDED = 15
logger = logging.getLogger(__name__)
_WEIGHTS = Path(__file__).parent / "ranking" / "weights"
BASE_ENCODER = _WEIGHTS / "encoder.npz"
TREES = _WEIGHTS / "trees.json"


@lru_cache(maxsize=4)
def _forward(directory: str) -> ForwardIndex:
    root = Path(directory)
    return ForwardIndex(root / "forward", root / "model" / "encoder.npz", BASE_ENCODER)


def forward() -> ForwardIndex:
    """The forward index of this portal."""
    return _forward(str(settings.SEARCH_INDEX_DIR))


@lru_cache(maxsize=1)
def _stage() -> SecondStage | None:
    try:
        return SecondStage(Trees.load(TREES))
    except (OSError, ValueError):
        logger.exception("the weights of ranking cannot be read; stage one stands")
        return None


def is_topical(plan: SearchPlan) -> bool:
    """Tell whether the plan ranks by words: no bare number, no order by day."""
    named_only = (plan.names_documents or plan.law) and not plan.also
    return plan.sort is Sort.RELEVANCE and bool(plan.words.strip()) and not named_only


def ranked(plan: SearchPlan, *, explain: bool = False) -> Ranked | None:
    """The order of the second stage, None when it has none; never an error."""
    if not settings.SEARCH_SECOND_STAGE or not is_topical(plan):
        return None
    stage, view = _stage(), forward().view()
    if stage is None or view is None or not view.rows:
        return None
    try:
        return stage.rank(
            engine(),
            view,
            plan,
            memory_of(view),
            budget=settings.SEARCH_STAGE_BUDGET,
            explain=explain,
        )
    except EngineError:
        raise
    except (OSError, ValueError, IndexError, KeyError):
        logger.exception("the second stage failed; stage one stands")
        return None


def led(plan: SearchPlan) -> SearchPlan:
    """The plan with what leads its hits: what editors promote, then the second stage's order.

    Raises:
        EngineError: the engine cannot answer now.
    """
    order = ranked(plan)
    leading: dict[tuple[str, int], Leading] = {one.document: one for one in promoted(plan)}
    spoken = len(syllables(plan.words)) >= SPOKEN
    for place, one in enumerate(order.leading() if order else ()):
        first = leading.get(one.document)
        eids = tuple(dict.fromkeys([*first.eids, *one.eids])) if first else one.eids
        adds = first is not None or (spoken and place < ADDED)
        leading[one.document] = replace(one, eids=eids, adds=adds)
    return replace(plan, leading=tuple(leading.values())) if leading else plan


def find(plan: SearchPlan) -> Hits:
    """The page of hits that ``plan`` asks for: stage one, led by the second stage.

    Raises:
        EngineError: the engine cannot answer now.
    """
    return engine().search(led(plan))
