"""What every search engine can do; ``tests/search/contract.py`` says what the answers must be."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from search.engines.records import DocumentRecord
from search.highlight import Segments
from search.plan import SearchPlan

DocumentRef = tuple[str, int]
"""(kind, id) of a document."""


class EngineError(Exception):
    """The engine cannot answer now."""


class EngineBusyError(EngineError):
    """Another process is writing."""


@dataclass(frozen=True, slots=True)
class ProvisionHit:
    """A provision that matches, with its excerpt as (piece, marked) segments."""

    eid: str
    label: str
    heading: str
    excerpt: Segments
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that matches, with its best provisions; ``excerpt`` is of a body without any."""

    document_id: int
    kind: str
    score: float
    provisions: tuple[ProvisionHit, ...] = ()
    excerpt: Segments = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """How many matching documents have each value of a field, most first; counts are exact.

    The filter on the field itself is left out (``SearchPlan.counting``).
    """

    field: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """One page of hits and the exact number of documents that match.

    ``loosened`` tells that nothing had the typed marks, so that they were ignored.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...] = ()
    loosened: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provision for a second stage of ranking."""

    document: DocumentRef
    eid: str
    score: float


class SearchEngine(Protocol):
    """A search engine. Only one process writes at a time; any number reads."""

    def search(self, plan: SearchPlan) -> Hits:
        """Return the page of hits that ``plan`` asks for, only what its audience may see."""
        ...

    def candidates(
        self, plan: SearchPlan, limit: int, within: Sequence[DocumentRef] = ()
    ) -> tuple[Candidate, ...]:
        """Return the best provisions across documents, best first; only of ``within`` if given."""
        ...

    def admitted(self, plan: SearchPlan, documents: Iterable[DocumentRef]) -> set[DocumentRef]:
        """Return those of ``documents`` that the audience and the filters of ``plan`` let in."""
        ...

    def writer(self, timeout: float = 0.0) -> AbstractContextManager[None]:
        """Hold the right to write; raises EngineBusyError after ``timeout`` seconds."""
        ...

    def index(self, records: Iterable[DocumentRecord], *, commit: bool = True) -> int:
        """Put documents in, replacing those with the same (kind, id); return how many."""
        ...

    def delete(self, refs: Iterable[DocumentRef], *, commit: bool = True) -> None:
        """Take documents out; one that is not there is no error."""
        ...

    def rebuild(self, records: Iterable[DocumentRecord]) -> int:
        """Build a new index and put it in the place of the old one at once; return how many."""
        ...

    def count(self) -> int:
        """Return the number of documents in the index."""
        ...

    def refs(self) -> set[DocumentRef]:
        """Return (kind, id) of every document in the index."""
        ...

    def digests(self) -> dict[DocumentRef, int]:
        """Return what of every document is in the index (``records.digest_of``)."""
        ...

    def ping(self) -> bool:
        """Tell whether the engine can answer."""
        ...
