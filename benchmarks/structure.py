"""How well and how fast documents are parsed.

Run ``python -m benchmarks.structure [--show N]``. The data are found by PORTAL_SHARED_DATA or
beside the repository in ``../shared/data``. References can be wrong: look at what is shown.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from legal_docs.importers.readers import blocks_from_html
from legal_docs.structure import (
    Block,
    articles,
    blocks_from_articles,
    blocks_from_text,
    outline,
    parse,
    render,
)

Row = dict[str, Any]


def data_root() -> Path:
    """The folder of the shared data."""
    given = os.environ.get("PORTAL_SHARED_DATA")
    root = Path(given) if given else Path(__file__).resolve().parents[2] / "shared" / "data"
    if not root.is_dir():
        sys.exit(f"Không thấy dữ liệu ở {root}; đặt biến PORTAL_SHARED_DATA.")
    return root


def load(name: str) -> Iterator[Row]:
    """Yield the rows of ``corpus/<name>.jsonl`` or ``.jsonl.zst``; lines end at "\\n" only."""
    from backports import zstd

    path = data_root() / "corpus" / f"{name}.jsonl"
    packed = path.with_suffix(".jsonl.zst")
    with zstd.open(packed, "rb") if packed.exists() else path.open("rb") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def vbpl_bodies() -> dict[str, str]:
    """File name -> HTML body of the vbpl.vn pages."""
    from backports import zstd

    folder = data_root() / "corpus" / "vbpl_html_2026"
    bodies: dict[str, str] = {}
    for packed in folder.glob("content_html*.zst"):
        with zstd.open(packed, "rb") as file, tarfile.open(fileobj=file, mode="r|") as archive:
            for member in archive:
                handle = archive.extractfile(member) if member.isfile() else None
                if handle is not None:
                    bodies[Path(member.name).name] = handle.read().decode("utf-8")
    return bodies


def article_number(label: str) -> str | None:
    """ "Điều 5a" -> "5a" as ids write it."""
    match = re.match(r"Điều (\d+)\s?([a-zđ]*)", label)
    return str(int(match[1])) + match[2].replace("đ", "dd") if match else None


class Score:
    """Counts of one corpus, and the documents that differ with the reason."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.total = self.right = self.size = 0
        self.seconds = 0.0
        self.failures: list[str] = []

    def run(
        self, label: str, blocks: list[Block], judge: Callable[[list[str], list[str]], str]
    ) -> None:
        """Parse and render one document; ``judge(numbers, doubts)`` returns "" or the reason."""
        start = time.perf_counter()
        structure = parse(blocks)
        render(structure)
        self.seconds += time.perf_counter() - start
        self.size += sum(len(block.text.encode()) for block in blocks)
        numbers = [node.number for node in articles(structure)]
        doubts = [w.message_vi for w in structure.warnings if "dieu-" in w.where]
        if not numbers and outline(structure):
            doubts = []
        reason = judge(numbers, doubts)
        self.total += 1
        self.right += not reason
        if reason:
            self.failures.append(f"{label}: {reason}")

    def show(self, most: int) -> None:
        """Print the figures and the first failures."""
        share = self.right / max(1, self.total)
        speed = self.size / 1e6 / max(1e-9, self.seconds)
        print(
            f"{self.name}: {self.right}/{self.total} = {share:.2%}; {self.size / 1e6:.1f} MB, {speed:.1f} MB/s"
        )
        for failure in self.failures[:most]:
            print("   ", failure[:220])


def against(reference: list[str]) -> Callable[[list[str], list[str]], str]:
    """Judge by a reference list of article numbers."""

    def judge(numbers: list[str], doubts: list[str]) -> str:
        if numbers == reference:
            return ""
        missing = [n for n in reference if n not in numbers][:6]
        extra = [n for n in numbers if n not in reference][:6]
        return f"{len(numbers)} of {len(reference)}, missing {missing}, extra {extra} {doubts[:2]}"

    return judge


def by_sequence(numbers: list[str], doubts: list[str]) -> str:
    """Judge a text without a reference: articles from 1 on without gap or repetition."""
    if doubts:
        return "; ".join(doubts[:3])
    return "" if not numbers or numbers[0] == "1" else f"begins with Điều {numbers[0]}"


def phapdien() -> Score:
    score = Score("phapdien (article lists)")
    for row in load("phapdien/documents"):
        numbers = [n for item in row["dieu"] if (n := article_number(item["so"]))]
        score.run(row["so_ky_hieu"], blocks_from_articles(row["dieu"]), against(numbers))
    return score


def gazette() -> Score:
    score = Score("congbao (PDF text)")
    for row in load("congbao_fulltext_2026/docs"):
        score.run(row["slug"], blocks_from_text(row["full_text"]), by_sequence)
    return score


def laws() -> Score:
    score = Score("uts laws (plain text)")
    for row in load("uts_vlc_2021/docs"):
        if row["text"]:
            score.run(row["id"], blocks_from_text(row["text"]), by_sequence)
    return score


def vbpl() -> Score:
    score = Score("vbpl.vn bodies (HTML)")
    bodies = vbpl_bodies()
    for row in load("vbpl_html_2026/docs"):
        if row.get("loai_ban_ghi") == "toan_van" and row.get("ngon_ngu") == "vi":
            score.run(row["file"], blocks_from_html(bodies[row["file"]]), by_sequence)
    return score


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=10, help="failures to show for each corpus")
    parser.add_argument("--only", choices=["phapdien", "gazette", "laws", "vbpl"])
    options = parser.parse_args()
    for name, corpus in (
        ("phapdien", phapdien),
        ("gazette", gazette),
        ("laws", laws),
        ("vbpl", vbpl),
    ):
        if options.only in (None, name):
            corpus().show(options.show)


if __name__ == "__main__":
    main()
