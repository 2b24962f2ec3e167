"""A corpus as a portal has it: engine, forward index, lexicon – kept by its content in a folder."""

from __future__ import annotations

import csv
import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from benchmarks.corpora import Corpus, corpus_of
from portal.organisations.audience import PUBLIC
from search.engines.base import SearchEngine
from search.engines.embedded import EmbeddedEngine
from search.engines.tantivy_schema import SCHEMA_VERSION
from search.plan import SearchPlan
from search.ranking import forward as forward_index
from search.ranking.facts import level_of
from search.ranking.forward import ForwardIndex
from search.understanding import Lexicon, understand
from search.understanding.language import LanguageModel
from search.understanding.synonyms import Synonyms

TODAY = date(2026, 11, 22)
LISTS = Path(__file__).resolve().parents[1] / "search/reference"
ENCODER = Path(__file__).resolve().parents[1] / "search/ranking/weights/encoder.npz"


@dataclass
class Portal:
    """What answers questions about one corpus."""

    corpus: Corpus
    engine: SearchEngine
    forward: ForwardIndex
    lexicon: Lexicon

    def plan(self, text: str) -> SearchPlan:
        """Return the plan for what a stranger typed."""
        return understand(text, self.lexicon, PUBLIC, TODAY)


def portal_of(
    path: Path, *, engine: str = "embedded", encoder: Path = ENCODER, folder: Path | None = None
) -> Portal:
    """Index the corpus at ``path``, unless ``folder`` has it from before."""
    corpus, digest = _read(path)
    version = f"{SCHEMA_VERSION}.{forward_index.VERSION}"
    root = (folder or Path(tempfile.gettempdir()) / "portal-relevance") / f"{digest}-{version}"
    forward = ForwardIndex(root / "forward", encoder)
    if forward.view() is None:
        for _record in forward.rebuild(corpus.records):
            pass
    forward.encode()
    return Portal(corpus, _engine(engine, root, corpus), forward, _lexicon(root, path))


@cache
def _lexicon(root: Path, path: Path) -> Lexicon:
    return lexicon_of(root, _read(path)[0])


@cache
def _read(path: Path) -> tuple[Corpus, str]:
    return corpus_of(path), hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _engine(name: str, root: Path, corpus: Corpus) -> SearchEngine:
    if name == "elasticsearch":
        from search.engines.elastic import ElasticEngine
        from search.engines.elastic_client import Access

        url = os.environ.get("SEARCH_URL") or "http://127.0.0.1:9200"
        found: SearchEngine = ElasticEngine(Access(url=url, prefix=f"do-{root.name[:16]}"))
    else:
        found = EmbeddedEngine(root / "engine")
    if found.count() != len(corpus.records):
        found.rebuild(corpus.records)
    return found


def lexicon_of(root: Path, corpus: Corpus) -> Lexicon:
    """Return the lexicon that a portal with this corpus has: its laws, its language, our lists."""
    path = root / "language.npz"
    if LanguageModel.load(path) is None:
        LanguageModel.build(_texts(corpus)).save(path)
    laws = [
        (record.name, record.issued.year if record.issued else None, record.number)
        for record in corpus.records
        if level_of(record.type, record.name) <= 2 and record.name
    ]
    return Lexicon.of(
        laws,
        [(kind, kind) for kind in sorted({record.type for record in corpus.records} - {""})],
        nicknames=[(row["said"], row["names"].split("|")) for row in _rows("law_nicknames.csv")],
        synonyms=Synonyms(
            [(r["other"], r["canonical"], r["kind"], r["rule"]) for r in _rows("words.csv")],
            [(r["one"], r["other"]) for r in _rows("never_equal.csv")],
        ),
        language=LanguageModel.load(path),
    )


def _texts(corpus: Corpus) -> Iterator[str]:
    for record in corpus.records:
        yield record.name
        for part in record.provisions:
            yield f"{part.heading}\n{part.text}"


def _rows(name: str) -> list[dict[str, str]]:
    with (LISTS / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
