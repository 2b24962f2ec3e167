"""Speed and relevance of the embedded engine on 73,620 real articles.

Usage: python -m benchmarks.engine [directory for the index, kept]. Prints documents and articles
per second, p50 and p95 of a whole search page and of the bare ranking of provisions, and nDCG@10
and R@10 by question set. Real data come from PORTAL_SHARED_DATA, by default ``../shared/data``.
"""

import json
import math
import os
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

from backports import zstd

from portal.core.text import fold
from portal.organisations.audience import PUBLIC
from search.engines.embedded import EmbeddedEngine
from search.engines.records import DocumentRecord, ProvisionRecord
from search.plan import SearchPlan
from search.understanding import Lexicon, understand

DATA = Path(
    os.environ.get("PORTAL_SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data"
)
CORPUS = "retrieval/unified_phapdien_2023/corpus.jsonl.zst"
SETS = ("drill2025_on_unified", "hngd_giaothong_qa", "sme_ld2020_colloquial")
TODAY = date(2026, 11, 22)


def records() -> Iterator[DocumentRecord]:
    """Yield the documents of the corpus with their articles."""
    with zstd.open(DATA / CORPUS, "rt", encoding="utf-8", newline="\n") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    names = document_names()
    rows.sort(key=lambda row: row["so_ky_hieu"])
    for number, (code, articles) in enumerate(groupby(rows, lambda row: row["so_ky_hieu"])):
        parts = tuple(
            ProvisionRecord(row["_id"], "", row["title"], row["text"]) for row in articles
        )
        name = names.get(code, "")
        yield DocumentRecord(
            kind="legal",
            id=number,
            title=name or code,
            name=name,
            visible_to=("public",),
            number=code,
            in_force=date(2020, 1, 1),
            provisions=parts,
        )


def document_names() -> dict[str, str]:
    """Return the titles of the documents by number."""
    path = DATA / "corpus/phapdien/source_docs_2023-12.jsonl.zst"
    with zstd.open(path, "rt", encoding="utf-8", newline="\n") as file:
        rows = (json.loads(line) for line in file if line.strip())
        return {row["so_ky_hieu"]: row["trich_yeu"] or "" for row in rows}


def questions(name: str) -> list[tuple[str, set[str]]]:
    """Return (question, right articles) of one set."""
    gold: dict[str, set[str]] = defaultdict(set)
    folder = DATA / "retrieval" / name
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").split("\n")[1:]:
        if line.strip():
            query, article, *_ = line.split("\t")
            gold[query].add(article)
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line.strip()]
    return [(row["text"], gold[row["_id"]]) for row in rows]


def ndcg(right: set[str], found: list[str]) -> float:
    """Return nDCG@10 with binary gains, as ``eval.py`` of the shared data defines it."""
    gain = sum(1 / math.log2(i + 2) for i, x in enumerate(found[:10]) if x in right)
    return gain / sum(1 / math.log2(i + 2) for i in range(min(len(right), 10)))


def plan_for(text: str) -> SearchPlan:
    return understand(text, Lexicon(), PUBLIC, TODAY)


def score(engine: EmbeddedEngine, name: str, change: Callable[[str], str]) -> str:
    """Return one line of figures for a set; ``change`` may strip the accents."""
    gains, recalls = [], []
    for text, right in questions(name):
        found = [c.eid for c in engine.candidates(plan_for(change(text)), 100)]
        gains.append(ndcg(right, found))
        recalls.append(
            (len(right & set(found[:10])) / len(right), len(right & set(found)) / len(right))
        )
    ten, hundred = (statistics.mean(column) for column in zip(*recalls, strict=True))
    return f"nDCG@10 {statistics.mean(gains):.3f}  R@10 {ten:.3f}  R@100 {hundred:.3f}"


def times(run: Callable[[str], object], texts: list[str]) -> str:
    """Return p50 and p95 of ``run`` in milliseconds."""
    taken = []
    for text in texts:
        began = time.perf_counter()
        run(text)
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return f"p50 {statistics.median(taken):.1f} ms, p95 {taken[int(len(taken) * 0.95)]:.1f} ms"


def main(directory: Path) -> None:
    engine = EmbeddedEngine(directory)
    if not engine.ping():
        size = sum(len(p.text.encode()) for record in records() for p in record.provisions)
        began = time.perf_counter()
        count = engine.rebuild(records())
        seconds = time.perf_counter() - began
        print(
            f"indexed {count} documents, {size / 1e6:.0f} MB of text in {seconds:.1f} s: "
            f"{count / seconds:.0f} documents/s, {size / 1e6 / seconds:.1f} MB/s (reading included)"
        )
    size = sum(file.stat().st_size for file in directory.rglob("*") if file.is_file())
    print(f"{size / 1e6:.0f} MB on disk, {engine.count()} documents")
    long = [text for name in SETS for text, _ in questions(name)][::3]
    short = [" ".join(text.split()[:4]) for text in long]
    for label, texts in (("questions", long), ("4 words", short)):
        engine.search(plan_for(texts[0]))
        print(f"page, {label}: {times(lambda text: engine.search(plan_for(text)), texts)}")
        ranking = times(lambda text: engine.candidates(plan_for(text), 100), texts)
        print(f"ranking of provisions, {label}: {ranking}")
    for name in SETS:
        print(f"{name:26} {score(engine, name, str)}")
        print(f"{'  without accents':26} {score(engine, name, fold)}")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(Path(folder))
