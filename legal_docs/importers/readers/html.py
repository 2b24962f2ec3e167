"""HTML to blocks: paragraphs with alignment and emphasis, tables kept, scripts dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from legal_docs.structure import Block, clean
from portal.core.foreign_html import DROPPED, HIDDEN, nesting
from portal.core.legacy_encodings import decode, detect, font_encoding

from .errors import UnreadableFile

_BLOCK = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "section",
     "article", "main", "body", "html", "center", "pre", "dl", "dt", "dd", "header", "footer", "figure",
     "figcaption", "address", "form", "fieldset", "details", "summary", "aside", "nav", "hr", "td", "tr")
)  # fmt: skip
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "sup": "sup", "sub": "sub"}
_TABLE_TAGS = {
    "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "p", "br", "b", "i", "strong", "em",
    "u", "sup", "sub", "ul", "ol", "li",
}  # fmt: skip
_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right|justify)", re.I)
_FONT = re.compile(r"font-family\s*:\s*([^;,]+)", re.I)
_WEIGHT = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_SLANT = re.compile(r"font-style\s*:\s*italic", re.I)
_CHROME_CLASS = re.compile(r"\b(?:anchor-icon|sr-only|visually-hidden)\b")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_EMPTY = re.compile(r"<(b|i|u|sup|sub)>\s*</\1>")
# Deeper tables are read as plain paragraphs: no recursion on hostile input.
_MAX_TABLE_DEPTH = 3
_MAX_NESTED_TABLES = 8


class _Style:
    """What an inline run inherits."""

    __slots__ = ("align", "bold", "encoding", "italic", "tags")

    def __init__(self, tags: tuple[str, ...] = (), align: str = "", encoding: str = "") -> None:
        self.tags, self.align, self.encoding = tags, align, encoding


def blocks_from_html(html: str) -> list[Block]:
    """Return the paragraphs and tables of an HTML page or fragment, in order.

    Everything that can act (scripts, frames, forms, handlers) is dropped; inline emphasis stays
    in ``Block.html``. Pages of vbpl.vn are cut to the element that holds the text.
    """
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    root = tree.css_first("[data-vbpl-content-root]") or tree.body
    if root is None:
        return []
    text = root.text(deep=True)
    # Tables nested deeper than any document needs are read as plain paragraphs.
    depth = _MAX_TABLE_DEPTH if nesting(html, "table") > _MAX_NESTED_TABLES else 0
    collector = _Collector(detect(text), depth)
    collector.walk(root)
    return collector.done()


class _Collector:
    """Walks the tree with an explicit stack and gathers paragraphs."""

    def __init__(self, encoding: str, depth: int = 0) -> None:
        self.encoding = encoding
        self.depth = depth
        self.blocks: list[Block] = []
        self.runs: list[tuple[str, tuple[str, ...]]] = []
        self.align = ""

    def walk(self, root: Any) -> None:
        stack: list[tuple[str, Any, _Style]] = [("node", root, _Style(encoding=self.encoding))]
        while stack:
            action, node, style = stack.pop()
            if action == "flush":
                self.flush()
                continue
            tag = node.tag
            if tag == "-text":
                self._text(node, style)
                continue
            if tag in DROPPED or tag in ("-comment", "!doctype") or _is_hidden(node):
                continue
            if tag == "br":
                self.runs.append(("\n", style.tags))
                continue
            if tag == "table" and self.depth < _MAX_TABLE_DEPTH:
                self.flush()
                self._table(node, style, stack)
                continue
            if tag == "img":
                self._image(node)
                continue
            inner = _inherit(node, tag, style)
            if tag in _BLOCK:
                self.flush()
                stack.append(("flush", node, inner))
                self.align = inner.align
            children = list(node.iter(include_text=True))
            stack.extend(("node", child, inner) for child in reversed(children))

    def _text(self, node: Any, style: _Style) -> None:
        raw = node.text_content if hasattr(node, "text_content") else node.text(deep=False)
        if not raw:
            return
        if style.encoding:
            raw = decode(raw, style.encoding)
        if not self.runs:
            self.align = style.align
        self.runs.append((_SPACE.sub(" ", raw), style.tags))

    def _image(self, node: Any) -> None:
        alt = clean(node.attributes.get("alt") or "").strip()
        if not self.runs and alt:
            self.blocks.append(Block(alt, kind="image"))

    def _table(self, node: Any, style: _Style, stack: list[tuple[str, Any, _Style]]) -> None:
        rows = _rows(node, style.encoding, self.depth + 1)
        if not any(any(cell for cell in row) for row in rows):
            return
        if _is_layout(node, rows):
            cells = [cell for tr in _own(node, "tr") for cell in _own(tr, "td", "th")]
            stack.append(("flush", node, style))
            for cell in reversed(cells):
                stack.append(("node", cell, style))
            return
        text = "\n".join("\t".join(cell.replace("\n", " ") for cell in row) for row in rows)
        html = _table_html(node.html or "", style.encoding)
        self.blocks.append(Block(text, kind="table", html=html, rows=rows))

    def flush(self) -> None:
        runs, self.runs = self.runs, []
        text, html, bold, italic = _merge(runs)
        if text:
            align: Any = self.align
            self.blocks.append(Block(text, html=html, align=align, bold=bold, italic=italic))
        self.align = ""

    def done(self) -> list[Block]:
        self.flush()
        return self.blocks


def _is_hidden(node: Any) -> bool:
    style = node.attributes.get("style") if node.attributes else None
    return bool(style) and HIDDEN.search(style) is not None


def _inherit(node: Any, tag: str, style: _Style) -> _Style:
    attributes = node.attributes
    css = attributes.get("style") or "" if attributes else ""
    tags = style.tags
    if tag in _BOLD or (css and _WEIGHT.search(css)):
        tags = _with(tags, "b")
    elif tag in _INLINE:
        tags = _with(tags, _INLINE[tag])
    if css and _SLANT.search(css):
        tags = _with(tags, "i")
    align = style.align
    if css and (found := _ALIGN.search(css)):
        align = found[1].lower()
    elif attributes and (given := (attributes.get("align") or "").lower()) in (
        "left",
        "center",
        "right",
        "justify",
    ):
        align = given
    elif tag == "center":
        align = "center"
    encoding = style.encoding
    face = (attributes.get("face") or "") if attributes else ""
    if not face and css and (font := _FONT.search(css)):
        face = font[1]
    if face and not encoding:
        encoding = font_encoding(face)
    if tags is style.tags and align == style.align and encoding == style.encoding:
        return style
    return _Style(tags, align, encoding)


@lru_cache(maxsize=256)
def _with(tags: tuple[str, ...], tag: str) -> tuple[str, ...]:
    return tags if tag in tags else (*tags, tag)


def _merge(runs: list[tuple[str, tuple[str, ...]]]) -> tuple[str, str, bool, bool]:
    """Return (text, html, bold, italic) of one paragraph's runs."""
    text = clean("".join(run for run, _ in runs))
    text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    if not text:
        return "", "", False, False
    words = [(run, tags) for run, tags in runs if run.strip()]
    bold = all("b" in tags for _, tags in words)
    italic = all("i" in tags for _, tags in words)
    if all(tags == words[0][1] for _, tags in words) and set(words[0][1]) <= {"b", "i"}:
        return text, "", bold, italic
    return text, _inline_html(runs), bold, italic


def _inline_html(runs: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    from html import escape

    merged: list[tuple[str, tuple[str, ...]]] = []
    for run, tags in runs:
        if merged and (merged[-1][1] == tags or not run.strip(" ")) and run != "\n":
            merged[-1] = (merged[-1][0] + run, merged[-1][1])
        else:
            merged.append((run, tags if run != "\n" else ()))
    parts: list[str] = []
    for run, tags in merged:
        body = escape(clean(run), quote=False).replace("\n", "<br>")
        parts.append(
            "".join(f"<{t}>" for t in tags) + body + "".join(f"</{t}>" for t in reversed(tags))
        )
    html = _SPACE.sub(" ", "".join(parts)).strip()
    while _EMPTY.search(html):
        html = _EMPTY.sub(" ", html)
    return re.sub(r"^(?:<br>|\s)+|(?:<br>|\s)+$", "", html)


def _own(node: Any, *tags: str) -> Iterator[Any]:
    """Yield the nearest descendants with these tags that belong to this table, not a nested one."""
    stack = list(reversed(list(node.iter(include_text=False))))
    while stack:
        child = stack.pop()
        if child.tag in tags:
            yield child
        elif child.tag != "table":
            stack.extend(reversed(list(child.iter(include_text=False))))


def _cell_text(cell: Any, encoding: str, depth: int) -> str:
    collector = _Collector(encoding, depth)
    collector.walk(cell)
    return "\n".join(block.text for block in collector.done())


def _rows(table: Any, encoding: str, depth: int) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(_cell_text(cell, encoding, depth) for cell in _own(row, "td", "th"))
        for row in _own(table, "tr")
    )


def _is_layout(table: Any, rows: tuple[tuple[str, ...], ...]) -> bool:
    """True for a table that only frames text: one cell, or one column with long text."""
    return all(len([cell for cell in row if cell]) <= 1 for row in rows) and (
        len(rows) == 1 or any(len(cell) > 400 for row in rows for cell in row)
    )


def _table_html(html: str, encoding: str) -> str:
    import nh3

    cleaned = nh3.clean(
        decode(html, encoding) if encoding else html,
        tags=_TABLE_TAGS,
        clean_content_tags={"script", "style", "iframe", "noscript", "template"},
        attributes={"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}},
        link_rel=None,
    )
    return clean(_SPACE.sub(" ", re.sub(r"<p>\s*</p>", "", cleaned))).strip()


def read_html(text: str) -> list[Block]:
    """Blocks of an HTML file; raise UnreadableFile when it holds no text."""
    depth_guard = text.count("<table")
    if depth_guard > 20_000:
        raise UnreadableFile(
            "too-complex", "Tệp HTML có quá nhiều bảng lồng nhau nên không đọc được."
        )
    blocks = blocks_from_html(text)
    if not blocks:
        raise UnreadableFile("no-text", "Tệp HTML không có nội dung chữ nào.")
    return blocks
