"""The tree of a source, read into parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import urlsplit

from portal.core.foreign_html import DROPPED, HIDDEN
from portal.core.text import clean, squash_spaces

from .lists import counted, is_counted
from .parts import (
    DIVIDER,
    SCHEMES,
    Cell,
    Item,
    Line,
    List,
    Part,
    Picture,
    Run,
    Style,
    Told,
    put_before,
    whole,
    written,
)
from .tables import of_table

_BLOCK: Final = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "section",
     "article", "main", "body", "center", "pre", "dl", "dt", "dd", "header", "footer", "figure",
     "figcaption", "address", "form", "fieldset", "details", "summary", "aside", "nav", "table",
     "caption", "tr")
)  # fmt: skip
_INLINE: Final = {"b": "b", "strong": "b", "i": "i", "em": "i", "sup": "sup", "sub": "sub"}
_HEADING: Final = re.compile(r"h[1-6]")
_WEIGHT: Final = re.compile(r"(?<![\w-])font-weight\s*:\s*(?:(bold|[6-9]00)|normal|[1-5]00)", re.I)
_SLANT: Final = re.compile(r"(?<![\w-])font-style\s*:\s*(?:(italic)|normal)", re.I)
_RAISED: Final = re.compile(r"(?<![\w-])vertical-align\s*:\s*(super|sub)\b", re.I)
_LISTED: Final = re.compile(r"mso-list\s*:\s*(l\d+)\s+level(\d)\s+(lfo\d+)", re.I)
_MARKER: Final = re.compile(r"mso-list\s*:\s*ignore", re.I)
_ELEMENT: Final = re.compile(r"mso-element\s*:\s*([\w-]+)", re.I)
_NOTE_LINK: Final = re.compile(r"#_?(?:sd)?(?:ftn|edn|footnote|endnote)", re.I)
_NOTE_NUMBER: Final = re.compile(r"\bMso(?:Footnote|Endnote)Reference\b")
_SPACES: Final = re.compile(r"[ \t\r\n\f\u00a0]+")


@dataclass(slots=True)
class Reader:
    """Walks the tree with a stack of its own, so that no depth is too deep, and gathers parts."""

    tables: bool
    pictures: bool
    in_cell: bool = False
    told: set[Told] = field(default_factory=set)
    parts: list[Part] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    marker: str = ""
    lists_seen: int = 0

    def walk(self, root: Any) -> None:
        """Read everything under ``root`` into ``parts``."""
        stack: list[tuple[Any, Style | None]] = [(root, Style())]
        while stack:
            node, style = stack.pop()
            inner = self._enter(node, style) if style else None
            if style is None or (inner and node.tag in _BLOCK):
                self._end_line()
            if inner is None:
                continue
            if node.tag in _BLOCK:
                stack.append((node, None))
            stack.extend((child, inner) for child in reversed(_children(node)))
        self._end_line()
        for part in self.parts:
            if isinstance(part, Line):
                part.end()

    def _enter(self, node: Any, style: Style) -> Style | None:
        """The style inside of a node; None when nothing more is to be read in it."""
        tag = node.tag
        if tag == "-text":
            self.runs.append((_SPACES.sub(" ", node.text(deep=False)), style))
            return None
        if tag.startswith(("-", "!")) or tag in DROPPED:
            return None
        said = node.attributes
        css, sort = said.get("style") or "", said.get("class") or ""
        if self._is_left_out(tag, css, sort):
            return None
        if _MARKER.search(css):
            self.marker = squash_spaces(clean(node.text()))
        elif _NOTE_LINK.match(said.get("href") or "") or _NOTE_NUMBER.search(sort):
            self._note_number(node.text(), style)
        elif tag == "br":
            self.runs.append(("\n", style))
        elif tag == "hr":
            self._rule(style)
        elif tag == "img":
            self._picture(said)
        elif tag == "table" and not self.in_cell:
            self._table(node)
        else:
            if tag == "table":
                self.told.add(Told.NESTED)
            elif tag in ("td", "th") and self.runs:
                self.runs.append((DIVIDER, style))
            return self._inherit(node, css, sort, style)
        return None

    def _is_left_out(self, tag: str, css: str, sort: str) -> bool:
        """Remarks and struck out words of the authors are no part of the text."""
        if tag == "del" or "msocom" in sort.lower() or _element(css).startswith("comment"):
            self.told.add(Told.REMARKS)
            return True
        return bool(css) and HIDDEN.search(css) is not None

    def _inherit(self, node: Any, css: str, sort: str, style: Style) -> Style:
        tag, said = node.tag, node.attributes
        tags = _with(style.tags, _INLINE[tag]) if tag in _INLINE else style.tags
        if css:
            if found := _WEIGHT.search(css):
                tags = _with(tags, "b", on=bool(found[1]))
            if found := _SLANT.search(css):
                tags = _with(tags, "i", on=bool(found[1]))
            if found := _RAISED.search(css):
                tags = _with(tags, "sup" if found[1].lower() == "super" else "sub")
        if tags is not style.tags:
            style = replace(style, tags=tags)
        if tag == "a":
            return replace(style, href=_address(said.get("href") or ""))
        if tag in ("ul", "ol"):
            return replace(style, lists=(*style.lists, self._list(node, style)), item=None)
        if tag == "li":
            return replace(style, item=_item(said, style))
        if _HEADING.fullmatch(tag):
            return replace(style, kind=tag)
        if tag == "p" and style.item is None and (found := _LISTED.search(css)):
            return replace(style, item=Item(f"{found[1]} {found[3]}", int(found[2])))
        if tag == "caption" or "MsoCaption" in sort:
            return replace(style, captions=True)
        if _element(css) in ("footnote-list", "endnote-list"):
            return replace(style, of_notes=True)
        return style

    def _list(self, node: Any, style: Style) -> List:
        self.lists_seen += 1
        of = style.lists[0].of if style.lists else f"list {self.lists_seen}"
        said = node.attributes
        return List(node.tag == "ol", said.get("type") or "", of, whole(said.get("start"), 1) - 1)

    def _note_number(self, text: str, style: Style) -> None:
        """The number of a footnote, readable without its link: “[1]”."""
        if number := squash_spaces(text).strip("[]() "):
            opens = not any(run.strip() for run, _style in self.runs)
            plain = replace(style, tags=(), href="")
            self.runs.append((f"[{number}]{' ' if opens else ''}", plain))

    def _rule(self, style: Style) -> None:
        self._end_line()
        if not style.of_notes and not self.in_cell:
            self.parts.append(Line("hr"))

    def _picture(self, said: dict[str, str | None]) -> None:
        if self.pictures:
            self._end_line()
            self.parts.append(Picture(said.get("src") or "", said.get("alt") or ""))
        else:
            self.told.add(Told.PICTURES)

    def _end_line(self) -> None:
        runs, self.runs = self.runs, []
        marker, self.marker = self.marker, ""
        style = next((style for run, style in runs if run.strip()), Style())
        heading = style.kind != "p"
        text, html, bold = written(runs, left="b" if heading else "")
        if not text:
            return
        line = Line("p", html, text, bold, style.captions)
        item = style.item
        if heading or item is None:
            if heading:
                line.kind, line.rank = "h", int(style.kind[1])
            put_before(line, marker)
            self.parts.append(line)
        elif not item.begun:
            item.begun = True
            if marker:
                item.marker, item.exact, item.ordered = marker, True, is_counted(marker)
            line.kind, line.item = "li", item
            self.parts.append(line)
        else:
            self._continue(line)

    def _continue(self, line: Line) -> None:
        """A further paragraph of an item stands in it, on a line of its own."""
        last = self.parts[-1] if self.parts else None
        if isinstance(last, Line) and last.kind == "li":
            last.rest.append(line)
        else:
            self.parts.append(line)

    def _table(self, node: Any) -> None:
        self._end_line()
        caption, rows, pictures = self._cells(node)
        self.parts += of_table(caption, rows, self.tables, self.told)
        self.parts += pictures

    def _cells(self, table: Any) -> tuple[str, list[list[Cell]], list[Picture]]:
        """(caption, rows, pictures in the cells) of a table."""
        caption, rows, pictures = "", [], list[Picture]()
        for part in _children(table):
            if part.tag == "caption":
                caption = squash_spaces(clean(part.text()))
            for row in _children(part) if part.tag in ("thead", "tbody", "tfoot") else ():
                if row.tag != "tr":
                    continue
                cells = []
                for node in _children(row):
                    if node.tag not in ("td", "th"):
                        continue
                    reader = Reader(self.tables, self.pictures, in_cell=True, told=self.told)
                    reader.walk(node)
                    lines = [one for one in reader.parts if isinstance(one, Line)]
                    pictures += [one for one in reader.parts if isinstance(one, Picture)]
                    cells.append(Cell.of(node, lines, part.tag == "thead"))
                # Word ends a table whose columns don't meet with a row that has no height.
                if row.attributes.get("height") != "0" or any(cell.text for cell in cells):
                    rows.append(cells)
        return caption, rows, pictures


def _children(node: Any) -> list[Any]:
    return list(node.iter(include_text=True))


def _element(css: str) -> str:
    found = _ELEMENT.search(css) if css else None
    return found[1].lower() if found else ""


def _with(tags: tuple[str, ...], tag: str, on: bool = True) -> tuple[str, ...]:
    if on == (tag in tags):
        return tags
    return (*tags, tag) if on else tuple(one for one in tags if one != tag)


def _address(href: str) -> str:
    """An address that leads somewhere for a reader; empty for those within the source."""
    href = href.strip()
    try:
        scheme = urlsplit(href).scheme.lower()
    except ValueError:
        return ""
    if scheme:
        return href if scheme in SCHEMES else ""
    return href if href.startswith("/") and not href.startswith("//") else ""


def _item(said: dict[str, str | None], style: Style) -> Item:
    if not style.lists:
        return Item("", 1)
    listed = style.lists[-1]
    listed.count = whole(said.get("value"), listed.count + 1)
    item = Item(listed.of, len(style.lists), listed.ordered)
    if listed.ordered:
        lettered = listed.counting if listed.counting in ("a", "A", "i", "I") else ""
        item.marker = counted(listed.count, lettered or "1") + "."
        item.exact = bool(lettered)
    return item
