"""The embedded engine: tantivy in the process, no server.

Ranking: provisions are ranked first; a document's score is that of its best provision plus that
of its title. Documents are then counted, filtered and paged exactly on their own records.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import tantivy

from search.engines.base import Candidate, DocumentRef, Hit, Hits, ProvisionHit
from search.engines.records import DocumentRecord
from search.engines.storage import Reader, Storage
from search.engines.tantivy_facets import facets_of, total
from search.engines.tantivy_query import Queries
from search.engines.tantivy_schema import build_schema, documents
from search.engines.weights import (
    DOCUMENT,
    ENDED_SHARE,
    MARGIN,
    PARTLY_NAMED,
    PROVISIONS_PER_HIT,
    RANKED_PROVISIONS,
    day_number,
    ref_number,
    ref_of,
    ref_text,
)
from search.highlight import excerpt
from search.plan import SearchPlan, Sort

_HEAP: Final = 64_000_000
_ORDERS: Final = {
    Sort.NEWEST: ("issued", tantivy.Order.Desc),
    Sort.OLDEST: ("issued", tantivy.Order.Asc),
    Sort.IN_FORCE: ("in_force", tantivy.Order.Desc),
}

Address = tantivy.DocAddress


@dataclass(slots=True)
class _Ranked:
    """A document on its way to the page."""

    address: Address
    score: float
    provisions: list[tuple[float, Address]] = field(default_factory=list)
    eids: tuple[str, ...] = ()
    """Provisions that the second stage found best."""


class EmbeddedEngine:
    """A ``SearchEngine`` on a directory."""

    def __init__(self, directory: Path) -> None:
        self._storage = Storage(directory)
        self._reader = Reader(self._storage)
        self._held = threading.RLock()
        self._writer: tantivy.IndexWriter | None = None

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
        searcher = self._reader.searcher()
        if searcher is None:
            return set()
        query = tantivy.Query.term_query(self._reader.schema, "record", DOCUMENT, "basic")
        total = self.count()
        hits = searcher.search(query, limit=max(total, 1), count=False).hits
        return {_ref(searcher.doc(address)) for _, address in hits}

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
        query = queries.provisions()
        if searcher is None or query is None:
            return ()
        if within:
            query = queries.among(query, [ref_number(ref) for ref in within])
        found = []
        for score, address in searcher.search(query, limit=limit, count=False).hits:
            stored = searcher.doc(address)
            found.append(Candidate(_ref(stored), stored.get_first("eid") or "", score))
        return tuple(found)

    def admitted(self, plan: SearchPlan, documents: Iterable[DocumentRef]) -> set[DocumentRef]:
        """Return those of ``documents`` that the audience and the filters of ``plan`` let in."""
        searcher = self._reader.searcher()
        wanted = {ref_number(ref): ref for ref in documents}
        if searcher is None or not wanted:
            return set()
        query = Queries(self._reader.schema, plan).admitted(list(wanted))
        hits = searcher.search(query, limit=len(wanted), count=False).hits
        return {wanted[number] for number in _refs(searcher, hits)}

    def _search(self, plan: SearchPlan, *, ignore_marks: bool) -> Hits:
        searcher = self._reader.searcher()
        if searcher is None:
            return Hits(0, ())
        queries = Queries(self._reader.schema, plan, ignore_marks=ignore_marks)
        leading = plan.leading if plan.sort is Sort.RELEVANCE else ()
        query = queries.documents(leading=[ref_number(one.document) for one in leading if one.adds])
        if plan.sort is Sort.RELEVANCE and (plan.words or leading):
            total, ranked = self._relevant(searcher, plan, queries, query)
        else:
            total, ranked = self._ordered(searcher, plan, queries, query)
        facets = facets_of(searcher, queries, query, plan.facets) if plan.facets else ()
        hits = tuple(self._hit(searcher, plan, queries, document) for document in ranked)
        return Hits(total, hits, facets)

    def _relevant(
        self, searcher: tantivy.Searcher, plan: SearchPlan, queries: Queries, query: tantivy.Query
    ) -> tuple[int, list[_Ranked]]:
        # Documents that enter with a later page have lower scores than all before them, so that
        # pages neither repeat nor skip.
        leading = {ref_number(one.document): one.eids for one in plan.leading}
        limit = plan.offset + plan.page_size + MARGIN + len(leading)
        result = searcher.search(query, limit=limit)
        ranked = _by_ref(searcher, result.hits)
        matching = self._provisions(searcher, queries, RANKED_PROVISIONS)
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
    ) -> tuple[int, list[_Ranked]]:
        by, order = _ORDERS.get(plan.sort, _ORDERS[Sort.NEWEST])
        result = searcher.search(
            query, limit=plan.page_size, offset=plan.offset, order_by_field=by, order=order
        )
        ranked = {
            ref: _Ranked(address, 0.0)
            for ref, (_, address) in zip(_refs(searcher, result.hits), result.hits, strict=True)
        }
        inside = self._provisions(searcher, queries, plan.page_size * 5, list(ranked))
        for ref, provisions in inside.items():
            ranked[ref].provisions = provisions
        return total(result), list(ranked.values())

    def _provisions(
        self,
        searcher: tantivy.Searcher,
        queries: Queries,
        limit: int,
        among: list[int] | None = None,
    ) -> dict[int, list[tuple[float, Address]]]:
        """Return the best provisions by document, best first."""
        query = queries.provisions()
        if query is None or among == []:
            return {}
        query = queries.among(query, among) if among is not None else query
        hits = searcher.search(query, limit=limit, count=False).hits
        found: dict[int, list[tuple[float, Address]]] = {}
        for ref, (score, address) in zip(_refs(searcher, hits), hits, strict=True):
            found.setdefault(ref, []).append((score, address))
        return found

    def _hit(
        self, searcher: tantivy.Searcher, plan: SearchPlan, queries: Queries, ranked: _Ranked
    ) -> Hit:
        kind, number = ref = _ref(searcher.doc(ranked.address))
        parts = [
            _provision_hit(searcher, plan, score, address)
            for score, address in ranked.provisions[:PROVISIONS_PER_HIT]
        ]
        scores = {part.eid: part.score for part in parts}
        wanted = ranked.eids[:PROVISIONS_PER_HIT]
        if plan.provision and (ranked.score >= PARTLY_NAMED or not plan.words):
            asked = self._asked(searcher, plan, queries, ref)
            first = [asked] if asked else []
        else:
            first = [
                replace(part, score=scores.get(part.eid, 0.0))
                for part in self._parts(searcher, plan, queries, ref, wanted)
            ]
        shown = {part.eid for part in first}
        parts = [*first, *(part for part in parts if part.eid not in shown)][:PROVISIONS_PER_HIT]
        body = next((part.excerpt for part in parts if not part.eid), ())
        named = tuple(part for part in parts if part.eid)
        return Hit(number, kind, ranked.score, named, body)

    def _parts(
        self,
        searcher: tantivy.Searcher,
        plan: SearchPlan,
        queries: Queries,
        ref: DocumentRef,
        eids: tuple[str, ...],
    ) -> Iterator[ProvisionHit]:
        """Yield the provisions of a document by id, those that are there."""
        for eid in eids:
            query = queries.named_provision(ref_text(ref), eid)
            for score, address in searcher.search(query, limit=1, count=False).hits:
                yield _provision_hit(searcher, plan, score, address)

    def _asked(
        self, searcher: tantivy.Searcher, plan: SearchPlan, queries: Queries, ref: DocumentRef
    ) -> ProvisionHit | None:
        """Return the provision that was asked for, or the nearest one above it in the index."""
        parts = (plan.provision or "").split(".")
        nearest = tuple(".".join(parts[:size]) for size in range(len(parts), 0, -1))
        return next(self._parts(searcher, plan, queries, ref, nearest), None)

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
            in_use, self._writer = self._open(), _writer_at(directory, create=True)
            try:
                count = self._add(records, replace_old=False)
                self._writer.commit()
                self._writer.wait_merging_threads()
            except BaseException:
                self._writer = in_use
                raise
            self._storage.use(directory)
            self._writer = _writer_at(directory)
        return count

    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise RuntimeError("writing outside writer()")
        return self._writer

    def _open_writer(self) -> tantivy.IndexWriter:
        directory = self._storage.current()
        if directory is not None:
            return _writer_at(directory)
        directory = self._storage.new_directory()
        writer = _writer_at(directory, create=True)
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


def _writer_at(directory: Path, *, create: bool = False) -> tantivy.IndexWriter:
    path = str(directory)
    index = tantivy.Index(build_schema(), path) if create else tantivy.Index.open(path)
    return index.writer(heap_size=_HEAP, num_threads=1)


def _ref(stored: tantivy.Document) -> DocumentRef:
    return ref_of(str(stored.get_first("ref")))


def _refs(searcher: tantivy.Searcher, hits: list[tuple[Any, Address]]) -> list[int]:
    values = searcher.fast_field_values("ref_no", [address for _, address in hits])
    return [int(value or 0) for value in values]


def _by_ref(searcher: tantivy.Searcher, hits: list[tuple[Any, Address]]) -> dict[int, _Ranked]:
    pairs = zip(_refs(searcher, hits), hits, strict=True)
    return {ref: _Ranked(address, score) for ref, (score, address) in pairs}


def _demote_ended(searcher: tantivy.Searcher, plan: SearchPlan, ranked: list[_Ranked]) -> None:
    today = day_number(plan.today, 0)
    days = searcher.fast_field_values("expires", [document.address for document in ranked])
    for document, expires in zip(ranked, days, strict=True):
        if document.score < PARTLY_NAMED and expires is not None and expires <= today:
            document.score *= ENDED_SHARE


def _provision_hit(
    searcher: tantivy.Searcher, plan: SearchPlan, score: float, address: Address
) -> ProvisionHit:
    stored = searcher.doc(address)
    eid = str(stored.get_first("eid") or "")
    label, heading, text = (
        bytes(stored.get_first(name) or b"").decode() for name in ("label", "heading", "text")
    )
    return ProvisionHit(eid, label, heading, excerpt(text, plan.words), score)


def _in_order(ranked: dict[int, _Ranked], leading: dict[int, tuple[str, ...]]) -> list[_Ranked]:
    """Return named documents, then those of the second stage, then the rest by score."""
    rest = sorted(ranked, key=lambda ref: (-ranked[ref].score, -ref))
    named = [ref for ref in rest if ranked[ref].score >= PARTLY_NAMED]
    first = [ref for ref in leading if ref in ranked]
    return [ranked[ref] for ref in dict.fromkeys([*named, *first, *rest])]
