"""How long a search takes, as ratios in one run: stage one, stage two, SQLite's full text, clients.

    python -m benchmarks.search_speed [--multiply 14] [--folder DIR] [--questions 200] [--url URL]

Corpus: 73,620 articles; ``--multiply 14`` makes more than a million provisions of them. "bare" is
the same tantivy query without anything of ours around it; FTS5 gets the same words, joined by OR.
With ``--url`` the engine is the Elasticsearch there, and instead of "bare" stands what a call costs
beyond the time that Elasticsearch says it took.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from benchmarks.corpora import DATA, questions_of
from benchmarks.portal_like import ENCODER, Portal, portal_of
from portal.core.text import syllables
from search.engines.elastic import ElasticEngine
from search.engines.elastic_client import Access
from search.engines.embedded import EmbeddedEngine
from search.engines.records import DocumentRecord
from search.engines.tantivy_query import Queries
from search.plan import SearchPlan
from search.ranking.forward import ForwardIndex
from search.ranking.pool import BY_WORDS
from search.ranking.stage import SecondStage
from search.ranking.trees import Trees

CORPUS = DATA / "retrieval/unified_phapdien_2023/corpus.jsonl.zst"
FACETS = ("type", "issuer", "level", "year", "status")
SETS = ("drill2025_on_unified", "hngd_giaothong_qa", "sme_ld2020_colloquial")


def timed(run: Callable[[SearchPlan], object], plans: Sequence[SearchPlan]) -> list[float]:
    """Return milliseconds of each call, sorted."""
    found = []
    for plan in plans:
        began = time.perf_counter()
        run(plan)
        found.append((time.perf_counter() - began) * 1000)
    return sorted(found)


def told(times: Sequence[float]) -> str:
    """Return percentiles."""
    at = [times[min(int(len(times) * share), len(times) - 1)] for share in (0.5, 0.95, 0.99)]
    return f"p50 {at[0]:6.1f}  p95 {at[1]:6.1f}  p99 {at[2]:6.1f} ms"


def bare(engine: EmbeddedEngine) -> Callable[[SearchPlan], object]:
    """Return the search of tantivy alone; the query is built outside the clock."""
    reader = engine._reader
    searcher = reader.searcher()
    queries: dict[str, object] = {}

    def run(plan: SearchPlan) -> object:
        if plan.words not in queries:
            queries[plan.words] = Queries(reader.schema, plan).ranking()
        return searcher.search(queries[plan.words], limit=BY_WORDS, count=False)

    return run


def full_text(portal: Portal) -> Callable[[SearchPlan], object]:
    """Return the search of SQLite's FTS5 over the same articles."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE a USING fts5(t)")
    rows = ((f"{p.heading} {p.text}",) for r in portal.corpus.records for p in r.provisions)
    database.executemany("INSERT INTO a VALUES (?)", rows)

    def run(plan: SearchPlan) -> object:
        words = " OR ".join(f'"{word}"' for word in dict.fromkeys(syllables(plan.words)))
        query = "SELECT rowid FROM a WHERE a MATCH ? ORDER BY rank LIMIT 10"
        return database.execute(query, [words]).fetchall()

    return run


def multiplied(records: Sequence[DocumentRecord], times: int) -> Iterator[DocumentRecord]:
    """Yield the corpus again and again, as other documents."""
    for turn in range(times):
        for record in records:
            yield replace(record, id=record.id + turn * 100_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--multiply", type=int, default=1)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "portal-speed")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--url", default="", help="of an Elasticsearch")
    options = parser.parse_args()
    portal = portal_of(CORPUS, folder=options.folder)
    if options.multiply > 1 or options.url:
        enlarge(portal, options.folder, options.multiply, options.url)
    texts = [q.text for name in SETS for q in questions_of(DATA / "retrieval" / name)]
    plans = [portal.plan(text) for text in texts[:: max(1, len(texts) // options.questions)]]
    short = [portal.plan(" ".join(text.split()[:4])) for text in texts[:: len(texts) // 100]]
    stage = SecondStage(Trees.load(ENCODER.parent / "trees.json"))
    engine, view = portal.engine, portal.forward.view()
    print(f"{view.rows} provisions")
    timed(lambda plan: engine.candidates(plan, BY_WORDS), plans)
    ours = timed(lambda plan: engine.candidates(plan, BY_WORDS), plans)
    print(f"stage one:           {told(ours)}")
    if isinstance(engine, EmbeddedEngine):
        timed(bare(engine), plans)
        alone = timed(bare(engine), plans)
        share = statistics.mean(ours) / statistics.mean(alone)
        print(f"bare tantivy:        {told(alone)}  stage one is {share:.2f} × bare")
    else:
        print(f"beyond its “took”:   {told(beyond(engine, plans))}")
    print(f"both stages:         {told(timed(lambda plan: stage.rank(engine, view, plan), plans))}")
    print(f"both, short queries: {told(timed(lambda plan: stage.rank(engine, view, plan), short))}")

    def page(plan: SearchPlan) -> object:
        order = stage.rank(engine, view, plan)
        led = replace(plan, leading=order.leading() if order else (), page_size=10)
        return engine.search(replace(led, facets=FACETS))

    print(f"page, with facets:   {told(timed(page, plans))}")
    for clients in (1, 4, 16):
        with ThreadPoolExecutor(clients) as pool:
            began = time.perf_counter()
            times = sorted(pool.map(lambda plan: timed(page, [plan])[0], plans))
            rate = len(plans) / (time.perf_counter() - began)
        print(f"{clients:3} clients:         {told(times)}  {rate:.1f} pages/s")
    if options.multiply == 1 and not options.url:
        theirs = timed(full_text(portal), plans[::4])
        same = timed(lambda plan: engine.candidates(plan, BY_WORDS), plans[::4])
        ratio = statistics.median(theirs) / statistics.median(same)
        print(f"SQLite FTS5:         {told(theirs)}  stage one is {ratio:.0f} × faster")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


def beyond(engine: ElasticEngine, plans: Sequence[SearchPlan]) -> list[float]:
    """Return milliseconds that a page of hits takes beyond what Elasticsearch says, sorted."""
    found = []
    for plan in plans:
        began = time.perf_counter()
        engine.search(replace(plan, page_size=10, facets=FACETS))
        found.append((time.perf_counter() - began) * 1000 - engine.took)
    return sorted(found)


def enlarge(portal: Portal, folder: Path, times: int, url: str) -> None:
    """Put the multiplied corpus in the portal's place, and the engine; kept from run to run."""
    root = folder / f"times-{times}"
    access = Access(url=url, prefix=f"nhanh-{times}", timeout=30.0)
    portal.engine = ElasticEngine(access) if url else EmbeddedEngine(root / "engine")
    portal.forward = ForwardIndex(root / "forward", ENCODER)
    records = multiplied(portal.corpus.records, times)
    view = portal.forward.view()
    began = time.perf_counter()
    if anew := view is None or not view.rows:
        records = portal.forward.rebuild(records)
    if portal.engine.count() != len(portal.corpus.records) * times:
        portal.engine.rebuild(records)
    elif anew:
        deque(records, maxlen=0)
    portal.forward.encode()
    print(f"ready after {time.perf_counter() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
