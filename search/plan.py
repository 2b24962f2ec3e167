"""What a search asks for, as one frozen value that every engine answers the same way.

``visible_to`` has no default: no engine can be asked without saying who reads.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

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
    """Why the plan is as it is: a code for tests and templates, the words that led to it."""

    code: str
    words: str
    value: str = ""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPlan:
    """One search.

    ``text`` is what was typed; ``words`` what is left to match and rank by, cleaned. ``numbers``
    are keys (``legal_docs.numbering.key``) of documents that were meant, best first, ``loose``
    the loose key of a number typed whole, ``partial`` a number of which parts are known;
    ``law`` the name of a law, ``provision`` the id of the provision that was asked for.
    ``facets`` names the fields to count. ``today`` is the day as at which validity is judged.
    """

    text: str
    visible_to: Audience
    today: date
    words: str = ""
    numbers: tuple[str, ...] = ()
    loose: str | None = None
    partial: PartialNumber | None = None
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

    @property
    def names_documents(self) -> bool:
        """Tell whether the reader named documents rather than a topic."""
        return bool(self.numbers or self.loose or self.partial)
