"""Blocks made into lines: soft breaks split, text cleaned, each judged once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from .blocks import Block, clean
from .marks import Mark, classify
from .quotes import quoted_lines

_BREAK = re.compile(r"<br\s*/?>")


class Line(NamedTuple):
    """One line: its block, its stripped text ("" for tables and images), what it may open."""

    block: Block
    text: str
    mark: Mark | None


class Lines:
    """All lines of a document with what later decisions need, computed in linear passes.

    quote[i]: index of the line that opened the quotation in which line i begins, -1 for none;
    firm[i]: that quotation has a closing mark. next_article[i]: index of the first unquoted
    "Điều n." at or after i (len(self) if none). positions: number -> indexes of such lines.
    """

    def __init__(self, blocks: Iterable[Block]) -> None:
        self.items: list[Line] = []
        for block in blocks:
            self._add(block)
        count = len(self.items)
        inside, self.firm = quoted_lines([line.text for line in self.items])
        self.quote = [-1] * count
        start = -1
        for at in range(count):
            start = -1 if not inside[at] else (start if start >= 0 else at - 1)
            if inside[at] and at and not inside[at - 1]:
                start = at - 1
            self.quote[at] = start
        self.next_article = [count] * (count + 1)
        self.next_appendix = [count] * (count + 1)
        self.positions: dict[str, list[int]] = {}
        for at in range(count - 1, -1, -1):
            line = self.items[at]
            mark = line.mark
            is_article = (
                mark is not None
                and mark.kind == "dieu"
                and (not mark.weak or line.block.bold)
                and self.quote[at] < 0
            )
            self.next_article[at] = at if is_article else self.next_article[at + 1]
            is_appendix = mark is not None and mark.kind == "phu-luc" and not mark.weak
            self.next_appendix[at] = at if is_appendix else self.next_appendix[at + 1]
            if is_article and mark is not None:
                self.positions.setdefault(mark.number, []).append(at)
        for found in self.positions.values():
            found.reverse()

    def __len__(self) -> int:
        return len(self.items)

    def _add(self, block: Block) -> None:
        if block.kind != "p":
            self.items.append(Line(block, "", None))
            return
        text = clean(block.text).strip()
        if not text:
            return
        if "\n" not in text:
            if text != block.text:
                block = replace(block, text=text)
            self.items.append(self._line(block, text))
            return
        pieces = text.split("\n")
        inner = _BREAK.split(block.html) if block.html else []
        if len(inner) != len(pieces):
            inner = [""] * len(pieces)
        for piece, html in zip(pieces, inner, strict=True):
            stripped = piece.strip()
            if stripped:
                part = replace(block, text=stripped, html=html.strip())
                self.items.append(self._line(part, stripped))

    @staticmethod
    def _line(block: Block, text: str) -> Line:
        mark = classify(text)
        if block.role in ("content", "quoted") and mark is not None:
            mark = mark if mark.kind in ("khoan", "diem", "so") else None
        return Line(block, text, mark)

    def appears_later(self, number: str, after: int, before: int) -> bool:
        """True when an unquoted "Điều <number>" stands strictly between the two indexes."""
        return any(after < at < before for at in self.positions.get(number, ())[-50:])
