"""The lines that matter: the head of a document and its end, layout undone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from legal_docs.structure import Block, Structure

_MOTTO = re.compile(
    r"C[ỘO]NG\s+H[ÒOÀ]{1,2}A?\s*X[ÃA]\s+H[ỘO]I\s+CH[ỦU]\s+NGH[ĨỈI]A\s+VI[ỆE]T\s+NAM|"
    r"[ĐD][ộo]c\s+l[ậa]p\s*[-–—.]*\s*T[ựư]\s+do\s*[-–—.]*\s*H[ạa]nh\s+ph[úu]c",
    re.I,
)
_RULE = re.compile(r"[\s_\-–—=*.…+]{2,}$")
_LEAD_RULE = re.compile(r"^[_\-–—=*.…]{3,}\s*|\s*[_=*…]{3,}$|\s+[-–—]{4,}$")
_GLUED = re.compile(r"(?<=\S)\s+(?=(?:Luật |Bộ luật |Nghị quyết )?[Ss]ố\s*:\s*\d)")


@dataclass(frozen=True, slots=True)
class Page:
    """head: lines before the bases; tail: lines of closing and signature, in order."""

    head: tuple[str, ...]
    tail: tuple[str, ...]


def lines_of(blocks: Iterable[Block]) -> list[str]:
    """Flat lines of blocks; tables cell by cell."""
    lines: list[str] = []
    for block in blocks:
        texts = (
            [c for row in block.rows for c in row]
            if block.kind == "table" and block.rows
            else [block.text]
        )
        for text in texts:
            lines.extend(" ".join(part.split()) for part in re.split(r"[\n\t]", text))
    return [line for line in lines if line]


def read_page(structure: Structure) -> Page:
    """Head and tail of a parsed document, national motto and drawn rules removed."""
    return Page(tuple(_clean(lines_of(structure.header)[:80])), tuple(_tail(structure)))


def _clean(lines: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for raw in lines:
        for part in _GLUED.split(_MOTTO.sub("  ", raw)):
            line = _LEAD_RULE.sub("", part).strip(" |*_")
            line = " ".join(line.split())
            if line and not _RULE.match(line):
                kept.append(line)
    return kept


def _tail(structure: Structure) -> list[str]:
    return _clean([*lines_of(structure.closing), *lines_of(structure.signature)])
