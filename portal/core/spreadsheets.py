"""Cells of exported tables. Pure: no Django."""

from __future__ import annotations

from typing import Final

#: A spreadsheet takes a cell that begins so for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: object) -> str:
    """A cell that no spreadsheet runs; nothing for None.

    >>> harmless("=1+1"), harmless("Điều 5"), harmless(0), harmless(None)
    ("'=1+1", 'Điều 5', '0', '')
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
