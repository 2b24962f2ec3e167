"""Corpora of retrieval studies are read whatever their rows say (the texts are fiction)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.corpora import corpus_of


def corpus(folder: Path, *rows: dict[str, str]):
    path = folder / "corpus.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return corpus_of(path)


@pytest.mark.parametrize(
    "row",
    [
        {"_id": "x", "so_ky_hieu": "77/2031/QH17", "dieu": "4"},
        {"_id": "x", "law_id": "77/2031/QH17", "article_id": "4"},
        {"_id": "77/2031/QH17|4"},
        {"_id": "77/2031/QH17+4"},
    ],
)
def test_law_and_article_are_said_or_stand_in_the_id(tmp_path, row):
    found = corpus(tmp_path, {**row, "title": "Điều 4. Nuôi rồng", "text": "Cấm nuôi rồng."})
    (record,) = found.records
    assert record.number == "77/2031/QH17"
    (part,) = record.provisions
    assert (part.eid, part.label, part.heading) == ("dieu-4", "Điều 4", "Nuôi rồng")
    assert found.article_of == {(1, "dieu-4"): row["_id"]}


def test_rows_without_a_law_are_documents_of_their_own(tmp_path):
    found = corpus(tmp_path, *({"_id": str(n), "text": f"Đoạn {n}."} for n in range(3)))
    assert [record.title for record in found.records] == ["0", "1", "2"]
    assert sorted(found.article_of.values()) == ["0", "1", "2"]


def test_an_article_that_stands_twice_keeps_both_rows(tmp_path):
    rows = ({"_id": f"r{n}", "law_id": "Luật Rồng", "article_id": "1", "text": "x"} for n in (1, 2))
    found = corpus(tmp_path, *rows)
    assert found.article_of == {(1, "dieu-1"): "r1", (1, "dieu-1.x2"): "r2"}
