"""A list of results as a table or a feed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from portal.core.spreadsheets import harmless
from search.engine import engine
from search.plan import SearchPlan
from search.second_stage import led
from search.showing import Result, visible_results

ROWS: Final = 1000
_AT_ONCE: Final = 200


def rows_of(plan: SearchPlan, most: int = ROWS) -> Iterator[Result]:
    """The first results of a plan, asked for in large pages; the order is made once.

    Raises:
        EngineError: the engine cannot answer now.
    """
    plan = replace(led(plan), facets=())
    size = min(_AT_ONCE, most)
    for page in range(1, -(-most // size) + 1):
        hits = engine().search(replace(plan, page=page, page_size=size))
        yield from visible_results(hits, plan)
        if page * size >= hits.total:
            return


def table_of(results: Iterator[Result], head: tuple[str, ...], base: str, statuses: dict) -> str:
    """The results as CSV, with the mark by which spreadsheets know UTF-8."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(head)
    for result in results:
        work = result.work
        writer.writerow(
            harmless(cell)
            for cell in (
                work.type.label,
                work.number,
                work.subject,
                work.lead_issuer.name,
                _day(work.issued),
                _day(getattr(work, "in_force", None)),
                statuses.get(work.status_code, ""),
                result.ended_by.title if result.ended_by else "",
                "; ".join(part.label for part in result.parts),
                f"{base}{work.get_absolute_url()}",
            )
        )
    return "\ufeff" + stream.getvalue()


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
