"""The whole document as semantic HTML, with the place of every addressable unit in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from .blocks import Block
from .model import Node, Structure
from .safe_html import passes, text_html

_UNITS = ("phan", "chuong", "muc", "tieu-muc", "dieu", "phu-luc", "body")
_ALIGN = {"center": " ta-center", "right": " ta-right"}


@dataclass(frozen=True, slots=True)
class Section:
    """An addressable unit: ``html[start:end]`` is its well-formed fragment.

    text: plain text of the unit itself: an article with its khoản and điểm, the heading only of
    a container. depth: 0 at the top.
    """

    eid: str
    kind: str
    number: str
    label: str
    heading: str
    parent_eid: str
    depth: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """html: the full text; sections: its units in the order of their start."""

    html: str
    sections: tuple[Section, ...]


class _Writer:
    """Pieces of HTML with a running length."""

    def __init__(self, by_items: bool) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.by_items = by_items
        self.sections: list[Section | None] = []

    def put(self, piece: str) -> None:
        self.parts.append(piece)
        self.length += len(piece)

    def group(self, name: str, blocks: Sequence[Block]) -> None:
        if blocks:
            self.put(f'<div class="{name}">\n')
            self.blocks(blocks)
            self.put("</div>\n")

    def blocks(self, blocks: Sequence[Block]) -> None:
        quoted = False
        for block in blocks:
            if (block.role == "quoted") != quoted:
                self.put("</blockquote>\n" if quoted else '<blockquote class="quoted">\n')
                quoted = not quoted
            self.put(_block(block))
        if quoted:
            self.put("</blockquote>\n")

    def node(self, node: Node, parent: str, depth: int) -> list[str]:
        """Write one node; return the lines of its plain text (khoản and điểm give theirs up)."""
        if node.kind in ("khoan", "diem"):
            return self._item(node, parent, depth)
        at = len(self.sections)
        self.sections.append(None)
        start = self.length
        name = {"dieu": "article", "phu-luc": "appendix", "body": "attached"}.get(
            node.kind, node.kind
        )
        self.put(f'<section class="{name}">\n')
        self.put(_heading(node, depth))
        title = f"{node.label} {node.heading}".strip()
        lines = [title] if title else []
        self.blocks(node.blocks)
        lines.extend(block.text for block in node.blocks)
        for child in node.children:
            below = self.node(child, node.eid, depth + 1)
            if node.kind == "dieu":
                lines.extend(below)
        self.put("</section>\n")
        text = "\n".join(lines)
        self.sections[at] = Section(
            node.eid,
            node.kind,
            node.number,
            node.label,
            node.heading,
            parent,
            depth,
            text,
            start,
            self.length,
        )
        return []

    def _item(self, node: Node, parent: str, depth: int) -> list[str]:
        at, start = -1, self.length
        if self.by_items and depth == 0:
            at = len(self.sections)
            self.sections.append(None)
            self.put('<section class="item">\n')
        lines = [block.text for block in node.blocks]
        self.put(_block(node.blocks[0], f' class="{node.kind}" id="{node.eid}"'))
        self.blocks(node.blocks[1:])
        for child in node.children:
            lines.extend(self.node(child, node.eid, depth + 1))
        if at >= 0:
            self.put("</section>\n")
            self.sections[at] = Section(
                node.eid, node.kind, node.number, node.label, node.heading, parent, depth,
                "\n".join(lines), start, self.length,
            )  # fmt: skip
        return lines


def _heading(node: Node, depth: int) -> str:
    """The heading element: containers from h2 down, articles never above h3."""
    level = min(6, max(3, depth + 2) if node.kind == "dieu" else depth + 2)
    label = text_html(node.label)
    title = text_html(node.heading)
    if node.kind == "dieu":
        inner = f'<a class="anchor" href="#{node.eid}">{label}</a>'
        inner += f" {title}" if title else ""
    elif title and label:
        inner = f'<span class="label">{label}</span><br>{title}'
    else:
        inner = title or label or "Phụ lục"
    return f'<h{level} class="{node.kind}" id="{node.eid}">{inner}</h{level}>\n'


def _block(block: Block, attributes: str = "") -> str:
    if block.kind == "table":
        return _table(block, attributes)
    if block.kind == "image":
        alt = escape(block.text) or "Hình ảnh"
        inner = block.html if block.html and passes(block.html, table=True) else ""
        return f'<figure{attributes} role="img" aria-label="{alt}">{inner}</figure>\n'
    html = block.html
    inner = html if html and passes(html) else text_html(block.text)
    if block.bold and not html:
        inner = f"<strong>{inner}</strong>"
    if block.italic and not html:
        inner = f"<em>{inner}</em>"
    align = _ALIGN.get(block.align, "")
    if align:
        attributes = (
            f'{attributes[:-1]}{align}"'
            if attributes.startswith(' class="') and " id=" not in attributes
            else (
                attributes.replace('" id=', f'{align}" id=', 1)
                if attributes
                else f' class="{align[1:]}"'
            )
        )
    return f"<p{attributes}>{inner}</p>\n"


def _table(block: Block, attributes: str) -> str:
    if block.html and block.html.startswith("<table") and passes(block.html, table=True):
        inner = block.html
    else:
        rows = block.rows or tuple(tuple(row.split("\t")) for row in block.text.split("\n"))
        cells = "".join(
            "<tr>" + "".join(f"<td>{text_html(cell)}</td>" for cell in row) + "</tr>"
            for row in rows
        )
        inner = f"<table><tbody>{cells}</tbody></table>"
    anchor = attributes[attributes.find(" id=") :] if " id=" in attributes else ""
    return f'<div class="table-wrap"{anchor} tabindex="0" role="group" aria-label="Bảng">{inner}</div>\n'


def render(structure: Structure) -> Rendered:
    """Return the HTML of the complete document text and its sections."""
    by_items = not any(node.kind == "dieu" for node in _shallow(structure.nodes))
    writer = _Writer(by_items)
    writer.group("doc-header", structure.header)
    writer.group("bases", structure.bases)
    for node in structure.nodes:
        writer.node(node, "", 0)
    writer.group("closing", structure.closing)
    writer.group("recipients", structure.recipients)
    writer.group("signature", structure.signature)
    for node in structure.annexes:
        writer.node(node, "", 0)
    return Rendered("".join(writer.parts), tuple(s for s in writer.sections if s is not None))


def _shallow(nodes: tuple[Node, ...]) -> list[Node]:
    found: list[Node] = []
    stack = list(nodes)
    while stack:
        node = stack.pop()
        found.append(node)
        if node.kind != "dieu":
            stack.extend(node.children)
    return found
