"""Markdown as legal portals and archives keep it: front matter, headings, lists, pipe tables."""

from __future__ import annotations

import re

from legal_docs.structure import Block, blocks_from_text
from legal_docs.structure.plain import full_width

_FRONT = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.S)
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,}|={3,})$")
_ROW = re.compile(r"\|.*\|?$")
_ROW_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?$")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])[*_](?=\S)([^*_\n]+?)(?<=\S)[*_](?![\w*])")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s\"[^\"]*\")?\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>])")
_COMMENT = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]{0,300}>", re.S)
_ITEM = re.compile(r"(?:[-*+])\s+(?=(?:Điều|Chương|\d{1,3}[.)]|[a-zđ]\))\s)")
_SIGNS = re.compile(r"(?m)^(?:#{1,6} \S|---\s*$|\|.+\|\s*$)|\*\*\S")


def looks_like_markdown(text: str) -> bool:
    """True when plain text carries several Markdown signs."""
    head = text[:60_000]
    return bool(_FRONT.match(head)) or len(_SIGNS.findall(head)) >= 3


def blocks_from_markdown(text: str) -> list[Block]:
    """Return the blocks; front matter, rules and comments are dropped."""
    text = _COMMENT.sub("", _FRONT.sub("", text.lstrip("\ufeff\n"), count=1))
    blocks: list[Block] = []
    pending: list[str] = []
    rows: list[tuple[str, ...]] = []
    wrapped = full_width(line for line in text.split("\n") if not line.startswith(("|", "#")))
    for raw in [*text.split("\n"), ""]:
        line = raw.strip().lstrip(">").strip()
        if _ROW.match(line) and line.count("|") >= 2:
            _flush(pending, blocks, wrapped)
            if not _ROW_RULE.match(line):
                rows.append(tuple(_plain(cell.strip()) for cell in line.strip("|").split("|")))
            continue
        if rows:
            blocks.append(_table(rows))
            rows = []
        heading = _HEADING.match(line)
        if heading:
            _flush(pending, blocks, wrapped)
            if title := _plain(heading[2]):
                blocks.append(Block(title, bold=True))
        elif not line or _RULE.match(line):
            _flush(pending, blocks, wrapped)
        else:
            pending.append(line)
    _flush(pending, blocks, wrapped)
    return blocks


def _flush(pending: list[str], blocks: list[Block], wrapped: int) -> None:
    if not pending:
        return
    lines, pending[:] = list(pending), []
    if wrapped:
        blocks.extend(blocks_from_text("\n".join(_plain(line) for line in lines)))
        return
    for line in lines:
        whole = _STRONG.fullmatch(line)
        text = _plain(_ITEM.sub("", line))
        if text:
            blocks.append(Block(text, bold=whole is not None and line.count("**") == 2))


def _plain(text: str) -> str:
    text = _LINK.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", text).replace("**", "").strip()


def _table(rows: list[tuple[str, ...]]) -> Block:
    return Block("\n".join("\t".join(row) for row in rows), kind="table", rows=tuple(rows))
