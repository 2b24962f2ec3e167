"""The embedded engine: tantivy in the process, no server.

Ranking: provisions are ranked first; a document's score is that of its best provision plus that
of its title. Documents are then counted, filtered and paged exactly on their own records.
"""

import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import tantivy

from search.engines.base import Candidate, DocumentRef, Facet, Hits
from search.engines.records import DocumentRecord
from search.engines.storage import Reader, Storage, writer_at
from search.engines.tantivy_facets import facets_of, total
from search.engines.tantivy_query import Queries
from search.engines.tantivy_schema import build_schema, documents
from search.engines.tantivy_showing import Address, Names, Ranked, Scored, ref_numbers, shown
from search.engines.weights import (
    DOCUMENT,
    ENDED_SHARE,
    MARGIN,
    NEVER,
    PARTLY_NAMED,
    RANKED_PROVISIONS,
    day_number,
    ref_number,
    ref_text,
)
from search.plan import SearchPlan, Sort

_HEAP: Final = 64_000_000
_ORDERS: Final = {
    Sort.NEWEST: ("issued", tantivy.Order.Desc),
    Sort.OLDEST: ("issued", tantivy.Order.Asc),
    Sort.IN_FORCE: ("in_force", tantivy.Order.Desc),
}
# Queries whose best provisions are kept: the second stage and the page ask for the same.
_KEPT: Final = 16
# So many documents that a reader may not see are kept by number.
_FEW: Final = 5_000


class EmbeddedEngine:
    """A ``SearchEngine`` on a directory."""

    def __init__(self, directory: Path) -> None:
        self._storage = Storage(directory)
        self._reader = Reader(self._storage)
        self._held = threading.RLock()
        self._writer: tantivy.IndexWriter | None = None
        self._names = Names()
        self._kept: tuple[object, dict[object, list[Scored]]] = (None, {})
        self._unseen: tuple[object, dict[object, frozenset[int] | None]] = (None, {})

    # Reading

    def ping(self) -> bool:
        """Tell whether there is an index that opens."""
        try:
            return self._reader.searcher() is not None
        except (ValueError, OSError):
            return False

    def count(self) -> int:
        """Return the number of documents."""
        searcher = self._reader.searcher()
        if searcher is None:
            return 0
        query = tantivy.Query.term_query(self._reader.schema, "record", DOCUMENT, "basic")
        return total(searcher.search(query, limit=1))

    def refs(self) -> set[DocumentRef]:
        """Return (kind, id) of every document, for comparing the index with the database."""
        return set(self.digests())

    def digests(self) -> dict[DocumentRef, int]:
        """Return what of every document is in the index."""
        searcher = self._reader.searcher()
        if searcher is None:
            return {}
        query = tantivy.Query.term_query(self._reader.schema, "record", DOCUMENT, "basic")
        total = self.count()
        hits = searcher.search(query, limit=max(total, 1), count=False).hits
        addresses = [address for _, address in hits]
        values = searcher.fast_field_values("digest", addresses)
        names = self._names.refs(searcher, addresses)
        return {ref: int(value or 0) for ref, value in zip(names, values, strict=True)}

    def search(self, plan: SearchPlan) -> Hits:
        """Return the page; typed marks are ignored only when nothing matches with them."""
        hits = self._search(plan, ignore_marks=False)
        if hits.total == 0 and plan.words:
            loose = self._search(plan, ignore_marks=True)
            return replace(loose, loosened=loose.total > 0)
        return hits

    def candidates(
        self, plan: SearchPlan, limit: int, within: Sequence[DocumentRef] = ()
    ) -> tuple[Candidate, ...]:
        """Return the best provisions across documents, or of the documents ``within``."""
        searcher = self._reader.searcher()
        queries = Queries(self._reader.schema, plan)
        if searcher is None:
            return ()
        if within:
            found = self._ranking(searcher, queries, limit, [ref_number(ref) for ref in within])
        else:
            found = self._best(searcher, queries, limit)
        addresses = [address for _, address in found]
        refs = self._names.refs(searcher, addresses)
        eids = self._names.eids(searcher, addresses)
        return tuple(
            Candidate(ref, eid, score)
            for ref, eid, (score, _) in zip(refs, eids, found, strict=True)
        )

    def admitted(self, plan: SearchPlan, documents: Iterable[DocumentRef]) -> set[DocumentRef]:
        """Return those of ``documents`` that the audience and the filters of ``plan`` let in."""
        searcher = self._reader.searcher()
        wanted = {ref_number(ref): ref for ref in documents}
        if searcher is None or not wanted:
            return set()
        found = _admitted(searcher, Queries(self._reader.schema, plan), wanted)
        return {wanted[number] for number in found}

    def _search(self, plan: SearchPlan, *, ignore_marks: bool) -> Hits:
        searcher = self._reader.searcher()
        if searcher is None:
            return Hits(0, ())
        queries = Queries(self._reader.schema, plan, ignore_marks=ignore_marks)
        query = queries.documents(leading=_adding(plan))
        if plan.sort is Sort.RELEVANCE and (plan.words or plan.leading):
            total, ranked = self._relevant(searcher, plan, queries, query)
        else:
            total, ranked = self._ordered(searcher, plan, queries, query)
        facets = self._facets(searcher, plan, queries, query)
        return Hits(total, shown(searcher, self._names, plan, queries, ranked), facets)

    def _facets(
        self, searcher: tantivy.Searcher, plan: SearchPlan, queries: Queries, query: tantivy.Query
    ) -> tuple[Facet, ...]:
        """Return the counts in the order of ``plan.facets``; one pass, one more a filtered field."""
        now, found = day_number(plan.today, NEVER), {}
        for other, names in plan.counting():
            wanted = query if other is plan else queries.of(other).documents(leading=_adding(plan))
            found |= {one.field: one for one in facets_of(searcher, wanted, names, now)}
        return tuple(found[name] for name in plan.facets if name in found)

    def _relevant(
        self, searcher: tantivy.Searcher, plan: SearchPlan, queries: Queries, query: tantivy.Query
    ) -> tuple[int, list[Ranked]]:
        # Documents that enter with a later page have lower scores than all before them, so that
        # pages neither repeat nor skip.
        leading = {ref_number(one.document): one.eids for one in plan.leading}
        limit = plan.offset + plan.page_size + MARGIN + len(leading)
        result = searcher.search(query, limit=limit)
        ranked = _by_ref(searcher, result.hits)
        matching = _by_document(searcher, self._best(searcher, queries, RANKED_PROVISIONS))
        missing = [ref for ref in {**leading, **matching} if ref not in ranked]
        if missing:
            more = searcher.search(queries.among(query, missing), limit=len(missing), count=False)
            ranked |= _by_ref(searcher, more.hits)
        for ref, provisions in matching.items():
            if ref in ranked:
                ranked[ref].provisions = provisions
                ranked[ref].score += provisions[0][0]
        _demote_ended(searcher, plan, list(ranked.values()))
        for ref, eids in leading.items():
            if ref in ranked:
                ranked[ref].eids = eids
        page = _in_order(ranked, leading)[plan.offset : plan.offset + plan.page_size]
        return total(result), page

    def _ordered(
        self, searcher: tantivy.Searcher, plan: SearchPlan, queries: Queries, query: tantivy.Query
    ) -> tuple[int, list[Ranked]]:
        by, order = _ORDERS.get(plan.sort, _ORDERS[Sort.NEWEST])
        result = searcher.search(
            query, limit=plan.page_size, offset=plan.offset, order_by_field=by, order=order
        )
        ranked = {
            ref: Ranked(address, 0.0)
            for ref, (_, address) in zip(_refs(searcher, result.hits), result.hits, strict=True)
        }
        inside = self._ranking(searcher, queries, plan.page_size * 5, list(ranked))
        for ref, provisions in _by_document(searcher, inside).items():
            ranked[ref].provisions = provisions
        return total(result), list(ranked.values())

    def _best(self, searcher: tantivy.Searcher, queries: Queries, limit: int) -> list[Scored]:
        """Return the best provisions of all, kept for who asks for the same next."""
        if self._kept[0] is not searcher or len(self._kept[1]) >= _KEPT:
            self._kept = (searcher, {})
        kept = self._kept[1]
        if (found := kept.get(queries.key)) is None:
            found = self._ranking(searcher, queries, max(limit, RANKED_PROVISIONS))
            kept[queries.key] = found
        return found[:limit]

    def _hidden(self, searcher: tantivy.Searcher, queries: Queries) -> frozenset[int] | None:
        """Return the documents that are not for this reader, None when these are many."""
        if self._unseen[0] is not searcher or len(self._unseen[1]) >= _KEPT:
            self._unseen = (searcher, {})
        unseen, reader = self._unseen[1], queries.reader
        if reader not in unseen:
            result = searcher.search(queries.hidden(), limit=_FEW)
            few = total(result) <= _FEW
            unseen[reader] = frozenset(_refs(searcher, list(result.hits))) if few else None
        return unseen[reader]

    def _ranking(
        self,
        searcher: tantivy.Searcher,
        queries: Queries,
        limit: int,
        among: Sequence[int] | None = None,
    ) -> list[Scored]:
        """Return the best provisions, of the documents ``among`` if given.

        A reader may see nearly everything: asked after the ranking, his audience leaves tantivy
        the way of ranking that is twice as fast. If it hides one of the best, it is asked before.
        """
        ranking = queries.ranking()
        if ranking is None or (among is not None and not among):
            return []
        if not among and not queries.has_filters:
            hits = list(searcher.search(ranking, limit=limit, count=False).hits)
            hidden = self._hidden(searcher, queries)
            if hidden is not None and hidden.isdisjoint(_refs(searcher, hits)):
                return hits
        query = queries.shown(ranking)
        query = queries.among(query, among) if among else query
        return list(searcher.search(query, limit=limit, count=False).hits)

    # Writing

    @contextmanager
    def writer(self, timeout: float = 0.0) -> Iterator[None]:
        """Hold the right to write; within it, calls share one writer. Commits at the end."""
        with self._held:
            if self._writer is not None:
                yield
                return
            with self._storage.lock(timeout):
                self._writer = self._open_writer()
                try:
                    yield
                    self._writer.commit()
                    self._writer.wait_merging_threads()
                finally:
                    self._writer = None

    def index(self, records: Iterable[DocumentRecord], *, commit: bool = True) -> int:
        """Put documents in. Without ``commit`` inside ``writer()`` they wait for its end."""
        with self.writer():
            count = self._add(records)
            self._commit(commit)
        return count

    def delete(self, refs: Iterable[DocumentRef], *, commit: bool = True) -> None:
        """Take documents out."""
        with self.writer():
            for ref in refs:
                self._open().delete_documents_by_term("ref", ref_text(ref))
            self._commit(commit)

    def rebuild(self, records: Iterable[DocumentRecord]) -> int:
        """Build anew beside the index in use, then swap; a failure leaves all as it was."""
        with self.writer():
            directory = self._storage.new_directory()
            in_use, self._writer = self._open(), _new_writer_at(directory)
            try:
                count = self._add(records, replace_old=False)
                self._writer.commit()
                self._writer.wait_merging_threads()
            except BaseException:
                self._writer = in_use
                raise
            self._storage.use(directory)
            self._writer = writer_at(directory, _HEAP)
        return count

    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise RuntimeError("writing outside writer()")
        return self._writer

    def _open_writer(self) -> tantivy.IndexWriter:
        directory = self._storage.current()
        if directory is not None:
            return writer_at(directory, _HEAP)
        directory = self._storage.new_directory()
        writer = _new_writer_at(directory)
        writer.commit()
        self._storage.use(directory)
        return writer

    def _add(self, records: Iterable[DocumentRecord], *, replace_old: bool = True) -> int:
        writer = self._open()
        count = 0
        for record in records:
            count += 1
            if replace_old:
                writer.delete_documents_by_term("ref", ref_text((record.kind, record.id)))
            for document in documents(record):
                writer.add_document(document)
        return count

    def _commit(self, wanted: bool) -> None:
        if wanted:
            self._open().commit()


def _new_writer_at(directory: Path) -> tantivy.IndexWriter:
    return tantivy.Index(build_schema(), str(directory)).writer(heap_size=_HEAP, num_threads=1)


def _adding(plan: SearchPlan) -> list[int]:
    """Return the documents that count as hits because the second stage says so."""
    if plan.sort is not Sort.RELEVANCE:
        return []
    return [ref_number(one.document) for one in plan.leading if one.adds]


def _refs(searcher: tantivy.Searcher, hits: list[Scored]) -> list[int]:
    return ref_numbers(searcher, [address for _, address in hits])


def _admitted(searcher: tantivy.Searcher, queries: Queries, refs: Collection[int]) -> list[int]:
    """Return those of the documents that may be shown."""
    if not refs:
        return []
    query = queries.admitted(list(refs))
    return _refs(searcher, list(searcher.search(query, limit=len(refs), count=False).hits))


def _by_ref(searcher: tantivy.Searcher, hits: list[Scored]) -> dict[int, Ranked]:
    pairs = zip(_refs(searcher, hits), hits, strict=True)
    return {ref: Ranked(address, score) for ref, (score, address) in pairs}


def _by_document(
    searcher: tantivy.Searcher, hits: list[Scored]
) -> dict[int, list[tuple[float, Address]]]:
    """Return provisions by document, best first."""
    found: dict[int, list[tuple[float, Address]]] = {}
    for ref, (score, address) in zip(_refs(searcher, hits), hits, strict=True):
        found.setdefault(ref, []).append((score, address))
    return found


def _demote_ended(searcher: tantivy.Searcher, plan: SearchPlan, ranked: list[Ranked]) -> None:
    today = day_number(plan.today, 0)
    days = searcher.fast_field_values("expires", [document.address for document in ranked])
    for document, expires in zip(ranked, days, strict=True):
        if document.score < PARTLY_NAMED and expires is not None and expires <= today:
            document.score *= ENDED_SHARE


def _in_order(ranked: dict[int, Ranked], leading: dict[int, tuple[str, ...]]) -> list[Ranked]:
    """Return named documents, then those of the second stage, then the rest by score."""
    rest = sorted(ranked, key=lambda ref: (-ranked[ref].score, -ref))
    named = [ref for ref in rest if ranked[ref].score >= PARTLY_NAMED]
    first = [ref for ref in leading if ref in ranked]
    return [ranked[ref] for ref in dict.fromkeys([*named, *first, *rest])]
