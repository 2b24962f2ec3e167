"""SIGKILL while an index is written; is all there after?

    python -m benchmarks.kills [--times 50]                      the embedded engine
    python -m benchmarks.kills --node DIR PORT [--times 50]      Elasticsearch

DIR and PORT are those of a node started by ``.ci/elasticsearch start DIR PORT``. A journal stands
for the database with its outbox: a batch is noted before it is indexed and struck out after; every
fortieth builds the whole index anew beside the old one. Kills fall on the writing process, with
Elasticsearch on the node and the writer in turn. At the end what is not struck out is written
again, and index and journal must be equal: the same documents, each with the provisions of its
newest batch and no other. A reader asks all the while; of the embedded engine no question may fail.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

from portal.organisations.audience import PUBLIC
from search.engines.base import EngineError, SearchEngine
from search.engines.records import DocumentRecord, ProvisionRecord
from search.plan import SearchPlan

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = 300
_BATCH = 12
_ANEW = 40
_LEASE = 3.0
_PLAN = SearchPlan(text="trồng cây", words="trồng cây", visible_to=PUBLIC, today=date(2031, 1, 1))


def engine_at(place: str) -> SearchEngine:
    """Return the engine of a port of Elasticsearch, or of a folder."""
    if place.isdecimal():
        from search.engines.elastic import ElasticEngine
        from search.engines.elastic_client import Access

        return ElasticEngine(
            Access(url=f"http://127.0.0.1:{place}", prefix="giet-thu", lease=_LEASE)
        )
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(Path(place))


def record(number: int, batch: int) -> DocumentRecord:
    """Return a document as of a batch, which the ids of its provisions name."""
    parts = tuple(
        ProvisionRecord(f"b{batch}-{n}", f"Điều {n}", "", f"Bản thứ {batch}. " + "Trồng cây. " * 40)
        for n in range(1, 2 + (number + batch) % 7)
    )
    return DocumentRecord(
        kind="legal", id=number, title=f"Luật {number}", visible_to=("public",), provisions=parts
    )


def change(batch: int) -> tuple[list[int], list[int]]:
    """Return the documents that a batch writes and those that it deletes; always the same."""
    chosen = random.Random(batch).sample(range(1, DOCUMENTS), _BATCH)
    return chosen[:-2], chosen[-2:]


def wanted(batches: list[int]) -> dict[int, int]:
    """Return document → batch that wrote it last."""
    found: dict[int, int] = {}
    for batch in batches:
        written, deleted = change(batch)
        for number in deleted:
            found.pop(number, None)
        found |= dict.fromkeys(written, batch)
    return found


def apply(engine: SearchEngine, batch: int) -> None:
    """Write a batch; the journal's batches are numbered from 1 without a gap."""
    written, deleted = change(batch)
    with engine.writer(timeout=20):
        if batch % _ANEW == 0:
            every = wanted(list(range(1, batch + 1)))
            engine.rebuild(record(number, last) for number, last in every.items())
            return
        engine.delete([("legal", number) for number in deleted], commit=False)
        engine.index(record(number, batch) for number in written)


def write(place: str, journal: Path) -> None:
    """Write batch after batch; what was noted and not struck out comes first."""
    engine = engine_at(place)
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


def differences(engine: SearchEngine, batches: list[int]) -> list[str]:
    """Return what of the index is not as the journal has it."""
    every, refs = wanted(batches), engine.refs()
    found = [f"{ref} too many" for ref in refs if ref[1] not in every]
    for number, batch in every.items():
        ref = ("legal", number)
        held = {one.eid for one in engine.candidates(_PLAN, 100, within=[ref])}
        if ref not in refs or held != {part.eid for part in record(number, batch).provisions}:
            found.append(f"{ref} of batch {batch}: {sorted(held)}")
    return found


class Asking(threading.Thread):
    """A reader who asks on and on, and counts answers and failures."""

    def __init__(self, engine: SearchEngine) -> None:
        super().__init__(daemon=True)
        self._engine = engine
        self.answers = self.failures = 0
        self.ended = threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.02):
            try:
                self._engine.search(_PLAN)
                self.answers += 1
            except (EngineError, OSError, ValueError):
                self.failures += 1


def kill_node(folder: Path, port: str) -> None:
    pid = int((folder / "n1" / "es.pid").read_text())
    os.kill(pid, signal.SIGKILL)
    with suppress(ProcessLookupError):
        while True:
            os.kill(pid, 0)
            time.sleep(0.05)
    subprocess.run([ROOT / ".ci" / "elasticsearch", "again", folder, "n1", port], check=True)


def main(node: tuple[Path, str] | None, times: int) -> None:
    work = Path(tempfile.mkdtemp())
    place, journal = (node[1] if node else str(work / "index")), work / "journal"
    engine = engine_at(place)
    engine.rebuild([])
    reader = Asking(engine_at(place))
    reader.start()
    command = [sys.executable, "-m", "benchmarks.kills", "--write", place, str(journal)]
    writer = subprocess.Popen(command, cwd=ROOT)
    for turn in range(times):
        time.sleep(random.uniform(3.0, 8.0) if node else random.uniform(1.5, 4.0))
        if node and turn % 2 == 0:
            kill_node(*node)
        else:
            writer.kill()
            writer.wait()
            writer = subprocess.Popen(command, cwd=ROOT)
        noted, done = read(journal)
        print(f"{turn + 1}: {len(noted)} batches noted, {len(done)} done", flush=True)
    writer.kill()
    writer.wait()
    noted, done = read(journal)
    for batch in noted:
        if batch not in done:
            time.sleep(_LEASE + 0.5 if node else 0)  # the lease of the killed writer
            apply(engine, batch)
    reader.ended.set()
    reader.join()
    wrong = differences(engine, noted)
    print("\n".join(wrong[:20]))
    print(
        f"{times} kills, {len(noted)} batches ({len(noted) // _ANEW} anew), {engine.count()} documents:"
        f" {'NOT EQUAL' if wrong else 'equal'}; {reader.answers} answers, {reader.failures} failures"
    )
    if node:
        engine.rebuild([])
    sys.exit(bool(wrong or (reader.failures and not node)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--node", nargs=2, metavar=("DIR", "PORT"))
    parser.add_argument("--write", nargs=2, metavar=("PLACE", "JOURNAL"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write(options.write[0], Path(options.write[1]))
    else:
        main((Path(options.node[0]), options.node[1]) if options.node else None, options.times)
