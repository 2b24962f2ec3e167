"""The Elasticsearch engine keeps the contract on one shard and on several, and its own promises.

A real server is needed: TEST_SEARCH_URL names one that tests may fill and empty
(``.ci/elasticsearch start``). Without it the tests are skipped; in CI that is a failure.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import unicodedata
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from elasticsearch import BadRequestError
from modelsearch.backends import get_search_backend
from wagtail.models import Page

from portal.organisations.audience import PUBLIC
from portal.settings import wagtail_search
from search.engines.base import EngineBusyError, EngineError, SearchEngine
from search.engines.elastic import ElasticEngine
from search.engines.elastic_client import Access, connect
from search.engines.embedded import EmbeddedEngine
from search.engines.records import DocumentRecord, ProvisionRecord
from search.plan import SearchPlan
from search.understanding import understand
from tests.conftest import absent
from tests.search.contract import LEXICON, TODAY, EngineContract, law, library

pytestmark = pytest.mark.elasticsearch
REPOSITORY = Path(__file__).resolve().parents[2]
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
    server._reading.forget()
    yield server
    if names := server.indices.names():
        server.client.indices.delete(index=names)


class TestElasticsearch(EngineContract):
    @pytest.fixture
    def engine(self, elastic: ElasticEngine) -> SearchEngine:
        return elastic


class TestSeveralShards(EngineContract):
    """Scores, totals and facets do not depend on where documents lie."""

    @pytest.fixture
    def engine(self, elastic: ElasticEngine) -> SearchEngine:
        return ElasticEngine(access(shards=3))


def _shelf() -> list[DocumentRecord]:
    """Return laws of some length, as real ones are: fillers of missing fields weigh little."""
    words = [
        "trồng",
        "chặt",
        "hạ",
        "cây",
        "cổ",
        "thụ",
        "hoa",
        "giấy",
        "trước",
        "nhà",
        "phường",
        "cấp",
        "phép",
        "một",
        "năm",
    ]
    found = []
    for number in range(1, 25):
        parts = tuple(
            ProvisionRecord(
                f"dieu-{n}",
                f"Điều {n}",
                " ".join(words[(number * n + i) % len(words)] for i in range(8)),
                " ".join(
                    words[(number + n * i) % len(words)] for i in range(20 + (n * number) % 60)
                ),
            )
            for n in range(1, 16)
        )
        title = f"Luật {words[number % len(words)]} {words[number * 3 % len(words)]}"
        found.append(law(id=number, number=f"{number}/2031/QH17", title=title, provisions=parts))
    return found


def test_scores_agree_with_the_embedded_engine(elastic: ElasticEngine, tmp_path: Path) -> None:
    other_engine = EmbeddedEngine(tmp_path)
    for engine in (elastic, other_engine):
        engine.rebuild(_shelf())
    for words in ("chặt hạ cây cổ thụ", "cay nha", "luật hoa giấy", "cấp phép trước nhà một năm"):
        plan = SearchPlan(text=words, words=words, visible_to=PUBLIC, today=TODAY)
        one, other = elastic.search(plan), other_engine.search(plan)
        scores = {(h.kind, h.document_id): h.score for h in other.hits}
        assert one.total == other.total
        assert [hit.score for hit in one.hits] == pytest.approx(
            [hit.score for hit in other.hits], rel=0.02
        )
        common = [
            (h, scores[h.kind, h.document_id])
            for h in one.hits
            if (h.kind, h.document_id) in scores
        ]
        assert len(common) >= 0.9 * len(one.hits)
        for hit, score in common:
            assert hit.score == pytest.approx(score, rel=0.02)


def test_a_second_writer_waits_or_is_told(elastic: ElasticEngine) -> None:
    other = ElasticEngine(access())
    with elastic.writer():
        began = time.monotonic()
        with pytest.raises(EngineBusyError):
            other.index([law()])
        with pytest.raises(EngineBusyError), other.writer(timeout=0.3):
            pass
        assert time.monotonic() - began < 2
    other.index([law()])
    assert elastic.count() == 1


def test_the_lease_of_a_killed_writer_runs_out(elastic: ElasticEngine) -> None:
    elastic.index([law(id=1)])
    code = (
        "import sys, time\n"
        "from search.engines.elastic import ElasticEngine\n"
        "from search.engines.elastic_client import Access\n"
        "engine = ElasticEngine(Access(url=sys.argv[1], prefix=sys.argv[2]))\n"
        "with engine.writer():\n"
        "    print('held', flush=True)\n"
        "    time.sleep(60)\n"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", code, access().url, access().prefix],
        stdout=subprocess.PIPE, text=True, cwd=REPOSITORY,
    )  # fmt: skip
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "held"
        os.kill(writer.pid, signal.SIGKILL)
    finally:
        writer.kill()
        writer.wait()
    other = ElasticEngine(access(lease=1.0))
    with pytest.raises(EngineBusyError):
        other.index([law(id=2)])
    with other.writer(timeout=10):
        other.index([law(id=2)])
    assert other.count() == 2


def test_a_writer_that_lost_its_lease_writes_no_more(elastic: ElasticEngine) -> None:
    elastic.index([law(id=1)])
    frozen = ElasticEngine(access(lease=3600.0))

    def write() -> None:
        with frozen.writer():
            frozen.index([law(id=2)], commit=False)
            other = ElasticEngine(access(lease=0.5))
            with other.writer(timeout=10):
                other.index([law(id=3)])
            frozen._lease.renew()

    with pytest.raises(EngineError, match="lost"):
        write()
    assert elastic.refs() == {("legal", 1), ("legal", 3)}


def test_an_engine_that_is_away_says_so_quickly() -> None:
    engine = ElasticEngine(Access(url="http://127.0.0.1:9,http://127.0.0.1:10"))
    plan = understand("cây", LEXICON, PUBLIC, TODAY)
    began = time.monotonic()
    with pytest.raises(EngineError):
        engine.search(plan)
    with pytest.raises(EngineError):
        engine.candidates(plan, 10)
    with pytest.raises(EngineError):
        engine.count()
    with pytest.raises(EngineError):
        engine.index([law()])
    assert not engine.ping()
    assert time.monotonic() - began < 3


def test_a_rebuild_that_was_killed_is_cleared_by_the_next(elastic: ElasticEngine) -> None:
    elastic.rebuild(library())
    elastic.indices.new(loading=True)
    assert len(elastic.indices.names()) == 2
    elastic.rebuild([law()])
    assert len(elastic.indices.names()) == 1
    assert elastic.count() == 1


def test_a_reader_answers_while_the_index_is_swapped(elastic: ElasticEngine) -> None:
    elastic.rebuild(library())
    plan = understand("cổ thụ", LEXICON, PUBLIC, TODAY)
    with ThreadPoolExecutor(3) as threads:
        totals = [threads.submit(lambda: elastic.search(plan).total) for _ in range(60)]
        elastic.rebuild(library())
        assert {total.result() for total in totals} == {2}


def test_fewer_provisions_leave_no_old_ones(elastic: ElasticEngine) -> None:
    elastic.index([law()])
    elastic.index([law(provisions=law().provisions[:1])])
    plan = understand("chặt hạ cổ thụ", LEXICON, PUBLIC, TODAY)
    assert {candidate.eid for candidate in elastic.candidates(plan, 10)} <= {"dieu-1"}
    found = elastic.client.count(index=elastic.indices.alias)
    assert found["count"] == 2


def test_large_batches_are_cut_and_complete(elastic: ElasticEngine) -> None:
    text = "Mỗi hộ gia đình trồng ít nhất một cây hoa giấy trước nhà. " * 100
    parts = tuple(ProvisionRecord(f"dieu-{n}", f"Điều {n}", "", text) for n in range(1, 21))
    elastic.index(law(id=number, provisions=parts) for number in range(1, 26))
    assert elastic.count() == 25
    assert elastic.client.count(index=elastic.indices.alias)["count"] == 25 * 21


def test_an_unknown_field_is_refused(elastic: ElasticEngine) -> None:
    elastic.index([law()])
    with pytest.raises(BadRequestError, match="strict"):
        elastic.client.index(index=elastic.indices.alias, document={"la": "khong co"})


def test_url_with_user_and_several_hosts() -> None:
    client = connect(Access(url="https://ten:mat%20khau@may1:9200,https://may2", ca_file=""))
    nodes = {node.base_url for node in client.transport.node_pool.all()}
    assert nodes == {"https://may1:9200", "https://may2:443"}


def test_a_portal_without_a_cluster_does_not_carry_its_client() -> None:
    code = (
        "import django, sys; django.setup()\n"
        "from search.engine import engine; import portal.urls; engine()\n"
        "sys.exit('elasticsearch' in sys.modules)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    environment.pop("SEARCH_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=REPOSITORY, env=environment, check=False
    )
    assert done.returncode == 0


@pytest.fixture
def wagtail_on_the_cluster(server: ElasticEngine, settings: Any, db: Any) -> Iterator[Any]:
    """Wagtail's stock backend with the portal's settings, its indices new."""
    settings.WAGTAILSEARCH_BACKENDS = wagtail_search.backends(
        access().url, api_key="", ca_file="", prefix=_PREFIX, replicas=0, timeout=20
    )
    call_command("wagtail_update_index", verbosity=0)
    yield get_search_backend()
    found = server.client.indices.get(index=f"{_PREFIX}-wagtail-*", features=["aliases"])
    server.client.indices.delete(index=list(found))


def test_wagtail_finds_vietnamese_on_the_cluster_too(wagtail_on_the_cluster: Any) -> None:
    backend = wagtail_on_the_cluster
    root = Page.objects.get(depth=1)
    for number, title in enumerate(("Quyết định về đất đai", "Hòa giải", "Ngày hội")):
        root.add_child(instance=Page(title=title, slug=f"t{number}"))
    backend.refresh_indexes()

    def found(typed: str, how: str = "search") -> set[str]:
        results = getattr(backend, how)(typed, Page.objects.all(), operator="and")
        return {page.title for page in results}

    for typed in (
        "quyet dinh",
        "QUYẾT ĐỊNH",
        "dat dai",
        "đất",
        unicodedata.normalize("NFD", "đất"),
    ):
        assert found(typed) == {"Quyết định về đất đai"}, typed
    assert found("hoa giai") == {"Hòa giải"}
    assert found("quye di", "autocomplete") == {"Quyết định về đất đai"}
    assert found("đấ", "autocomplete") == {"Quyết định về đất đai"}
    for sign in ('"', "'", '"đất', "đất:", "(đất", "đất*", "\\", "AND", "[1 TO"):
        assert found(sign) <= {"Quyết định về đất đai"}
        assert found(sign, "autocomplete") <= {"Quyết định về đất đai"}
