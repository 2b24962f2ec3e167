"""Corpora and question sets of retrieval studies, as the records that a portal would index.

A folder holds ``queries.jsonl`` (_id, text) and ``qrels.tsv`` (query-id, corpus-id, score); a
corpus is a ``corpus.jsonl[.zst]`` of articles with some of: number or name of the law, number of
the article, heading, text; what a row does not say is read from its ``_id`` ("law|article", or with
"+" or "#"). Nothing here looks at the name of a set.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from backports import zstd

from legal_docs.numbering import parse
from search.engines.records import DocumentRecord, ProvisionRecord

DATA = Path(
    os.environ.get("PORTAL_SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data"
)
_ID = re.compile(r"(?P<law>.+)[|+#](?P<article>[^|+#]+)")
TITLES = DATA / "corpus/phapdien/source_docs_2023-12.jsonl.zst"


@dataclass(frozen=True)
class Question:
    """A question with the ids of the articles that answer it."""

    id: str
    text: str
    gold: frozenset[str]


@dataclass
class Corpus:
    """Articles as documents, and the way from a hit back to the id of its article."""

    records: list[DocumentRecord]
    article_of: dict[tuple[int, str], str]

    @property
    def articles(self) -> int:
        """Return how many there are."""
        return len(self.article_of)


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a .jsonl or .jsonl.zst file."""
    opened = (
        zstd.open(path, "rt", encoding="utf-8", newline="\n") if path.suffix == ".zst" else None
    )
    with opened or path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def corpus_of(path: Path) -> Corpus:
    """Return a corpus; titles of documents are added where the register of Pháp điển has them."""
    rows_of_titles = read_lines(TITLES) if TITLES.exists() else ()
    titles = {(row["so_ky_hieu"] or "").lower(): row for row in rows_of_titles}
    laws: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read_lines(path):
        laws[_place_of(row)[0]].append(row)
    records, article_of = [], {}
    for number, (law, rows) in enumerate(laws.items(), 1):
        known = titles.get(law.lower(), {})
        provisions = []
        times: Counter[str] = Counter()
        for row in rows:
            part = _provision(row, times)
            article_of[number, part.eid] = str(row["_id"])
            provisions.append(part)
        records.append(_record(number, law, known, rows[0], tuple(provisions)))
    return Corpus(records, article_of)


def _place_of(row: dict[str, Any]) -> tuple[str, str]:
    """Return (law, article) of a row, "" for an article that has no number."""
    law = str(row.get("so_ky_hieu") or row.get("law_id") or "")
    article = str(row.get("dieu") or row.get("article_id") or row.get("article_no_inferred") or "")
    if law and article:
        return law, article
    said = _ID.fullmatch(str(row["_id"]))
    from_id = (said["law"], said["article"]) if said else (str(row["_id"]), "")
    return law or from_id[0], article or from_id[1]


def _provision(row: dict[str, Any], times: Counter[str]) -> ProvisionRecord:
    """Return an article; ``times`` counts how often its number was met in its law."""
    article = _place_of(row)[1]
    eid = f"dieu-{article or 0}"
    times[eid] += 1
    if times[eid] > 1:
        eid = f"{eid}.x{times[eid]}"
    label = f"Điều {article}"
    heading = (row.get("title") or "").removeprefix(label).lstrip(". ")
    text = row.get("text") or ""
    if heading and text.startswith(heading):
        text = text[len(heading) :].lstrip()
    return ProvisionRecord(eid, label, heading, text)


def _record(
    number: int,
    law: str,
    known: dict[str, Any],
    row: dict[str, Any],
    provisions: tuple[ProvisionRecord, ...],
) -> DocumentRecord:
    is_number = parse(law) is not None
    title = known.get("trich_yeu") or ("" if is_number else law)
    kind = known.get("loai") or row.get("loai") or ""
    name = title if title.lower().startswith(kind.lower()) else f"{kind} {title}".strip()
    return DocumentRecord(
        kind="legal",
        id=number,
        title=title or law,
        name=name,
        number=law if is_number else "",
        type=kind,
        visible_to=("public",),
        issued=_day(known.get("ngay_ban_hanh")),
        in_force=_day(known.get("ngay_hieu_luc")) or date(2020, 1, 1),
        provisions=provisions,
    )


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def questions_of(folder: Path) -> list[Question]:
    """Return the questions of a set."""
    gold: dict[str, set[str]] = defaultdict(set)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").split("\n")[1:]:
        if line.strip():
            question, article, *_ = line.split("\t")
            gold[question].add(article)
    return [
        Question(row["_id"], row["text"], frozenset(gold[row["_id"]]))
        for row in read_lines(folder / "queries.jsonl")
    ]
