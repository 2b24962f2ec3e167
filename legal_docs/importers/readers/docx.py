"""Word .docx to blocks: paragraphs, tables, automatic numbers, footnotes, tracked changes."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from legal_docs.structure import Block, clean
from portal.core.legacy_encodings import decode, font_encoding

from .docx_numbering import _W, Numbering, _value
from .errors import ReadFile, UnreadableFile
from .html import _merge

_ALIGN = {
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "left": "left",
    "start": "left",
}
_SKIP = {
    f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr")
}
_OFF = ("0", "false", "none", "off")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Run = tuple[str, tuple[str, ...]]


def read_docx(path: Path) -> ReadFile:
    """Return the blocks of a checked .docx; insertions are taken, deletions dropped."""
    import docx

    try:
        document = docx.Document(str(path))
        reader = _Reader(document)
        blocks = reader.read(document.element.body)
    except UnreadableFile:
        raise
    except Exception as error:  # python-docx and lxml raise many kinds on damaged parts
        raise UnreadableFile(
            "damaged", "Tệp Word (.docx) bị hỏng bên trong, không đọc được nội dung."
        ) from error
    if not any(block.text for block in blocks):
        raise UnreadableFile(
            "no-text", "Tệp Word không có nội dung chữ nào (có thể chỉ chứa ảnh quét)."
        )
    return ReadFile(blocks, "docx", _MEDIA, reader.warnings())


class _Reader:
    def __init__(self, document: Any) -> None:
        self.fonts = _style_fonts(document.styles.element)
        self.numbering = Numbering(_part(document, "/numbering"), document.styles.element)
        self.notes = _notes(_part(document, "/footnotes"))
        self.used_notes: list[str] = []
        self.legacy: set[str] = set()
        self.tracked = False

    def warnings(self) -> list[str]:
        found: list[str] = []
        if self.legacy:
            names = ", ".join(
                sorted({"VNI" if kind == "vni" else "TCVN3 (ABC)" for kind in self.legacy})
            )
            found.append(
                f"Văn bản dùng phông {names} đã được chuyển sang Unicode; cần soát lại dấu."
            )
        if self.tracked:
            found.append(
                "Tệp có nội dung sửa đổi theo dõi (track changes): lấy phần thêm, bỏ phần xóa."
            )
        return found

    def read(self, body: Any) -> list[Block]:
        blocks: list[Block] = []
        for element in _flow(body):
            if element.tag == f"{_W}p":
                blocks.extend(self.paragraph(element))
            else:
                blocks.append(self.table(element, 0))
        for number, note in enumerate(self.used_notes, 1):
            blocks.append(Block(f"[{number}] {note}", role="content"))
        return blocks

    def paragraph(self, element: Any) -> list[Block]:
        properties = element.find(f"{_W}pPr")
        style = _value(properties, f"{_W}pStyle") or "" if properties is not None else ""
        boxes: list[Any] = []
        runs = self._runs(element, self.fonts.get(style, ""), boxes)
        label = self.numbering.label(element)
        if label and "".join(text for text, _ in runs).strip():
            tags = next((tags for text, tags in runs if text.strip()), ())
            runs.insert(0, (clean(label) + " ", tags))
        text, html, bold, italic = _merge(runs)
        blocks: list[Block] = []
        if text:
            jc = _value(properties, f"{_W}jc") if properties is not None else None
            align: Any = _ALIGN.get(jc or "", "")
            bold = bold or style.lower().startswith(("heading", "title"))
            blocks.append(Block(text, html=html, align=align, bold=bold, italic=italic))
        for box in boxes:
            for inner in _flow(box):
                blocks.extend(
                    self.paragraph(inner) if inner.tag == f"{_W}p" else [self.table(inner, 1)]
                )
        return blocks

    def _runs(self, paragraph: Any, font: str, boxes: list[Any]) -> list[Run]:
        runs: list[Run] = []
        stack: list[tuple[Any, tuple[str, ...], str]] = [
            (c, (), font) for c in reversed(list(paragraph))
        ]
        while stack:
            element, tags, face = stack.pop()
            tag = element.tag
            if tag in _SKIP or tag == _FALLBACK or not isinstance(tag, str):
                self.tracked = self.tracked or tag in (f"{_W}del", f"{_W}moveFrom")
                continue
            if tag == f"{_W}ins":
                self.tracked = True
            if tag == f"{_W}txbxContent":
                boxes.append(element)
                continue
            if tag == f"{_W}t":
                runs.append((self._text(element.text or "", face), tags))
            elif tag == f"{_W}tab":
                runs.append((" ", tags))
            elif tag in (f"{_W}br", f"{_W}cr"):
                runs.append(("\n", tags))
            elif tag == f"{_W}noBreakHyphen":
                runs.append(("-", tags))
            elif tag == f"{_W}sym":
                runs.append(("", tags))
            elif tag == f"{_W}footnoteReference":
                note = self.notes.get(element.get(f"{_W}id") or "")
                if note:
                    self.used_notes.append(note)
                    runs.append((f"[{len(self.used_notes)}]", ("sup",)))
            else:
                if tag == f"{_W}r":
                    tags, face = _run_style(element, face, self.fonts)
                stack.extend((child, tags, face) for child in reversed(list(element)))
        return runs

    def _text(self, text: str, face: str) -> str:
        kind = font_encoding(face) if face else ""
        if kind and not text.isascii():
            decoded = decode(text, kind)
            if decoded != text:
                self.legacy.add(kind)
            return decoded
        return text.upper() if kind == "tcvn3-caps" else text

    def table(self, element: Any, depth: int) -> Block:
        """Return a table with its merged cells as colspan and rowspan."""
        grid: list[list[tuple[str, int, str]]] = []
        for row in element.iter(f"{_W}tr") if depth == 0 else element.findall(f"{_W}tr"):
            if depth == 0 and _table_of(row) is not element:
                continue
            cells: list[tuple[str, int, str]] = []
            for cell in _cells(row):
                properties = cell.find(f"{_W}tcPr")
                span = _value(properties, f"{_W}gridSpan") or "1"
                merge = properties.find(f"{_W}vMerge") if properties is not None else None
                kind = "" if merge is None else (merge.get(f"{_W}val") or "continue")
                cells.append((self._cell(cell, depth), int(span) if span.isdecimal() else 1, kind))
            grid.append(cells)
        rows = tuple(tuple(text for text, _, kind in row if kind != "continue") for row in grid)
        text = "\n".join("\t".join(cell.replace("\n", " ") for cell in row) for row in rows)
        return Block(text, kind="table", html=_grid_html(grid), rows=rows)

    def _cell(self, cell: Any, depth: int) -> str:
        parts: list[str] = []
        for element in _flow(cell):
            if element.tag == f"{_W}p":
                parts.extend(block.text for block in self.paragraph(element))
            elif depth < 3:
                parts.append(self.table(element, depth + 1).text)
        return "\n".join(part for part in parts if part)


def _table_of(row: Any) -> Any:
    parent = row.getparent()
    while parent is not None and parent.tag != f"{_W}tbl":
        parent = parent.getparent()
    return parent


def _cells(row: Any) -> list[Any]:
    cells: list[Any] = []
    for child in row:
        if child.tag == f"{_W}tc":
            cells.append(child)
        elif child.tag == f"{_W}sdt":
            cells.extend(child.iter(f"{_W}tc"))
    return cells


def _flow(parent: Any) -> list[Any]:
    """Paragraphs and tables in order, through content controls and insertions."""
    found: list[Any] = []
    stack = list(reversed(list(parent)))
    while stack:
        element = stack.pop()
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            found.append(element)
        elif element.tag in (
            f"{_W}sdt",
            f"{_W}sdtContent",
            f"{_W}ins",
            f"{_W}customXml",
            f"{_W}smartTag",
        ):
            stack.extend(reversed(list(element)))
    return found


def _on(properties: Any, name: str) -> bool:
    found = properties.find(f"{_W}{name}")
    return found is not None and (found.get(f"{_W}val") or "1") not in _OFF


def _run_style(run: Any, face: str, fonts: dict[str, str]) -> tuple[tuple[str, ...], str]:
    properties = run.find(f"{_W}rPr")
    if properties is None:
        return (), face
    tags: list[str] = [name for name in ("b", "i", "u") if _on(properties, name)]
    vertical = _value(properties, f"{_W}vertAlign")
    if vertical in ("superscript", "subscript"):
        tags.append("sup" if vertical == "superscript" else "sub")
    style = _value(properties, f"{_W}rStyle")
    face = _font_of(properties) or fonts.get(style or "", "") or face
    return tuple(tags), face


def _font_of(properties: Any) -> str:
    fonts = properties.find(f"{_W}rFonts") if properties is not None else None
    if fonts is None:
        return ""
    return fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi") or ""


def _style_fonts(root: Any) -> dict[str, str]:
    """Font by style id, inherited; "" is the document default."""
    own: dict[str, str] = {}
    based: dict[str, str] = {}
    default = _font_of(root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
    for style in root.iter(f"{_W}style"):
        style_id = style.get(f"{_W}styleId") or ""
        own[style_id] = _font_of(style.find(f"{_W}rPr"))
        based[style_id] = _value(style, f"{_W}basedOn") or ""
        if style.get(f"{_W}default") == "1" and style.get(f"{_W}type") == "paragraph":
            default = own[style_id] or default
    fonts = {"": default}
    for style_id in own:
        at, face = style_id, ""
        for _ in range(12):
            face = own.get(at, "")
            at = based.get(at, "")
            if face or not at:
                break
        fonts[style_id] = face or default
    return fonts


def _part(document: Any, relation: str) -> Any:
    """The XML root of a related part (".../numbering", ".../footnotes"), None when absent."""
    from lxml import etree

    for rel in document.part.rels.values():
        if rel.reltype.endswith(relation) and not rel.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            return etree.fromstring(rel.target_part.blob, parser)
    return None


def _notes(root: Any) -> dict[str, str]:
    if root is None:
        return {}
    notes: dict[str, str] = {}
    for note in root.iter(f"{_W}footnote"):
        if note.get(f"{_W}type"):
            continue
        text = clean("".join(t.text or "" for t in note.iter(f"{_W}t"))).strip()
        notes[note.get(f"{_W}id") or ""] = text
    return notes


def _grid_html(grid: list[list[tuple[str, int, str]]]) -> str:
    spans = _row_spans(grid)
    parts = ["<table><tbody>"]
    for at, row in enumerate(grid):
        parts.append("<tr>")
        column = 0
        for text, span, kind in row:
            if kind != "continue":
                attributes = f' colspan="{span}"' if span > 1 else ""
                down = spans.get((at, column), 1)
                attributes += f' rowspan="{down}"' if down > 1 else ""
                inner = escape(text, quote=False).replace("\n", "<br>")
                parts.append(f"<td{attributes}>{inner}</td>")
            column += span
        parts.append("</tr>")
    parts.append("</tbody></table>")
    return "".join(parts)


def _row_spans(grid: list[list[tuple[str, int, str]]]) -> dict[tuple[int, int], int]:
    spans: dict[tuple[int, int], int] = {}
    open_at: dict[int, int] = {}
    for at, row in enumerate(grid):
        column = 0
        for _, span, kind in row:
            if kind == "restart":
                open_at[column] = at
                spans[at, column] = 1
            elif kind == "continue" and column in open_at:
                spans[open_at[column], column] += 1
            else:
                open_at.pop(column, None)
            column += span
    return spans
