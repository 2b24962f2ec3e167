"""Citations in the real gazette: many, in order, and fast enough for a page of 1 MB."""

import time

import pytest

from legal_docs.citations import LawNames, find, link
from portal.core.text import clean
from tests.real_data import rows

pytestmark = pytest.mark.data


def test_real_texts_are_full_of_citations_and_read_fast() -> None:
    laws = LawNames.of(
        (row["trich_yeu"], int(row["ngay_ban_hanh"][:4]), row["so_ky_hieu"])
        for row in rows("corpus/phapdien/source_docs_2023-12.jsonl.zst")
        if row["loai"] in ("Luật", "Bộ luật") and row["trich_yeu"] and row["ngay_ban_hanh"]
    )
    corpus = rows("corpus/congbao_fulltext_2026/docs.jsonl.zst")
    texts = [clean(row["full_text"]) for _, row in zip(range(20), corpus, strict=False)]
    found = [citation for text in texts for citation in find(text, laws)]
    size = sum(len(text) for text in texts)
    assert len(found) > size / 2_000
    assert sum(c.relative is not None or c.number is not None for c in found) > 0.98 * len(found)

    page = "".join(f"<p>{line}</p>" for line in "\n".join(texts)[:700_000].split("\n"))
    began = time.process_time()
    linked = link(page, lambda citation: "/" if citation.number else None, laws)
    assert time.process_time() - began < 20
    assert linked.count('class="citation"') > 20
