"""The growing tree of one region (the main text or an attached one)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .blocks import Block
from .ids import Ids
from .marks import Mark
from .model import Node

RANK = {
    "body": 0,
    "phan": 1,
    "chuong": 2,
    "muc": 3,
    "tieu-muc": 4,
    "dieu": 5,
    "khoan": 6,
    "so": 7,
    "diem": 8,
}
_ENDS = (".", ";", ":", ",", "…")


@dataclass(slots=True)
class Draft:
    """A provision under construction."""

    kind: str
    number: str
    eid: str
    label: str
    rest: str = ""
    first: Block | None = None
    blocks: list[Block] = field(default_factory=list)
    children: list[Draft] = field(default_factory=list)
    last: dict[str, str] = field(default_factory=dict)


class Tree:
    """Drafts of one region; ``stack`` is the open path from the root down."""

    def __init__(self, ids: Ids, prefix: str = "") -> None:
        self.ids = ids
        self.prefix = prefix
        self.root = Draft("body", "", prefix.rstrip("."), "")
        self.stack: list[Draft] = [self.root]
        self.repeated: list[str] = []

    def top(self, kind: str) -> Draft | None:
        """The open draft of that kind, or None."""
        for draft in reversed(self.stack):
            if draft.kind == kind:
                return draft
        return None

    def parent_for(self, kind: str) -> Draft:
        """The draft under which a new one of that kind would stand."""
        rank = RANK[kind]
        at = len(self.stack) - 1
        while at > 0 and RANK[self.stack[at].kind] >= rank:
            at -= 1
        return self.stack[at]

    def last_number(self, kind: str) -> str:
        """The number of the last sibling of that kind under the parent-to-be, "" if none."""
        return self.parent_for(kind).last.get(kind, "")

    def open(self, kind: str, mark: Mark, block: Block) -> Draft:
        """Add a provision and make it the open one."""
        parent = self.parent_for(kind)
        while self.stack[-1] is not parent:
            self.stack.pop()
        word = "khoan" if kind == "so" else kind
        own = f"{word}-{mark.number}"
        if kind == "dieu" or parent.kind == "body":
            wanted = self.prefix + own
        else:
            wanted = f"{parent.eid}.{own}"
        eid, repeated = self.ids.take(wanted)
        if repeated:
            self.repeated.append(eid)
        draft = Draft(kind, mark.number, eid, mark.label, mark.rest, block)
        if RANK[kind] >= RANK["khoan"]:
            draft.blocks.append(block)
        parent.children.append(draft)
        parent.last[kind] = mark.number
        self.stack.append(draft)
        return draft

    def add(self, block: Block) -> None:
        """Add a paragraph to the open provision."""
        self.stack[-1].blocks.append(block)

    def nodes(self) -> tuple[Node, ...]:
        """Freeze the children of the root."""
        return tuple(freeze(child) for child in self.root.children)


def freeze(draft: Draft) -> Node:
    """Return the frozen node of a draft; the depth is bounded by the ranks."""
    children = tuple(freeze(child) for child in draft.children)
    blocks, heading = draft.blocks, ""
    if draft.kind == "dieu":
        heading, blocks = _article_heading(draft)
    elif RANK[draft.kind] < RANK["dieu"]:
        heading, blocks = container_heading(draft)
    kind = "khoan" if draft.kind == "so" else draft.kind
    return Node(kind, draft.number, draft.eid, draft.label, heading, tuple(blocks), children)


def _article_heading(draft: Draft) -> tuple[str, list[Block]]:
    """Split "Điều n. …" into heading and content: decisions put their content on that line."""
    first, rest, blocks = draft.first, draft.rest, draft.blocks
    role = first.role if first else ""
    if not rest:
        return _heading_below(draft, role)
    has_content = bool(blocks or draft.children)
    bold = bool(first and first.bold)
    if role == "title" or (bold and has_content):
        is_heading = True
    elif role == "untitled" or not has_content:
        is_heading = bold and len(rest) < 200 and not rest.endswith(_ENDS)
    elif rest.endswith((";", ":", ",")):
        is_heading = False
    elif rest.endswith("."):
        is_heading = len(rest) < 90
    else:
        is_heading = len(rest) < 400
    if is_heading:
        return rest, blocks
    content = Block(rest) if first is None else replace(first, text=rest, html="", role="")
    return "", [content, *blocks]


def _heading_below(draft: Draft, role: str) -> tuple[str, list[Block]]:
    blocks = draft.blocks
    if not blocks or role == "untitled" or (len(blocks) < 2 and not draft.children):
        return "", blocks
    head = blocks[0]
    short = head.kind == "p" and len(head.text) < 200 and head.role != "quoted"
    if short and (head.bold or head.align == "center" or not head.text.endswith(_ENDS)):
        return head.text, blocks[1:]
    return "", blocks


def container_heading(draft: Draft, most: int = 4) -> tuple[str, list[Block]]:
    """Take the title of a Chương, an appendix … from its line and the title lines below it."""
    parts = [draft.rest] if draft.rest else []
    at = 0
    for block in draft.blocks[:most]:
        text = block.text
        if block.kind != "p" or len(text) > 300 or block.role == "quoted":
            break
        titled = text.isupper() or (
            not parts and not text.endswith(_ENDS) and text[:1] not in "(-+"
        )
        titled = titled or (block.bold and block.align == "center" and text[:1] != "(")
        if not titled or (parts and not text.isupper() and not block.bold):
            break
        parts.append(text)
        at += 1
    return " ".join(parts), draft.blocks[at:]
