"""A cluster of three nodes loses one, by SIGKILL, and goes on; what was being written heals.

TEST_SEARCH_CLUSTER names the folder and the first port of a cluster that tests may kill
("DIR PORT", ``.ci/elasticsearch cluster DIR PORT``). The tests share it, so they run in one
process. Without it they are skipped; in CI that is a failure.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from portal.organisations.audience import PUBLIC
from search.engines.base import DocumentRef, EngineError
from search.engines.elastic import ElasticEngine
from search.engines.elastic_client import Access
from search.engines.records import DocumentRecord
from search.understanding import understand
from tests.conftest import absent
from tests.search.contract import LEXICON, TODAY, law, library

pytestmark = [pytest.mark.elasticsearch, pytest.mark.xdist_group("cluster")]
SCRIPT = Path(__file__).resolve().parents[2] / ".ci" / "elasticsearch"
NODES = 3
PLAN = understand("cổ thụ", LEXICON, PUBLIC, TODAY)


class Cluster:
    """Three nodes on loopback."""

    def __init__(self, folder: str, port: int) -> None:
        self.folder = Path(folder)
        self.port = port
        self.url = ",".join(f"http://127.0.0.1:{port + i}" for i in range(NODES))

    def kill(self, node: int) -> None:
        """End a node at once."""
        pid = int((self.folder / f"n{node}" / "es.pid").read_text())
        os.kill(pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            while True:
                os.kill(pid, 0)
                time.sleep(0.05)

    def revive(self, node: int) -> None:
        """Start a node again and wait until the cluster is whole."""
        subprocess.run(
            [SCRIPT, "again", self.folder, f"n{node}", str(self.port), str(NODES)],
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def engine(self, *, replicas: int) -> ElasticEngine:
        """Return an engine with an index of its own, on three shards."""
        prefix = f"cum-{uuid.uuid4().hex[:8]}"
        return ElasticEngine(
            Access(url=self.url, prefix=prefix, shards=3, replicas=replicas, timeout=20)
        )


@pytest.fixture(scope="module")
def cluster() -> Cluster:
    where = os.environ.get("TEST_SEARCH_CLUSTER", "")
    if not where:
        absent("TEST_SEARCH_CLUSTER")
    folder, _, port = where.rpartition(" ")
    return Cluster(folder, int(port))


@pytest.fixture
def copied(cluster: Cluster) -> Iterator[ElasticEngine]:
    yield from _engine(cluster, 1)


@pytest.fixture
def single(cluster: Cluster) -> Iterator[ElasticEngine]:
    yield from _engine(cluster, 0)


def _engine(cluster: Cluster, replicas: int) -> Iterator[ElasticEngine]:
    engine = cluster.engine(replicas=replicas)
    yield engine
    names = [*engine.indices.names(), engine.indices.lock]
    engine.client.indices.delete(index=names, ignore_unavailable=True)


def _whole(engine: ElasticEngine) -> None:
    engine.client.options(request_timeout=60).cluster.health(
        index=engine.indices.alias, wait_for_status="green", timeout="60s"
    )


def test_a_cluster_that_loses_a_node_goes_on(cluster: Cluster, copied: ElasticEngine) -> None:
    copied.rebuild(library())
    _whole(copied)
    before = copied.search(PLAN)
    cluster.kill(2)
    try:
        for _ in range(20):
            after = copied.search(PLAN)
            assert (after.total, [h.document_id for h in after.hits]) == (
                before.total,
                [h.document_id for h in before.hits],
            )
        assert copied.ping()
        copied.index([law(id=50)])
        assert copied.search(PLAN).total == before.total + 1
        assert copied.rebuild([*library(), law(id=50), law(id=51)]) == len(library()) + 2
    finally:
        cluster.revive(2)
    _whole(copied)
    assert copied.search(PLAN).total == before.total + 2


class Following(threading.Thread):
    """Writes what the "database" holds, batch by batch, and again what failed: an outbox."""

    def __init__(self, engine: ElasticEngine, database: dict[DocumentRef, DocumentRecord]) -> None:
        super().__init__(daemon=True)
        self.engine, self.database = engine, database
        self.failed = self.done = 0
        self.enough = threading.Event()

    def run(self) -> None:
        number = 0
        while not self.enough.is_set():
            batch = [law(id=number + i) for i in range(1, 11)]
            gone = [("legal", number - 7)] if number > 20 else []
            self.database.update({(record.kind, record.id): record for record in batch})
            for ref in gone:
                self.database.pop(ref, None)
            while not self.enough.is_set() and not self._written(batch, gone):
                self.failed += 1
                time.sleep(0.5)
            number += 10
            self.done += 1

    def _written(self, batch: list[DocumentRecord], gone: list[DocumentRef]) -> bool:
        try:
            with self.engine.writer(timeout=20):
                self.engine.delete(gone, commit=False)
                self.engine.index(batch)
        except EngineError:
            return False
        return True


def _healed(engine: ElasticEngine, database: dict[DocumentRef, DocumentRecord]) -> None:
    """Do what ``search.indexing.keeping.heal`` does, without its database."""
    indexed = engine.refs()
    with engine.writer(timeout=30):
        engine.delete(indexed - set(database), commit=False)
        engine.index(database[ref] for ref in set(database) - indexed)


@pytest.mark.parametrize("node", [1, 3])
def test_a_node_killed_while_indexing_heals(
    cluster: Cluster, single: ElasticEngine, node: int
) -> None:
    single.rebuild(library())
    database = {(record.kind, record.id): record for record in library()}
    following = Following(single, database)
    following.start()
    while following.done < 3:
        time.sleep(0.05)
    cluster.kill(node)
    time.sleep(2)
    cluster.revive(node)
    done = following.done
    deadline = time.monotonic() + 60
    while following.done < done + 3 and time.monotonic() < deadline:
        time.sleep(0.1)
    following.enough.set()
    following.join(60)
    assert following.done >= done + 3
    _healed(single, database)
    assert single.refs() == set(database)
    visible = [r for r in database.values() if "public" in r.visible_to and r.kind == "legal"]
    found = single.search(PLAN).total
    assert found == sum("cổ thụ" in part.text for r in visible for part in r.provisions)
