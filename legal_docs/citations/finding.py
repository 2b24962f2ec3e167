"""Citations in text: provisions joined to the documents that follow them."""

import re
from collections.abc import Iterator
from typing import Final

from legal_docs.citations.documents import Named, documents
from legal_docs.citations.law_names import LawNames
from legal_docs.citations.model import Citation
from legal_docs.citations.provisions import Chain, Place, chains, eid

_OF: Final = re.compile(r"\s*,?\s*(?:(?:của|tại|thuộc|trong)\s+)?")


def find(text: str, laws: LawNames, context_eid: str | None = None) -> tuple[Citation, ...]:
    """Return the citations of ``text`` in order, without overlap, in linear time.

    ``context_eid`` is the id of the provision in which the text stands; it resolves "Điều này".
    A provision without any document ("theo Điều 5") is not cited: it may be another document's.

    >>> from legal_docs.citations.law_names import NO_LAWS
    >>> [(c.provision, c.number) for c in find("khoản 2 Điều 5 Nghị định 12/2031/NĐ-CP", NO_LAWS)]
    [('dieu-5.khoan-2', '12/2031/NĐ-CP')]
    """
    return tuple(_citations(text, documents(text, laws), context_eid))


def _citations(text: str, named: list[Named], context: str | None) -> Iterator[Citation]:
    by_start = {doc.start: doc for doc in named}
    found: list[Citation] = []
    joined: set[int] = set()
    for chain in chains(text):
        of = _OF.match(text, chain.end)
        doc = by_start.get(of.end()) if of is not None else None
        if doc is not None:
            joined.add(doc.start)
        found += _of_chain(text, chain, doc, context)
    found += [_of_document(text, doc) for doc in named if doc.start not in joined]
    at = 0
    for citation in sorted(found, key=lambda citation: (citation.start, -citation.end)):
        if citation.start >= at:
            yield citation
            at = citation.end


def _of_chain(
    text: str, chain: Chain, doc: Named | None, context: str | None
) -> Iterator[Citation]:
    for place in chain.places:
        if place.this:
            yield Citation(
                place.start,
                place.end,
                text[place.start : place.end],
                provision=eid(place, context),
                relative="this",
            )
        elif doc is not None:
            yield _joined(text, place, doc, doc.end if place is chain.places[-1] else place.end)
    if doc is not None and chain.places[-1].this:
        yield _of_document(text, doc)


def _joined(text: str, place: Place, doc: Named, end: int) -> Citation:
    return Citation(
        place.start,
        end,
        text[place.start : end],
        doc.number,
        doc.law,
        doc.year,
        doc.issued,
        eid(place, None),
        "this" if doc.this else None,
    )


def _of_document(text: str, doc: Named) -> Citation:
    return Citation(
        doc.start,
        doc.end,
        text[doc.start : doc.end],
        doc.number,
        doc.law,
        doc.year,
        doc.issued,
        None,
        "this" if doc.this else None,
    )
