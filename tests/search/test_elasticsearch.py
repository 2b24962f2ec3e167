"""The Elasticsearch engine keeps the contract, heals after kills, and outlives a node.

A real server is needed: TEST_SEARCH_URL names one that tests may fill and empty
(``.ci/elasticsearch start``), TEST_SEARCH_CLUSTER the folder of a cluster of three nodes that
tests may kill. Without them the tests are skipped; in CI that is a failure.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from search.engines.base import SearchEngine
from tests.conftest import absent
from tests.search.contract import EngineContract

pytest.importorskip("elasticsearch")

from search.engines.elastic import ElasticEngine
from search.engines.elastic_client import Access

# The index of the lease and the template stay for a whole run: to make them takes time.
_PREFIX = f"thu-{uuid.uuid4().hex[:12]}"


def access(**changes: Any) -> Access:
    """Return access to the server for tests."""
    url = os.environ.get("TEST_SEARCH_URL", "")
    if not url:
        absent("TEST_SEARCH_URL")
    return Access(**{"url": url, "prefix": _PREFIX, **changes})


@pytest.fixture(scope="module")
def server() -> Iterator[ElasticEngine]:
    """A server that answers; what the tests made there is gone at the end."""
    engine = ElasticEngine(access())
    if not engine.client.ping():
        pytest.fail("TEST_SEARCH_URL does not answer")
    yield engine
    engine.client.indices.delete(index=engine.indices.lock, ignore_unavailable=True)
    engine.client.options(ignore_status=404).indices.delete_index_template(
        name=engine.indices.alias
    )


@pytest.fixture
def elastic(server: ElasticEngine) -> Iterator[ElasticEngine]:
    """The engine, empty."""
    yield server
    if names := server.indices.names():
        server.client.indices.delete(index=names)


class TestElasticsearch(EngineContract):
    @pytest.fixture
    def engine(self, elastic: ElasticEngine) -> SearchEngine:
        return elastic
