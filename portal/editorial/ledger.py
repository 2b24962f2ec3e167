"""Writes and checks the ledger of publications. The only place that adds a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import connection, transaction

from .freezing import chain
from .models import PublicationRecord

GENESIS = "0" * 64


def append(lines: Sequence[PublicationRecord]) -> list[PublicationRecord]:
    """Number, chain and insert lines in order; call inside the transaction of what they prove."""
    if not lines:
        return []
    with transaction.atomic():
        _one_writer()
        last = PublicationRecord.objects.order_by("-number").first()
        number, previous = (last.number, last.hash) if last else (0, GENESIS)
        for line in lines:
            number += 1
            line.number, line.previous_hash = number, previous
            line.hash = previous = chain(previous, line.chained_content())
        return PublicationRecord.objects.bulk_create(lines, batch_size=500)


def newest_number() -> int:
    """Number of the newest line, 0 in an empty ledger; plain SQL, asked for each public page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(number) FROM editorial_publicationrecord")
        return cursor.fetchone()[0] or 0


def _one_writer() -> None:
    """Two writers would chain to the same line; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7202411)")


def broken_lines() -> Iterator[int]:
    """Numbers of lines that do not follow from the line before them; none when all is well."""
    expected, previous = 1, GENESIS
    for line in PublicationRecord.objects.order_by("number").iterator(chunk_size=2000):
        if (
            line.number != expected
            or line.previous_hash != previous
            or line.hash != chain(previous, line.chained_content())
        ):
            yield line.number
        expected, previous = line.number + 1, line.hash
