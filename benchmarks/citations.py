"""How fast and how much: citations in the real corpus.

Usage: python -m benchmarks.citations [documents]. Prints MB/s of text, of 1 MB of HTML, and what
share of the citations name a number or a known law. Real texts come from PORTAL_SHARED_DATA, by
default ``../shared/data`` beside the repository.
"""

import html
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backports import zstd

from legal_docs.citations import Citation, LawNames, find, link
from portal.core.text import clean

DATA = Path(
    os.environ.get("PORTAL_SHARED_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data"
)


def rows(path: str) -> Iterator[dict[str, Any]]:
    """Yield the records of one compressed JSON-lines file of the shared data."""
    with zstd.open(DATA / path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def law_names() -> LawNames:
    """Return the names of the laws of the corpus of phapdien."""
    names = []
    for row in rows("corpus/phapdien/source_docs_2023-12.jsonl.zst"):
        if row.get("loai") in ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp") and row["trich_yeu"]:
            year = row["ngay_ban_hanh"]
            names.append((row["trich_yeu"], int(year[:4]) if year else None, row["so_ky_hieu"]))
    return LawNames.of(names)


def main(limit: int) -> None:
    laws = law_names()
    corpus = rows("corpus/congbao_fulltext_2026/docs.jsonl.zst")
    texts = [clean(row["full_text"]) for _, row in zip(range(limit), corpus, strict=False)]
    size = sum(len(text.encode()) for text in texts)
    began = time.perf_counter()
    found: list[Citation] = [citation for text in texts for citation in find(text, laws)]
    seconds = time.perf_counter() - began
    kinds = Counter(
        "this" if c.relative else "number" if c.number else "law without number" for c in found
    )
    print(f"{len(texts)} documents, {size / 1e6:.1f} MB, {laws.size} names of laws")
    print(f"find: {size / 1e6 / seconds:.1f} MB/s, {len(found)} citations, {dict(kinds)}")
    print(f"with a provision: {sum(c.provision is not None for c in found)}")
    page = "".join(
        f'<p id="dieu-{i}">{html.escape(line)}</p>\n'
        for i, line in enumerate("\n".join(texts)[:700_000].split("\n"))
    )
    began = time.perf_counter()
    linked = link(page, lambda c: f"/vb/{c.number}" if c.number else None, laws)
    seconds = time.perf_counter() - began
    count = linked.count('class="citation"')
    print(f"link: {len(page.encode()) / 1e6:.2f} MB of HTML in {seconds:.2f} s, {count} links")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
