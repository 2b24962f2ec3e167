"""The engine of a portal on several machines: an Elasticsearch cluster.

It answers as the embedded engine does (``tests/search/contract.py`` runs on both). One object
serves a process and its threads; nothing is asked of the cluster before it is needed.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, Final

from elasticsearch import ApiError, Elasticsearch, TransportError

from portal.core.batching import batched
from search.engines.base import Candidate, DocumentRef, EngineError, Hits
from search.engines.elastic_bulk import Batch, Operation, operations, stream
from search.engines.elastic_client import Access, connect, is_absent, translated
from search.engines.elastic_lock import Lease
from search.engines.elastic_query import Queries
from search.engines.elastic_reading import (
    Asking,
    NoIndexError,
    RefusedError,
    checked,
    documents_body,
    provisions_body,
)
from search.engines.elastic_schema import RESULT_WINDOW, Lengths, documents
from search.engines.elastic_storage import Indices
from search.engines.records import DocumentRecord
from search.engines.weights import DOCUMENT, ref_of, ref_text
from search.plan import SearchPlan

_SOME: Final = 5_000


class ElasticEngine:
    """A ``SearchEngine`` on a cluster."""

    def __init__(self, access: Access) -> None:
        self.client: Elasticsearch = connect(access)
        self._writing = self.client.options(request_timeout=access.write_timeout)
        self.indices = Indices(self._writing, access)
        self._reading = Indices(self.client, access)
        self._lease = Lease(self.client, self.indices.lock, access.lease)
        self._held = threading.RLock()
        self._batch: Batch | None = None
        self.took = 0

    # Reading

    def ping(self) -> bool:
        """Tell whether there is an index all of whose shards answer."""
        try:
            found = self.client.count(index=self.indices.alias, query=_ALL)
        except (ApiError, TransportError):
            return False
        return not found["_shards"]["failed"]

    def count(self) -> int:
        """Return the number of documents."""
        with translated():
            try:
                found = self.client.count(index=self.indices.alias, query=_ALL)
            except ApiError as error:
                if is_absent(error):
                    return 0
                raise
        return int(found["count"])

    def refs(self) -> set[DocumentRef]:
        """Return (kind, id) of every document, for comparing the index with the database."""
        return set(self.digests())

    def digests(self) -> dict[DocumentRef, int]:
        """Return what of every document is in the index."""
        found: dict[DocumentRef, int] = {}
        after: list[int] | None = None
        with _answering():
            while True:
                answer = checked(
                    self.client.search(
                        index=self.indices.alias, query=_ALL, size=RESULT_WINDOW // 10,
                        sort=[{"ref_no": "asc"}], search_after=after, stored_fields="_none_",
                        docvalue_fields=["ref", "digest"], track_total_hits=False,
                    ).body
                )  # fmt: skip
                hits = answer["hits"]["hits"]
                if not hits:
                    return found
                for hit in hits:
                    own = hit["fields"]
                    found[ref_of(own["ref"][0])] = int(own.get("digest", [0])[0])
                after = hits[-1]["sort"]
        return {}

    def search(self, plan: SearchPlan) -> Hits:
        """Return the page; typed marks are ignored only when nothing matches with them."""
        self.took = 0
        hits = Hits(0, ())
        with _answering():
            hits = self._search(plan, ignore_marks=False)
            if hits.total == 0 and plan.words:
                loose = self._search(plan, ignore_marks=True)
                hits = replace(loose, loosened=loose.total > 0)
        return hits

    def candidates(
        self, plan: SearchPlan, limit: int, within: Sequence[DocumentRef] = ()
    ) -> tuple[Candidate, ...]:
        """Return the best provisions across documents, or of the documents ``within``."""
        queries = Queries(plan, (1.0, 1.0))
        if not queries.provisions:
            return ()
        with _answering():
            answer = self._ask(provisions_body(queries, limit, map(ref_text, within)))
            return tuple(
                Candidate(
                    ref_of(hit["fields"]["ref"][0]),
                    hit["fields"].get("eid", [""])[0],
                    hit["_score"],
                )
                for hit in answer["hits"]["hits"]
            )
        return ()

    def admitted(self, plan: SearchPlan, documents: Iterable[DocumentRef]) -> set[DocumentRef]:
        """Return those of ``documents`` that the audience and the filters let in."""
        refs = list(map(ref_text, documents))
        found: set[DocumentRef] = set()
        queries = Queries(plan, (1.0, 1.0))
        with _answering():
            for some in batched(refs, _SOME):
                answer = self._ask(documents_body(queries.admitted(some), len(some)))
                found.update(ref_of(hit["fields"]["ref"][0]) for hit in answer["hits"]["hits"])
        return found

    def _search(self, plan: SearchPlan, *, ignore_marks: bool) -> Hits:
        queries = Queries(plan, self._reading.title_shares(), ignore_marks=ignore_marks)
        asking = Asking(self.client, self.indices.alias, plan, queries)
        try:
            return asking.hits()
        finally:
            self.took += asking.took

    def _ask(self, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.client.search(
            index=self.indices.alias, body=body, search_type="dfs_query_then_fetch",
            allow_partial_search_results=False,
        )  # fmt: skip
        self.took = answer["took"]
        return checked(answer.body)

    # Writing

    @contextmanager
    def writer(self, timeout: float = 0.0) -> Iterator[None]:
        """Hold the right to write in the whole cluster; commits at the end.

        Until then the cluster has heard nothing, so that a turn that fails leaves nothing.
        """
        with self._held:
            if self._batch is not None:
                yield
                return
            with translated():
                self.indices.ready()
            with self._lease.held(timeout):
                with translated():
                    self.indices.ensure()
                self._batch = self._new_batch()
                try:
                    yield
                    self._commit()
                finally:
                    self._batch = None

    def index(self, records: Iterable[DocumentRecord], *, commit: bool = True) -> int:
        """Put documents in. Without ``commit`` inside ``writer()`` they wait for its end."""
        with self.writer():
            with translated():
                count = self._open().put(records)
            if commit:
                self._commit()
        return count

    def delete(self, refs: Iterable[DocumentRef], *, commit: bool = True) -> None:
        """Take documents out."""
        with self.writer():
            with translated():
                self._open().remove(refs)
            if commit:
                self._commit()

    def rebuild(self, records: Iterable[DocumentRecord]) -> int:
        """Build anew beside the index in use, then swap; a failure leaves all as it was."""
        with self.writer(), translated():
            name = self.indices.new(loading=True)
            lengths = Lengths()
            count = 0

            def said() -> Iterator[Operation]:
                nonlocal count
                for record in records:
                    made = documents(record)
                    lengths.add(made[0], len(made[1]))
                    count += 1
                    yield from operations(made, 0)
                    self._lease.check()

            try:
                stream(self._writing, name, said())
                self.indices.finish(name, lengths)
                self._lease.check()
                self.indices.use(name)
            except BaseException:
                self.indices.drop(name)
                raise
            self._reading.forget()
            self._batch = self._new_batch()
        return count

    def _new_batch(self) -> Batch:
        return Batch(self._writing, self.indices.alias)

    def _open(self) -> Batch:
        if self._batch is None:
            raise RuntimeError("writing outside writer()")
        return self._batch

    def _commit(self) -> None:
        with translated():
            self._open().commit(self._lease.check)


_ALL: Final = {"term": {"record": DOCUMENT}}


@contextmanager
def _answering() -> Iterator[None]:
    """Leave the block when there is no index yet; what goes wrong is an ``EngineError``."""
    with translated():
        try:
            yield
        except NoIndexError:
            return
        except RefusedError as error:
            raise EngineError(f"Elasticsearch: {error}") from error
        except ApiError as error:
            if not is_absent(error):
                raise
