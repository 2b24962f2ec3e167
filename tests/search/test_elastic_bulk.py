"""What a writer of the cluster does when shards are only just starting; no server is needed."""

from typing import Any

import pytest

from search.engines import elastic_bulk
from search.engines.base import EngineError
from search.engines.elastic_bulk import Batch


class StartingShards:
    """A client whose shards answer after some calls."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals
        self.sent: list[bytes] = []
        self.indices = self

    def mget(self, *, index: str, docs: list[dict[str, Any]]) -> dict[str, Any]:
        if self.refusals:
            self.refusals -= 1
            error = {"type": "no_shard_available_action_exception"}
            return {"docs": [{"_id": doc["_id"], "error": error} for doc in docs]}
        return {"docs": [{"_id": d["_id"], "found": True, "_source": {"parts": 2}} for d in docs]}

    def bulk(self, *, operations: list[bytes], **_options: Any) -> dict[str, Any]:
        self.sent += operations
        return {"errors": False}

    def refresh(self, *, index: str) -> None:
        pass


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elastic_bulk, "_PAUSES", (0.0, 0.0, None))


def test_provisions_go_though_their_shard_was_starting() -> None:
    client = StartingShards(refusals=2)
    batch = Batch(client, "index")  # type: ignore[arg-type]
    batch.remove([("legal", 1)])
    batch.commit(lambda: None)
    ids = [line.split(b'"_id":"')[1].split(b'"')[0] for line in client.sent]
    assert ids == [b"legal:1#0", b"legal:1#1", b"legal:1"]


def test_who_cannot_look_documents_up_writes_nothing() -> None:
    client = StartingShards(refusals=99)
    batch = Batch(client, "index")  # type: ignore[arg-type]
    with pytest.raises(EngineError, match="no_shard_available"):
        batch.remove([("legal", 1)])
    assert client.sent == []
