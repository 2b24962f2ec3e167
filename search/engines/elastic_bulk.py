"""Writing in bulk: bounded requests, one under way while the next is being made.

Operations of one document go to one shard and are carried out in order: first what must go, then
its provisions, last the document itself. A writer that is killed between leaves a document that
the outbox writes again.
"""

import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final

from elasticsearch import Elasticsearch

from search.engines.base import DocumentRef, EngineError
from search.engines.elastic_client import persistently
from search.engines.elastic_schema import documents, provision_id
from search.engines.records import DocumentRecord
from search.engines.weights import ref_text

_MOST_BYTES: Final = 4 << 20
_MOST_OPERATIONS: Final = 1500
_MEMORY: Final = 16 << 20
_PAUSES: Final = (0.1, 0.3, 1.0, 2.0, 5.0, 10.0, None)
_FULL: Final = 429

Operation = bytes
"""One or two lines of the bulk language, each with its line end."""


def operations(
    made: tuple[dict[str, Any], list[dict[str, Any]]], old_parts: int
) -> Iterator[Operation]:
    """Yield what puts a record in, in the place of one that had ``old_parts`` provisions."""
    document, provisions = made
    ref = document["ref"]
    for place in range(len(provisions), old_parts):
        yield _action("delete", provision_id(ref, place), ref)
    for place, provision in enumerate(provisions):
        yield _action("index", provision_id(ref, place), ref) + _line(provision)
    yield _action("index", ref, ref) + _line(document)


def removals(ref: str, old_parts: int) -> Iterator[Operation]:
    """Yield what takes a document out, the document last."""
    for place in range(old_parts):
        yield _action("delete", provision_id(ref, place), ref)
    yield _action("delete", ref, ref)


def send(client: Elasticsearch, index: str, chunk: list[Operation], *, alias: bool = False) -> None:
    """Carry out ``chunk``; what the cluster had no room for is sent again after a pause.

    Raises:
        EngineError: an operation was refused for another reason, or there was no room for long.
    """
    for pause in _PAUSES:
        left = list(chunk)
        answer = persistently(
            lambda left=left: client.bulk(  # type: ignore[misc]
                operations=b"".join(left).splitlines(), index=index, require_alias=alias,
                filter_path="errors,items.*.status,items.*.error.type,items.*.error.reason",
            )
        )  # fmt: skip
        if not answer.get("errors"):
            return
        chunk = []
        for operation, item in zip(left, answer["items"], strict=True):
            (action, result), *_ = item.items()
            status = result.get("status", 200)
            if status == _FULL:
                chunk.append(operation)
            elif status >= 300 and not (action == "delete" and status == 404):
                raise EngineError(f"Elasticsearch refused: {status} {result.get('error')}")
        if not chunk:
            return
        if pause is not None:
            time.sleep(pause)
    raise EngineError("Elasticsearch has had no room for long")


def chunks(found: Iterable[Operation]) -> Iterator[list[Operation]]:
    """Cut operations into requests of bounded size."""
    chunk: list[Operation] = []
    size = 0
    for operation in found:
        if chunk and (size + len(operation) > _MOST_BYTES or len(chunk) >= _MOST_OPERATIONS):
            yield chunk
            chunk, size = [], 0
        chunk.append(operation)
        size += len(operation)
    if chunk:
        yield chunk


def stream(client: Elasticsearch, index: str, found: Iterable[Operation]) -> None:
    """Send all, making the next request while one is under way, and never more than that."""
    with ThreadPoolExecutor(1) as threads:
        under_way: Future[None] | None = None
        for chunk in chunks(found):
            if under_way is not None:
                under_way.result()
            under_way = threads.submit(send, client, index, chunk)
        if under_way is not None:
            under_way.result()


class Batch:
    """What a writer has said and not yet committed; the cluster knows nothing of it.

    Large batches wait in a temporary file.
    """

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self._client = client
        self._index = index
        self._clear()

    def put(self, records: Iterable[DocumentRecord]) -> int:
        """Add records; return how many."""
        count = 0
        for some in _grouped(records, 100):
            self._learn([(record.kind, record.id) for record in some])
            for record in some:
                made = documents(record)
                ref = made[0]["ref"]
                self._note(operations(made, self._parts[ref]))
                self._parts[ref] = max(self._parts[ref], len(made[1]))
                count += 1
        return count

    def remove(self, refs: Iterable[DocumentRef]) -> None:
        """Add removals."""
        for some in _grouped(refs, 500):
            self._learn(some)
            for ref in map(ref_text, some):
                self._note(removals(ref, self._parts[ref]))

    def commit(self, check: Any) -> None:
        """Send everything and make it visible at once; ``check`` may refuse before each request."""
        if not self._count:
            return
        for chunk in chunks(self._said()):
            check()
            send(self._client, self._index, chunk, alias=True)
        persistently(lambda: self._client.indices.refresh(index=self._index))
        self._clear()

    def _clear(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_MEMORY)  # noqa: SIM115
        self._parts: dict[str, int] = {}
        self._count = 0

    def _note(self, found: Iterable[Operation]) -> None:
        for operation in found:
            self._file.write(operation)
            self._count += 1

    def _said(self) -> Iterator[Operation]:
        self._file.seek(0)
        for line in self._file:
            yield line if line.startswith(b'{"delete"') else line + next(self._file)

    def _learn(self, refs: list[DocumentRef]) -> None:
        """Ask how many provisions the documents have in the index, by its newest state."""
        asked = [ref for ref in map(ref_text, refs) if ref not in self._parts]
        if not asked:
            return
        wanted = [{"_id": ref, "routing": ref, "_source": ["parts"]} for ref in asked]
        for document in self._looked_up(wanted):
            parts = document["_source"].get("parts", 0) if document.get("found") else 0
            self._parts[document["_id"]] = parts

    def _looked_up(self, wanted: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the documents asked for, found or not; a shard that is only just starting says
        neither, and whoever took that for "not found" would leave old provisions behind."""
        for pause in _PAUSES:
            found = persistently(lambda: self._client.mget(index=self._index, docs=wanted))
            documents: list[dict[str, Any]] = found["docs"]
            refused = next((one["error"] for one in documents if "error" in one), None)
            if refused is None:
                return documents
            if pause is not None:
                time.sleep(pause)
        raise EngineError(f"Elasticsearch cannot look documents up: {refused}")


def _action(name: str, place: str, ref: str) -> bytes:
    return _line({name: {"_id": place, "routing": ref}})


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _grouped(found: Iterable[Any], size: int) -> Iterator[list[Any]]:
    group: list[Any] = []
    for one in found:
        group.append(one)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
