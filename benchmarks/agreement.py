"""Do both engines give the same answers, and how long does the cluster's take?

Usage: python -m benchmarks.agreement URL [directory of the embedded index, kept] [--sample N].
Both engines get the same records (73,620 articles) and the development questions,
with and without accents. Two first pages agree when the same ten documents stand on them: "set"
in any order, "order" in the same one, "near" when those that differ have the last score of the page
within one part in a thousand. Totals and facets must be equal. The whole call is compared with
the cluster's own ``took``.
"""

import argparse
import statistics
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks.corpora import DATA, corpus_of, questions_of
from benchmarks.portal_like import TODAY, lexicon_of
from benchmarks.search_speed import CORPUS, SETS
from portal.core.text import fold
from portal.organisations.audience import PUBLIC
from search.engines.base import Hits, SearchEngine
from search.engines.elastic import ElasticEngine
from search.engines.elastic_client import Access
from search.engines.embedded import EmbeddedEngine
from search.engines.records import DocumentRecord
from search.plan import SearchPlan, Sort
from search.understanding import understand

FACETS = ("kind", "type", "issuer", "level", "year", "status")
_NEAR = 1e-3


@dataclass(slots=True)
class Tally:
    """How often the answers were alike."""

    asked: int = 0
    same_set: int = 0
    same_order: int = 0
    near: int = 0
    totals: int = 0
    facets: int = 0
    overlap: float = 0.0

    def add(self, one: Hits, other: Hits) -> bool:
        """Count one pair of answers; return whether the first pages agree."""
        first, second = ([(h.kind, h.document_id) for h in hits.hits] for hits in (one, other))
        self.asked += 1
        self.same_order += first == second
        same = set(first) == set(second)
        self.same_set += same
        self.near += same or _differ_at_the_edge(one, other)
        self.overlap += len(set(first) & set(second)) / max(len(first), 1)
        self.totals += one.total == other.total
        self.facets += _counts(one) == _counts(other)
        return same

    def __str__(self) -> str:
        n = max(self.asked, 1)
        return (
            f"set {self.same_set / n:.3f}  order {self.same_order / n:.3f}  near {self.near / n:.3f}"
            f"  overlap {self.overlap / n:.4f}  totals {self.totals / n:.3f}"
            f"  facets {self.facets / n:.3f}  ({self.asked})"
        )


def _differ_at_the_edge(one: Hits, other: Hits) -> bool:
    common = {(h.kind, h.document_id) for h in one.hits} & {
        (h.kind, h.document_id) for h in other.hits
    }
    for hits in (one, other):
        last = hits.hits[-1].score if hits.hits else 0.0
        for hit in hits.hits:
            if (hit.kind, hit.document_id) not in common and abs(hit.score - last) > _NEAR * last:
                return False
    return True


def _counts(hits: Hits) -> dict[str, dict[str, int]]:
    return {facet.field: dict(facet.counts) for facet in hits.facets}


def timed(engine: SearchEngine, plan: SearchPlan) -> tuple[Hits, float]:
    """Return the answer and the milliseconds it took."""
    began = time.perf_counter()
    hits = engine.search(plan)
    return hits, (time.perf_counter() - began) * 1000


def at(taken: list[float], share: float) -> float:
    """Return the value below which ``share`` of the times lie."""
    return sorted(taken)[min(int(len(taken) * share), len(taken) - 1)]


def dated(found: Iterable[DocumentRecord]) -> Iterator[DocumentRecord]:
    """Give the records days, types and levels, which the corpus lacks: by number, always alike."""
    for record in found:
        at = zlib.crc32(record.number.encode())
        issued = date(1990, 1, 1) + timedelta(days=at % 12_007)
        yield replace(
            record,
            type=("luat", "nghi_dinh", "thong_tu", "quyet_dinh")[at % 4],
            level=("trung_uong", "tinh")[at % 2],
            issuers=(at % 40,),
            issued=issued,
            in_force=issued + timedelta(days=45) if at % 9 else None,
            expires=issued + timedelta(days=at % 20_000) if at % 5 == 0 else None,
        )


def filled(engine: SearchEngine, name: str, records: Iterable[DocumentRecord]) -> None:
    """Fill an engine that holds nothing."""
    if engine.count():
        return
    began = time.perf_counter()
    count = engine.rebuild(dated(records))
    print(f"{name}: {count} documents in {time.perf_counter() - began:.1f} s")


def main(url: str, directory: Path, sample: int) -> None:
    cluster = ElasticEngine(Access(url=url, prefix="do-phu-hop", timeout=30.0))
    embedded = EmbeddedEngine(directory / "engine")
    corpus = corpus_of(CORPUS)
    lexicon = lexicon_of(directory, corpus)
    filled(embedded, "embedded", corpus.records)
    filled(cluster, "Elasticsearch", corpus.records)
    whole: list[float] = []
    over: list[float] = []
    tooks: list[float] = []
    here: list[float] = []
    everything = Tally()
    for name in SETS:
        for label, change in (("", str), ("without accents", fold)):
            tally, by_day = Tally(), Tally()
            for question in questions_of(DATA / "retrieval" / name)[::sample]:
                plan = understand(change(question.text), lexicon, PUBLIC, TODAY)
                plan = replace(plan, page_size=10, facets=FACETS)
                mine, ms = timed(embedded, plan)
                theirs, call = timed(cluster, plan)
                here.append(ms)
                whole.append(call)
                tooks.append(cluster.took)
                over.append(call - cluster.took)
                tally.add(mine, theirs)
                everything.add(mine, theirs)
                newest = replace(plan, sort=Sort.NEWEST)
                by_day.add(embedded.search(newest), cluster.search(newest))
            print(f"{name:28} {label:16} {tally}")
            print(f"{'':28} {'by day':16} {by_day}")
    print(f"all: {everything}")
    for label, taken in (
        ("embedded call", here),
        ("Elasticsearch call", whole),
        ("its own took", tooks),
        ("call less took", over),
    ):
        middle = statistics.median(taken)
        print(
            f"{label:20} p50 {middle:.1f} ms  p95 {at(taken, 0.95):.1f}  p99 {at(taken, 0.99):.1f}"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("url")
    parser.add_argument("directory", nargs="?", type=Path)
    parser.add_argument("--sample", type=int, default=1, help="every N-th question")
    chosen = parser.parse_args()
    if chosen.directory:
        main(chosen.url, chosen.directory, chosen.sample)
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(chosen.url, Path(folder), chosen.sample)
