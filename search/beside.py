"""News and pages beside documents: the plan for them, and hits with the rows behind them.

They have an index of their own (``search.engine.page_engine``), so that documents rank and count
as if there were none. What was said of documents (type, issuer, number, validity) is no filter
here: its words are searched like any others.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from portal.pages.registry import FoundRow, searchable
from search.engine import page_engine
from search.engines.base import EngineError, Hit
from search.facets import DIMENSIONS
from search.highlight import Segments
from search.plan import Filters, SearchPlan, Sort
from search.understanding import Lexicon, understand

logger = logging.getLogger(__name__)
#: Parameter of the page that asks for news and pages alone, and its value.
PARAMETER: Final = "muc"
PAGES: Final = "tin"
#: Rows of the group beside documents.
GROUP: Final = 3
#: Steps of understanding that are about documents.
_OF_DOCUMENTS: Final = frozenset(
    ("loai", "co_quan", "cap", "tinh", "linh_vuc", "nam", "ngay_ban_hanh", "hieu_luc",
     "het_hieu_luc", "co_hieu_luc", "so_hieu", "so_hieu_lien", "so_hieu_thieu", "dieu_khoan",
     "ten_luat")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageResult:
    """A hit with its row; ``anchor`` is the part of the page that the excerpt is from."""

    row: FoundRow
    code: str
    label: str
    excerpt: Segments
    anchor: str = ""

    @property
    def url(self) -> str:
        return f"{self.row.url}#{self.anchor}" if self.anchor else self.row.url


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """What a plan found among news and pages; ``broken`` when the engine could not be asked."""

    total: int = 0
    results: tuple[PageResult, ...] = ()
    loosened: bool = False
    broken: bool = False


def page_plan(
    plan: SearchPlan, lexicon: Lexicon, without: frozenset[str] = frozenset(), *, verbatim: bool
) -> SearchPlan:
    """The plan for news and pages of a question that was understood for documents.

    ``without`` holds the steps that the reader undid. Only days of issue stay as filters; they
    are the days of news, and of pages those of their last publication.
    """
    found = plan
    if any(reason.code in _OF_DOCUMENTS for reason in plan.because):
        found = understand(
            plan.text, lexicon, plan.visible_to, plan.today,
            verbatim=verbatim, without=without | _OF_DOCUMENTS,
        )  # fmt: skip
    asked = plan.filters
    return replace(
        found,
        filters=Filters(issued_from=asked.issued_from, issued_to=asked.issued_to),
        sort=Sort.RELEVANCE if plan.sort is Sort.IN_FORCE else plan.sort,
        required=plan.required,
        page=plan.page,
        page_size=plan.page_size,
        facets=(),
        leading=(),
    )


def wants_group(plan: SearchPlan, query: Mapping[str, str]) -> bool:
    """Whether the group stands beside documents: on the first page of a search by words that no
    facet of documents narrows."""
    return (
        plan.page == 1 and bool(plan.text.strip()) and not any(name in query for name in DIMENSIONS)
    )


def pages_found(plan: SearchPlan) -> PageAnswer:
    """Ask the index of pages, then the database who may see what was hit; one query."""
    if not (plan.words or plan.phrases or plan.required):
        return PageAnswer()
    try:
        hits = page_engine().search(plan)
    except (EngineError, OSError, ValueError):
        logger.exception("the index of news and pages does not answer")
        return PageAnswer(broken=True)
    wanted: dict[object, list[int]] = {}
    for hit in hits.hits:
        if known := searchable(hit.kind):
            wanted.setdefault(known.found, []).append(hit.document_id)
    rows = {find: find(plan.visible_to, ids) for find, ids in wanted.items()}  # type: ignore[operator]
    results = []
    for hit in hits.hits:
        known = searchable(hit.kind)
        row = rows[known.found].get(hit.document_id) if known else None
        if known and row:
            excerpt, anchor = _excerpt(hit, row)
            results.append(PageResult(row, known.code, str(known.label), excerpt, anchor))
    return PageAnswer(hits.total, tuple(results), hits.loosened)


def _excerpt(hit: Hit, row: FoundRow) -> tuple[Segments, str]:
    """The first excerpt in which something is marked, and where it stands on the page."""
    places = [(part.excerpt, part.eid) for part in hit.provisions]
    if hit.excerpt:
        places.insert(0, (hit.excerpt, ""))
    for segments, eid in places:
        if any(marked for _text, marked in segments):
            return segments, eid
    return (((row.summary, False),) if row.summary else ()), ""
