"""What a search asks for, as one frozen value that every engine answers the same way.

``visible_to`` has no default: no engine can be asked without saying who reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from legal_docs.numbering import PartialNumber
from portal.organisations.audience import Audience


class Sort(StrEnum):
    """Order of the hits; within equal dates by relevance is not promised."""

    RELEVANCE = "lien_quan"
    NEWEST = "moi_nhat"
    OLDEST = "cu_nhat"
    IN_FORCE = "ngay_hieu_luc"


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of understanding: a code for tests and templates, the words that led to it.

    ``value`` is what was made of them. ``understand(..., without={code})`` undoes the step.
    """

    code: str
    words: str
    value: str = ""


class Strength(StrEnum):
    """How near two wordings are: only ``SAME`` may stand for the other without loss."""

    SAME = "dong_nghia"
    RELATED = "lien_quan"
    PREDECESSOR = "ten_cu"
    CONTEXT = "ngu_canh"


@dataclass(frozen=True, slots=True)
class Expansion:
    """Other words for a span of ``SearchPlan.words``, whose syllables are ``[start, end)``.

    ``weight`` (0 to 1) is what a match of the other words counts against one of the typed ones.
    Only ``SAME`` satisfies the condition that a document must match; the rest only rank.
    """

    start: int
    end: int
    words: str
    strength: Strength
    weight: float


@dataclass(frozen=True, slots=True)
class Leading:
    """A document that the second stage puts first, with its best provisions, best first.

    One that ``adds`` counts as a hit even where it has too few of the words; another only moves.
    """

    document: tuple[str, int]
    score: float
    eids: tuple[str, ...] = ()
    adds: bool = True


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must be; an empty tuple does not restrict, several values of one are "or".

    ``statuses`` are codes of ``legal_docs.validity.Status``, judged as at the plan's ``today``.
    ``issuers`` holds ids; the caller adds predecessors and successors.
    """

    kinds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    issuers: tuple[int, ...] = ()
    levels: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    fields: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    issued_from: date | None = None
    issued_to: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    expires_from: date | None = None
    expires_to: date | None = None


#: Field that can be counted → the filter on it.
FILTER_ON: Final = {
    "kind": "kinds",
    "type": "types",
    "issuer": "issuers",
    "level": "levels",
    "province": "provinces",
    "field": "fields",
    "year": "years",
    "status": "statuses",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPlan:
    """One search.

    ``text`` is what was typed; ``words`` what is left to match and rank by, cleaned, corrected
    and with accents restored; ``core`` the same without the phrases of asking ("xin hỏi luật
    sư"), " | " where something was cut out; it serves the second stage. ``numbers`` are keys (``legal_docs.numbering.key``) of documents that were meant, best first, ``loose``
    the loose key of a number typed whole, ``partial`` a number of which parts are known
    and ``partials`` further such numbers;
    ``law`` the name of a law, ``provision`` the id of the provision that was asked for.
    ``also`` means that words stand beside a number or a law: the named documents are pinned
    before the hits of the words. ``expansions`` are other words for parts of ``words``.
    ``required`` are words that a document must all have, ``phrases`` word sequences that must
    stand in one provision or title, ``excluded`` words or sequences that may stand nowhere in the
    document. ``restored`` tells that ``words`` were typed without accents. ``recent`` prefers
    new documents among the relevant ones. ``leading`` is filled by the second stage.
    ``facets`` names the fields to count; the filter on a field does not restrict its own counts,
    so that a reader sees what another choice would bring. ``today`` is the day as at which validity is judged.
    """

    text: str
    visible_to: Audience
    today: date
    words: str = ""
    core: str = ""
    expansions: tuple[Expansion, ...] = ()
    required: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    restored: bool = False
    recent: bool = False
    also: bool = False
    leading: tuple[Leading, ...] = ()
    numbers: tuple[str, ...] = ()
    loose: str | None = None
    partial: PartialNumber | None = None
    partials: tuple[PartialNumber, ...] = ()
    law: str | None = None
    provision: str | None = None
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = 20
    facets: tuple[str, ...] = ()
    because: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        if self.page < 1 or not 1 <= self.page_size <= 200:
            raise ValueError("page begins at 1, page_size is 1 to 200")

    @property
    def offset(self) -> int:
        """Return how many hits stand before the page."""
        return (self.page - 1) * self.page_size

    def counting(self) -> Iterator[tuple["SearchPlan", tuple[str, ...]]]:
        """Yield the plans that count, each with its fields: itself, and one for each filtered field."""
        chosen = tuple(name for name in self.facets if getattr(self.filters, FILTER_ON[name]))
        if free := tuple(name for name in self.facets if name not in chosen):
            yield self, free
        for name in chosen:
            open_to_all: dict[str, Any] = {FILTER_ON[name]: ()}
            yield replace(self, filters=replace(self.filters, **open_to_all)), (name,)

    @property
    def names_documents(self) -> bool:
        """Tell whether the reader named documents rather than a topic."""
        return bool(self.numbers or self.loose or self.partial)
