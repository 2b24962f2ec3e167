"""Tables as files: CSV and Excel workbooks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from .spreadsheets import harmless

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """``name``.csv, in UTF-8 with the mark by which spreadsheets know it."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([str(one) for one in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + stream.getvalue(), content_type="text/csv; charset=utf-8")
    return _named(response, f"{name}.csv")


def xlsx_response(
    name: str, sheet_name: str, head: Sequence[str], rows: Iterable[Sequence[object]]
) -> HttpResponse:
    """``name``.xlsx with one sheet; numbers stay numbers, words never become formulas."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(sheet_name)
    sheet.append([str(one) for one in head])
    for row in rows:
        sheet.append([harmless(one) if isinstance(one, str) else one for one in row])
    stream = io.BytesIO()
    book.save(stream)
    return _named(HttpResponse(stream.getvalue(), content_type=_XLSX), f"{name}.xlsx")


def _named(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
