"""Blocks from lists of articles as the Pháp điển gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .blocks import Block, clean
from .marks import classify


def blocks_from_articles(items: Iterable[Mapping[str, object]]) -> list[Block]:
    """Turn ``{"so": "Điều 5", "tieu_de": "…", "noi_dung": "1. …\\na) …"}`` items into blocks.

    The number and the title are authoritative: no line of the content opens an article. Items
    with a ``chuong`` ("CHƯƠNG I") open that chapter where it changes.
    """
    blocks: list[Block] = []
    chapter = ""
    for item in items:
        number, title, content, above = (
            clean(str(item.get(key) or "")).strip()
            for key in ("so", "tieu_de", "noi_dung", "chuong")
        )
        if above and above != chapter:
            chapter = above
            blocks.extend(
                Block(line.strip(), bold=True, align="center") for line in above.split("\n")
            )
        title = " ".join(title.split())
        lines = [line.strip() for line in content.split("\n") if line.strip()]
        head = classify(number)
        if head is not None and head.kind == "dieu":
            label = number.rstrip(" .:")
            role = "title" if title else "untitled"
            blocks.append(Block(f"{label}. {title}".strip(), bold=True, role=role))  # type: ignore[arg-type]
        elif number or title:
            blocks.append(Block(f"{number} {title}".strip(), bold=True, role="content"))
        blocks.extend(Block(line, role="content") for line in lines)
    return blocks
