"""The lines that matter: the head of a document and its end, layout undone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from legal_docs.structure import Block, Structure, walk
from legal_docs.structure.signs import BASE

_MOTTO = re.compile(
    r"C[ỘO]NG\s+H[ÒOÀ]{1,2}A?\s*X[ÃA]\s+H[ỘO]I\s+CH[ỦU]\s+NGH[ĨỈI]A\s+VI[ỆE]T\s+NAM|"
    r"[ĐD][ộo]c\s+l[ậa]p\s*[-–—.]*\s*T[ựư]\s+do\s*[-–—.]*\s*H[ạa]nh\s+ph[úu]c",
    re.I,
)
_RULE = re.compile(r"[\s_\-–—=*.…+]{2,}$")
_LEAD_RULE = re.compile(r"^[_\-–—=*.…]{3,}\s*|\s*[_=*…]{3,}$|\s+[-–—]{4,}$")
_GLUED = re.compile(
    r"(?<=\S)(?<!uật)(?<!uyết)(?<!lệnh)(?<!LUẬT)\s+(?=(?:Luật |Bộ luật |Nghị quyết )?[Ss]ố\s*:\s*\d)"
)
_AUTHENTIC = re.compile(r"X[ÁA]C TH[ỰU]C V[ĂA]N B[ẢA]N H[ỢO]P NH[ẤA]T")
_CONSOLIDATED = re.compile(
    r"có hiệu lực (?:thi hành )?(?:kể )?từ ngày.{0,60}được (?:sửa đổi|bổ sung)", re.S
)
_VBHN = re.compile(r"^[Ss][ốÓ]\s*:?\s*\d+\s*/\s*VBHN")


_WHOLE_MOTTO = re.compile(r"độc\s+lập\s*[-–]\s*tự\s+do\s*[-–]\s*hạnh\s+phúc", re.I)


@dataclass(frozen=True, slots=True)
class Page:
    """head: lines before the bases; tail: lines of closing and signature, in order.

    enacting: the words after the bases ("Bộ trưởng Bộ … ban hành Thông tư …"); authentic: the
    lines about the authentication of a consolidated text, wherever they stand; strays: what
    follows the national motto inside the text, where a PDF gives its first page's head late.
    """

    head: tuple[str, ...]
    tail: tuple[str, ...]
    enacting: tuple[str, ...] = ()
    authentic: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()


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
    head, tail = _clean(lines_of(structure.header)[:80]), _tail(structure)
    enacting = [line for line in lines_of(structure.bases)[-6:] if not BASE.match(line)]
    authentic, strays = _authentic(structure, tail), _strays(structure)
    return Page(tuple(head), tuple(tail), tuple(enacting), tuple(authentic), tuple(strays))


def _strays(structure: Structure) -> list[str]:
    """What follows the first motto in the text proper; forms in appendices have their own."""
    blocks = [*structure.bases, *(b for node in walk(structure.nodes) for b in node.blocks)]
    for at, block in enumerate(blocks):
        motto = _WHOLE_MOTTO.search(block.text)
        if motto:
            rest = [block.text[motto.end() :], *(later.text for later in blocks[at + 1 : at + 5])]
            return [
                " ".join(line.split()) for text in rest for line in text.split("\n") if line.strip()
            ]
    return []


def _authentic(structure: Structure, tail: list[str]) -> list[str]:
    """Lines around "XÁC THỰC VĂN BẢN HỢP NHẤT" (or a VBHN number), else nothing."""
    lines = [line for node in walk(structure.nodes) for line in lines_of(node.blocks)]
    lines.extend(tail)
    for node in walk(structure.annexes):
        lines.extend(lines_of(node.blocks))
    for pattern in (_AUTHENTIC, _VBHN):
        for at in range(len(lines) - 1, -1, -1):
            if pattern.search(lines[at]):
                return _clean(lines[max(0, at - 6) : at + 10])
    for line in lines_of(structure.header):
        if _CONSOLIDATED.search(line):
            return [line]
    return []


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
