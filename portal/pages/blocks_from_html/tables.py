"""Tables: their cells by row and column, what names the rows and columns, what they are called."""

from __future__ import annotations

import re
from collections import deque
from html import escape
from typing import Any, Final, TypeGuard

from portal.core.text import squash_spaces

from .parts import DIVIDER, Cell, Grid, Line, Part, Table, Told

#: Cells of one table; a larger one is given as paragraphs.
MOST_CELLS: Final = 20_000
_CAPTION: Final = re.compile(
    r"(?:bảng|biểu|table)\s+(?:số\s+)?[\dIVX]+(?:[.\-–]\d+)*\s*[.:–-]", re.I
)
_OF_PICTURE: Final = re.compile(r"(?:hình|ảnh|sơ đồ|biểu đồ|figure|picture)\b", re.I)
_LONGEST_CAPTION: Final = 250


def of_table(caption: str, rows: list[list[Cell]], tables: bool, told: set[Told]) -> list[Part]:
    """A table, or the lines that are left of one that only frames them."""
    before: list[Part] = [_plain(caption, bold=True)] if caption else []
    grid = _grid(rows) if tables else None
    if grid is None:
        lines = [line for row in rows if (line := _row_as_line(row))]
        if any(DIVIDER in line.text for line in lines):
            told.add(Told.ROWS)
        return [*before, *lines]
    grid = _without_repeats(grid)
    if not grid or len(grid[0]) == 1:
        return [*before, *(line for row in grid for cell in row if cell for line in cell.lines)]
    if not any(cell and cell.text for row in grid for cell in row):
        return before
    first = grid[0][0]
    if first and not caption and len(grid) > 2 and _is_band(grid[0]) and first.stands_out:
        caption, grid = squash_spaces(first.text), grid[1:]
    return [Table(_value(grid, caption, told))]


def _plain(text: str, bold: bool = False) -> Line:
    html = escape(text, quote=False)
    return Line("p", f"<b>{html}</b>" if bold else html, text, bold)


def _row_as_line(row: list[Cell]) -> Line | None:
    said = [cell for cell in row if cell.text]
    text = DIVIDER.join(squash_spaces(cell.text) for cell in said)
    return _plain(text, all(cell.stands_out for cell in said)) if text else None


def _grid(rows: list[list[Cell]]) -> Grid | None:
    """The cells by row and column, each on every place that it covers; None when it is too large."""
    grid: Grid = []
    below: dict[int, tuple[Cell, int]] = {}
    for number, row in enumerate(rows):
        line: list[Cell | None] = []
        coming: dict[int, tuple[Cell, int]] = {}
        waiting = deque(row)
        across, last = 0, max(below, default=-1)
        while across or waiting or len(line) <= last:
            cell: Cell | None = None
            more = 0
            if len(line) in below:
                (cell, more), across = below[len(line)], 0
            elif across or waiting:
                if not across:
                    across = max(waiting[0].across, 1)
                cell, across = waiting[0], across - 1
                more = min(cell.down or len(rows), len(rows) - number) - 1
                if not across or len(line) + 1 in below:
                    waiting.popleft()
                    across = 0
            if cell and more:
                coming[len(line)] = (cell, more - 1)
            line.append(cell)
            if len(line) * len(rows) > MOST_CELLS:
                return None
        below = coming
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    return [line + [None] * (width - len(line)) for line in grid]


def _without_repeats(grid: Grid) -> Grid:
    """The grid without columns and rows that only say again what stands before them: Word makes
    them where the columns of two rows don't meet."""
    rows = [row for n, row in enumerate(grid) if not n or row != grid[n - 1]]
    if not rows:
        return []
    columns = list(zip(*rows, strict=True))
    kept = [column for n, column in enumerate(columns) if not n or column != columns[n - 1]]
    return [list(row) for row in zip(*kept, strict=True)]


def _is_band(row: list[Cell | None]) -> bool:
    return len(row) > 1 and row[0] is not None and all(cell is row[0] for cell in row)


def _value(grid: Grid, caption: str, told: set[Told]) -> dict[str, Any]:
    """The value of a table block. It knows no merged cells: their words stand in every cell that
    they covered, but once in a row that is one cell from side to side."""
    heads = _head_rows(grid)
    by_column = bool(heads) or None
    data = [_texts(row) for row in grid]
    if _is_merged(grid):
        told.add(Told.MERGED)
    if heads > 1:
        named = [
            dict.fromkeys(t for t in column if t) for column in zip(*data[:heads], strict=True)
        ]
        data[:heads] = [[DIVIDER.join(names) for names in named]]
    by_row = _has_head_column(grid[heads:])
    choice = {(True, True): "both", (True, False): "row", (False, True): "column"}
    return {
        "data": data, "cell": [], "mergeCells": [], "table_caption": caption,
        "first_row_is_table_header": bool(by_column), "first_col_is_header": by_row,
        "table_header_choice": choice.get((bool(by_column), by_row), "neither"),
    }  # fmt: skip


def _texts(row: list[Cell | None]) -> list[str]:
    texts = [cell.text if cell else "" for cell in row]
    return [texts[0]] + [""] * (len(texts) - 1) if _is_band(row) else texts


def _is_merged(grid: Grid) -> bool:
    seen: set[int] = set()
    for row in grid:
        for cell in row:
            if cell is not None and cell.text and id(cell) in seen:
                return True
            seen.add(id(cell))
    return False


def _head_rows(grid: Grid) -> int:
    """How many rows at the top name the columns; none when there would be nothing below them."""
    count = 0
    while count < len(grid) and all(cell.in_head for cell in grid[count] if cell):
        count += 1
    below = [cell for row in grid[1:] for cell in row if cell and cell.text]
    if not count and _all_stand_out(grid[0]) and not all(cell.stands_out for cell in below):
        count = 1
    while 0 < count < len(grid) and any(
        cell and cell is above for cell, above in zip(grid[count], grid[count - 1], strict=True)
    ):
        count += 1
    return count if count < len(grid) else 0


def _has_head_column(body: Grid) -> bool:
    first = {row[0] for row in body if not _is_band(row)}
    others = [cell for row in body for cell in row[1:] if cell and cell.text and cell not in first]
    if not first or not others or all(cell.stands_out for cell in others):
        return False
    return all(cell and cell.text and cell.stands_out for cell in first)


def _all_stand_out(row: list[Cell | None]) -> bool:
    said = [cell for cell in row if cell and cell.text]
    return bool(said) and all(cell.stands_out for cell in said)


def captioned(parts: list[Part]) -> list[Part]:
    """The parts, with captions that stand before or after their table as lines put into it."""
    taken: set[int] = set()
    for number, part in enumerate(parts):
        if not isinstance(part, Table) or part.value["table_caption"]:
            continue
        above = parts[number - 1] if number and number - 1 not in taken else None
        below, beyond = (*parts[number + 1 : number + 3], None, None)[:2]
        line, at = above, number - 1
        # The one below may be that of the next table.
        if not _is_caption(above) and isinstance(below, Line) and below.captions:
            line, at = (None if isinstance(beyond, Table) else below), number + 1
        if _is_caption(line):
            part.value["table_caption"] = squash_spaces(line.text)
            taken.add(at)
    return [part for number, part in enumerate(parts) if number not in taken]


def _is_caption(part: Part | None) -> TypeGuard[Line]:
    """Tell the caption of a table from that of a picture and from other lines."""
    if not isinstance(part, Line) or part.kind != "p" or len(part.text) > _LONGEST_CAPTION:
        return False
    if _CAPTION.match(part.text):
        return True
    return part.captions and not _OF_PICTURE.match(part.text)
