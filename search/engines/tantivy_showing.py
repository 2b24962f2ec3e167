"""Which record is which, from fast fields, and the hits of a page, from what is stored of them.

Reading a stored record costs fifty times as much as ranking it: only what is shown is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import tantivy

from search.engines.base import DocumentRef, Hit, ProvisionHit
from search.engines.tantivy_query import Queries
from search.engines.weights import (
    PARTLY_NAMED,
    PROVISIONS_PER_HIT,
    article_eid,
    ref_of,
    ref_text,
    split_ref_number,
)
from search.highlight import excerpt
from search.plan import SearchPlan

Address = tantivy.DocAddress
Scored = tuple[Any, Address]


@dataclass(slots=True)
class Ranked:
    """A document on its way to the page."""

    address: Address
    score: float
    provisions: list[tuple[float, Address]] = field(default_factory=list)
    eids: tuple[str, ...] = ()
    """Provisions that the second stage found best."""


class Names:
    """Names of records, without reading them: a kind is read once, an id that is no article's."""

    def __init__(self) -> None:
        self._kinds: dict[int, str] = {}

    def refs(self, searcher: tantivy.Searcher, addresses: Sequence[Address]) -> list[DocumentRef]:
        """Return (kind, id) of the document of each record."""
        return [
            (self._kinds.get(kind) or self._read_kind(searcher, kind, address), number)
            for address, (kind, number) in zip(
                addresses, map(split_ref_number, ref_numbers(searcher, addresses)), strict=True
            )
        ]

    def eids(self, searcher: tantivy.Searcher, addresses: Sequence[Address]) -> list[str]:
        """Return the id of each provision."""
        articles = searcher.fast_field_values("article", list(addresses))
        return [
            article_eid(int(article)) if article else _stored(searcher.doc(address), "eid")
            for article, address in zip(articles, addresses, strict=True)
        ]

    def _read_kind(self, searcher: tantivy.Searcher, kind: int, address: Address) -> str:
        return self._kinds.setdefault(kind, ref_of(_stored(searcher.doc(address), "ref"))[0])


def ref_numbers(searcher: tantivy.Searcher, addresses: Iterable[Address]) -> list[int]:
    """Return the number of the document of each record."""
    return [int(value or 0) for value in searcher.fast_field_values("ref_no", list(addresses))]


def shown(
    searcher: tantivy.Searcher,
    names: Names,
    plan: SearchPlan,
    queries: Queries,
    page: Sequence[Ranked],
) -> tuple[Hit, ...]:
    """Return the hits of a page, each with the provisions that matter most."""
    refs = names.refs(searcher, [document.address for document in page])
    wanted = {ref: _wanted(plan, document) for ref, document in zip(refs, page, strict=True)}
    given = _places(searcher, names, queries, wanted)
    return tuple(
        _hit(searcher, names, plan, ref, document, given.get(ref, {}), wanted[ref])
        for ref, document in zip(refs, page, strict=True)
    )


def _is_asked(plan: SearchPlan, document: Ranked) -> bool:
    """Tell whether a provision of this document was named."""
    return bool(plan.provision) and (document.score >= PARTLY_NAMED or not plan.words)


def _wanted(plan: SearchPlan, document: Ranked) -> tuple[str, ...]:
    """Return ids that are shown whatever matches: the one that was named and those above it, or
    what the second stage found."""
    if _is_asked(plan, document):
        parts = (plan.provision or "").split(".")
        return tuple(".".join(parts[:size]) for size in range(len(parts), 0, -1))
    return document.eids[:PROVISIONS_PER_HIT]


def _places(
    searcher: tantivy.Searcher,
    names: Names,
    queries: Queries,
    wanted: dict[DocumentRef, tuple[str, ...]],
) -> dict[DocumentRef, dict[str, Address]]:
    """Return where these provisions are, those that the reader may see, by one query."""
    asked = {ref_text(ref): eids for ref, eids in wanted.items() if eids}
    if not asked:
        return {}
    query, limit = queries.named_provisions(asked), sum(map(len, asked.values()))
    addresses = [address for _, address in searcher.search(query, limit=limit, count=False).hits]
    found: dict[DocumentRef, dict[str, Address]] = {}
    for ref, eid, address in zip(
        names.refs(searcher, addresses), names.eids(searcher, addresses), addresses, strict=True
    ):
        found.setdefault(ref, {})[eid] = address
    return found


def _hit(
    searcher: tantivy.Searcher,
    names: Names,
    plan: SearchPlan,
    ref: DocumentRef,
    document: Ranked,
    given: dict[str, Address],
    wanted: tuple[str, ...],
) -> Hit:
    best = document.provisions[:PROVISIONS_PER_HIT]
    eids = names.eids(searcher, [address for _, address in best])
    scores = {eid: score for eid, (score, _) in zip(eids, best, strict=True)}
    # Of a place that was named only the nearest one counts, of the second stage's all.
    first = [eid for eid in wanted if eid in given][: 1 if _is_asked(plan, document) else None]
    places = {eid: given[eid] for eid in first}
    for eid, (_, address) in zip(eids, best, strict=True):
        places.setdefault(eid, address)
    parts = [
        _provision_hit(searcher, plan, eid, scores.get(eid, 0.0), address)
        for eid, address in list(places.items())[:PROVISIONS_PER_HIT]
    ]
    body = next((part.excerpt for part in parts if not part.eid), ())
    kind, number = ref
    return Hit(number, kind, document.score, tuple(part for part in parts if part.eid), body)


def _provision_hit(
    searcher: tantivy.Searcher, plan: SearchPlan, eid: str, score: float, address: Address
) -> ProvisionHit:
    stored = searcher.doc(address)
    label, heading, text = (
        bytes(stored.get_first(name) or b"").decode() for name in ("label", "heading", "text")
    )
    return ProvisionHit(eid, label, heading, excerpt(text, plan.words), score)


def _stored(stored: tantivy.Document, name: str) -> str:
    return str(stored.get_first(name) or "")
