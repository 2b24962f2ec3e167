"""Attached texts and appendices: where they begin and what they are called."""

from __future__ import annotations

from collections.abc import Iterable

from . import signs
from .blocks import Block
from .ids import Ids
from .lines import Line, Lines
from .marks import Mark
from .model import Warning
from .region import Region
from .tail import Tail
from .tree import Draft

CONTAINERS = ("phan", "chuong", "muc", "tieu-muc")
NEAR = 30


class AnnexParser:
    """State of one parse, and its decisions about annexes.

    ``where`` is header, bases, text, tail or appendix.
    """

    def __init__(self, blocks: Iterable[Block]) -> None:
        self.lines = Lines(blocks)
        self.ids = Ids()
        self.header: list[Block] = []
        self.bases: list[Block] = []
        self.tail = Tail()
        self.warnings: list[Warning] = []
        self.annexes: list[Region | Draft] = []
        self.where = "header"
        self.spoken = False
        self.ended_quote = -2
        self.quoted_numbers: dict[int, int] = {}
        self.since_article: list[int] = []
        first, count = self.lines.next_article[0], len(self.lines)
        self.main = Region(self.ids, "", first < min(count, self._first_annex()))
        self.region = self.main

    def _first_annex(self) -> int:
        lines = self.lines
        at = lines.next_appendix[0]
        while at < len(lines) and at < 15 and lines.next_appendix[at + 1] < len(lines):
            at = lines.next_appendix[at + 1]
        return at if at >= 15 else len(lines)

    def _near_first_article(self, at: int) -> bool:
        following = self.lines.next_article[at]
        if following >= len(self.lines) or following - at > NEAR:
            return False
        mark = self.lines.items[following].mark
        return mark is not None and mark.number == "1"

    def _title_above(self) -> bool:
        return any(signs.body_slug(self.lines.items[at].text) for at in self.since_article[-40:])

    def _open_body(self, at: int, line: Line) -> bool:
        slug = signs.body_slug(line.text) if line.block.role != "content" else ""
        if not slug or not self.main.tree.root.children or self.lines.quote[at] >= 0:
            return False
        if line.mark is not None and line.mark.kind in CONTAINERS:
            return False
        previous = self.lines.items[at - 1].mark if at else None
        if previous is not None and previous.kind in CONTAINERS and not previous.rest:
            return False
        below = self.lines.items[at + 1 : at + 9]
        attached = any(signs.ATTACHED_WORDS.search(other.text) for other in below)
        near = self._near_first_article(at)
        if self.where == "appendix":
            return attached and near and self._begin_body(slug, line.block)
        if self.where == "tail" and (attached or near):
            return self._begin_body(slug, line.block)
        if attached and near:
            return self._begin_body(slug, line.block)
        return False

    def _begin_body(self, slug: str, title: Block | None) -> bool:
        titles = [title] if title is not None else []
        if not slug:
            found = self._take_title()
            slug, titles = found
        given = self.ids.numbered(slug or "kem-theo")
        region = Region(self.ids, f"{given}.", True)
        region.title = titles
        region.tree.root.eid = given
        self.annexes.append(region)
        self.region, self.where = region, "text"
        self.since_article = []
        return True

    def _take_title(self) -> tuple[str, list[Block]]:
        """Find the title of an attached text among the lines that were taken for something else."""
        if self.where == "tail":
            blocks = self.tail.take_title()
        else:
            own = self.region.tree.stack[-1].blocks
            start = next((i for i, b in enumerate(own) if signs.body_slug(b.text)), len(own))
            blocks = own[start:]
            del own[start:]
        slug = next((s for b in blocks if (s := signs.body_slug(b.text))), "")
        return slug, blocks

    def _appendix_opens(self, at: int, line: Line, mark: Mark) -> bool:
        block, text = line.block, line.text
        if self.lines.quote[at] >= 0 or text.endswith((";", ",")) or block.role == "content":
            return False
        last = self.annexes[-1] if self.annexes else None
        if isinstance(last, Draft) and self.where == "appendix" and last.number == mark.number:
            return False
        centred = block.align == "center" or block.bold
        if mark.rest and not text.isupper() and not centred:
            return self.where != "text" and not text.endswith(".") and not mark.weak
        if not mark.number and not text.isupper() and not centred:
            return self.where == "tail"
        return bool(self.main.tree.root.children) or self.where in ("tail", "appendix")

    def _open_appendix(self, line: Line, mark: Mark, keep: bool = False) -> None:
        if mark.number:
            eid, repeated = self.ids.take(f"phu-luc-{mark.number}")
            if repeated:
                self.warnings.append(Warning("repeated", f"{mark.label} xuất hiện nhiều lần.", eid))
        else:
            eid = self.ids.numbered("phu-luc")
        label = mark.label if not keep else ""
        rest = mark.rest if line.block.kind == "p" else ""
        draft = Draft("phu-luc", mark.number, eid, label, rest, line.block)
        if keep and line.block.kind != "p":
            draft.blocks.append(line.block)
        self.annexes.append(draft)
        self.where = "appendix"
