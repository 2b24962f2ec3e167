"""SIGKILL for Elasticsearch and for the writing process while they index; is all there after?

Usage: python -m benchmarks.kills DIR PORT [times]; DIR and PORT are those of a node started by
``.ci/elasticsearch start DIR PORT``. A journal stands for the database with its outbox: a batch
is noted before it is indexed and struck out after. Kills fall on the node and on the writer in
turn. At the end what is not struck out is written again, and index and journal must be equal:
the same documents, each with its newest text and no provision too many.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from search.engines.base import EngineError
from search.engines.elastic import ElasticEngine
from search.engines.elastic_client import Access
from search.engines.records import DocumentRecord, ProvisionRecord

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = 300
_BATCH = 12


def engine_at(port: int) -> ElasticEngine:
    return ElasticEngine(Access(url=f"http://127.0.0.1:{port}", prefix="giet-thu", lease=3.0))


def record(number: int, batch: int) -> DocumentRecord:
    """Return a document as of a batch: its text says which, its length changes with it."""
    parts = tuple(
        ProvisionRecord(f"dieu-{n}", f"Điều {n}", "", f"Bản thứ {batch}. " + "Trồng cây. " * 40)
        for n in range(1, 2 + (number + batch) % 7)
    )
    return DocumentRecord(
        kind="legal", id=number, title=f"Luật {number}", visible_to=("public",), provisions=parts
    )


def change(batch: int) -> tuple[list[int], list[int]]:
    """Return the documents that a batch writes and those that it deletes; always the same."""
    chosen = random.Random(batch).sample(range(1, DOCUMENTS), _BATCH)
    return chosen[:-2], chosen[-2:]


def apply(engine: ElasticEngine, batch: int) -> None:
    written, deleted = change(batch)
    with engine.writer(timeout=20):
        engine.delete([("legal", number) for number in deleted], commit=False)
        engine.index(record(number, batch) for number in written)


def write(port: int, journal: Path) -> None:
    """Write batch after batch; what was noted and not struck out comes first."""
    engine = engine_at(port)
    noted, done = read(journal)
    pending = [batch for batch in noted if batch not in done]
    with journal.open("a") as file:
        batch = max(noted, default=0)
        while True:
            for late in pending or [batch := batch + 1]:
                if late not in noted:
                    file.write(f"+{late}\n")
                    file.flush()
                while True:
                    try:
                        apply(engine, late)
                        break
                    except EngineError:
                        time.sleep(0.3)
                file.write(f"-{late}\n")
                file.flush()
            pending = []


def read(journal: Path) -> tuple[list[int], set[int]]:
    """Return the batches noted, in order, and those struck out."""
    lines = journal.read_text().split() if journal.exists() else []
    noted = [int(line[1:]) for line in lines if line[0] == "+"]
    return noted, {int(line[1:]) for line in lines if line[0] == "-"}


def wanted(noted: list[int]) -> dict[str, tuple[int, int]]:
    """Return document → (batch, provisions) after all batches."""
    found: dict[str, tuple[int, int]] = {}
    for batch in noted:
        written, deleted = change(batch)
        for number in deleted:
            found.pop(f"legal:{number}", None)
        for number in written:
            found[f"legal:{number}"] = (batch, len(record(number, batch).provisions))
    return found


def held(engine: ElasticEngine) -> dict[str, tuple[int, int]]:
    """Return the same from the index."""
    body = {"term": {"record": "p"}}
    found: dict[str, list[str]] = {}
    answer = engine.client.search(index=engine.indices.alias, query=body, size=10_000)
    for hit in answer["hits"]["hits"]:
        found.setdefault(hit["_source"]["ref"], []).append(hit["_source"]["text"])
    assert {f"{kind}:{number}" for kind, number in engine.refs()} == set(found)
    return {
        ref: (int(texts[0].split()[2].rstrip(".")), len(texts))
        for ref, texts in found.items()
        if len({text.split(".")[0] for text in texts}) == 1
    }


def main(folder: Path, port: int, times: int) -> None:
    engine = engine_at(port)
    journal = Path(tempfile.mkdtemp()) / "journal"
    engine.rebuild([])
    command = [sys.executable, "-m", "benchmarks.kills", "write", str(port), str(journal)]
    writer = subprocess.Popen(command, cwd=ROOT)
    for turn in range(times):
        time.sleep(random.uniform(3.0, 8.0))
        if turn % 2:
            writer.kill()
            writer.wait()
            writer = subprocess.Popen(command, cwd=ROOT)
        else:
            pid = int((folder / "n1" / "es.pid").read_text())
            os.kill(pid, signal.SIGKILL)
            with suppress(ProcessLookupError):
                while True:
                    os.kill(pid, 0)
                    time.sleep(0.05)
            script = ROOT / ".ci" / "elasticsearch"
            subprocess.run([script, "again", folder, "n1", str(port)], check=True)
        noted, done = read(journal)
        print(f"{turn + 1}: {len(noted)} batches noted, {len(done)} done", flush=True)
    writer.kill()
    writer.wait()
    noted, done = read(journal)
    for batch in noted:
        if batch not in done:
            time.sleep(3.5)  # the lease of the killed writer
            apply(engine, batch)
    expected, found = wanted(noted), held(engine)
    same = expected == found
    print(
        f"{times} kills, {len(noted)} batches, {len(found)} documents: {'equal' if same else 'NOT EQUAL'}"
    )
    for name in engine.indices.names():
        engine.client.indices.delete(index=name)
    sys.exit(not same)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 50)
