"""The embedded engine keeps the contract, lives with other processes and survives a kill."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from portal.organisations.audience import PUBLIC
from search.engines.base import EngineBusyError, SearchEngine
from search.engines.embedded import EmbeddedEngine
from search.understanding import understand
from tests.search.contract import LEXICON, TODAY, EngineContract, law, library

REPOSITORY = Path(__file__).resolve().parents[2]
WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from search.engines.embedded import EmbeddedEngine
from tests.search.contract import law
engine = EmbeddedEngine(Path(sys.argv[1]))
with engine.writer():
    for number in range(1, 10_000):
        engine.index([law(id=number)], commit=number % 5 == 0)
        if number % 5 == 0:
            print(number, flush=True)
"""


def _start(directory: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(directory)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )


def _committed(writer: subprocess.Popen[str], at_least: int) -> int:
    assert writer.stdout is not None
    for line in writer.stdout:
        if int(line) >= at_least:
            return int(line)
    raise AssertionError("the writer ended early")


class TestEmbedded(EngineContract):
    @pytest.fixture
    def engine(self, tmp_path: Path) -> SearchEngine:
        return EmbeddedEngine(tmp_path / "index")


def test_what_a_killed_commit_left_stands_in_nobodys_way(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.index(library())
    meta = tmp_path / (tmp_path / "CURRENT").read_text().strip() / "meta.json"
    before = meta.read_bytes()
    engine.delete([("legal", 1)])
    assert list(meta.parent.glob("*.del")), "a file that only the newer commit knows"
    meta.write_bytes(before)  # as if killed just before the commit became the one in use
    again = EmbeddedEngine(tmp_path)
    assert again.count() == len(library())
    again.delete([("legal", 1)])
    assert again.count() == len(library()) - 1


def test_a_killed_writer_leaves_what_it_had_committed(tmp_path: Path) -> None:
    writer = _start(tmp_path)
    try:
        done = _committed(writer, 20)
        os.kill(writer.pid, signal.SIGKILL)
    finally:
        writer.kill()
        writer.wait()
    engine = EmbeddedEngine(tmp_path)
    assert engine.count() >= done
    engine.index([law(id=50_000)])
    assert engine.search(understand("cổ thụ", LEXICON, PUBLIC, TODAY)).total == engine.count()


def test_a_reader_sees_the_commits_of_another_process_and_cannot_write(tmp_path: Path) -> None:
    writer = _start(tmp_path)
    try:
        engine = EmbeddedEngine(tmp_path)
        first = _committed(writer, 5)
        assert engine.count() >= first
        later = _committed(writer, 25)
        assert engine.count() >= later
        with pytest.raises(EngineBusyError):
            engine.index([law(id=60_000)])
    finally:
        writer.kill()
        writer.wait()


def test_a_reader_follows_a_rebuild_and_the_old_files_go(tmp_path: Path) -> None:
    reader, writer = EmbeddedEngine(tmp_path), EmbeddedEngine(tmp_path)
    writer.index(library())
    assert reader.count() == len(library())
    writer.rebuild([law()])
    assert reader.count() == 1
    assert len(list(tmp_path.glob("index-*"))) == 1


def test_threads_read_while_one_writes_and_rebuilds(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.index(library())
    plan = understand("cổ thụ", LEXICON, PUBLIC, TODAY)
    with ThreadPoolExecutor(6) as threads:
        totals = [threads.submit(lambda: engine.search(plan).total) for _ in range(120)]
        for number in range(10, 20):
            engine.index([law(id=number)])
        engine.rebuild(library())
        assert all(total.result() >= 2 for total in totals)
    assert engine.count() == len(library())


def test_an_index_that_is_not_there_is_no_ping(tmp_path: Path) -> None:
    assert not EmbeddedEngine(tmp_path / "none").ping()


def test_an_index_of_another_schema_counts_as_none_and_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "index-v0-1").mkdir()
    (tmp_path / "CURRENT").write_text("index-v0-1", encoding="ascii")
    engine = EmbeddedEngine(tmp_path)
    assert (engine.ping(), engine.count()) == (False, 0)
    engine.rebuild(library())
    assert engine.count() == len(library())
    assert len(list(tmp_path.glob("index-*"))) == 1
