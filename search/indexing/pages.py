"""What is indexed of news and pages: the kinds that apps below put into the registry of pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal.core.batching import batched
from portal.pages.registry import Searchable, SearchText, searchable, searchables
from search.engines.records import DocumentRecord, ProvisionRecord

CHUNK = 100


def is_page(kind: str) -> bool:
    """Whether events of this kind belong to the index of pages."""
    return searchable(kind) is not None


def page_records_of(kind: str, ids: Sequence[int]) -> list[DocumentRecord]:
    """Records of the live ones among these rows.

    Raises:
        KeyError: nobody registered the kind.
    """
    known = searchable(kind)
    if known is None:
        raise KeyError(kind)
    rows = known.live().filter(pk__in=ids).order_by("pk")
    return [_record(known, row.pk, known.text(row)) for row in rows]


def all_page_records() -> Iterator[DocumentRecord]:
    """Records of everything live, in chunks that fit into memory."""
    for kind in searchables():
        ids = list(kind.live().order_by("pk").values_list("pk", flat=True))
        for some in batched(ids, CHUNK):
            yield from page_records_of(kind.code, some)


def live_page_refs() -> set[tuple[str, int]]:
    """(kind, id) of everything that belongs into the index."""
    return {
        (kind.code, pk) for kind in searchables() for pk in kind.live().values_list("pk", flat=True)
    }


def page_refs(model: type, ids: Sequence[int]) -> list[tuple[str, int]]:
    """(kind, id) of rows of a class; nothing for a class that search does not know."""
    return [(kind.code, pk) for kind in searchables() if kind.model is model for pk in ids]


def _record(kind: Searchable, pk: int, text: SearchText) -> DocumentRecord:
    parts = [ProvisionRecord(part.anchor, "", part.heading, part.text) for part in text.parts]
    if text.lead or not parts:
        # The lead and what stands before the first heading are one part.
        before = parts.pop(0).text if parts and not parts[0].eid else ""
        parts.insert(0, ProvisionRecord("", "", "", f"{text.lead} {before}".strip()))
    return DocumentRecord(
        kind=kind.code,
        id=pk,
        title=text.title,
        visible_to=text.tokens,
        type=str(kind.label),
        issuers=(text.unit,) if text.unit else (),
        issued=text.day,
        expires=text.until,
        keywords=text.keywords,
        provisions=tuple(parts),
    )
