"""Writes and checks the ledger of publications. The only place that adds a line."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence

from django.db import connection, transaction

from portal.core.batching import batched

from .freezing import GENESIS
from .models import FrozenContent, PublicationRecord


def append(
    lines: Sequence[PublicationRecord], contents: Mapping[str, str] | None = None
) -> list[PublicationRecord]:
    """Number, seal, chain and insert lines in order; call inside the transaction of what they
    prove. ``contents`` holds the canonical form of new contents by their hash."""
    if not lines:
        return []
    with transaction.atomic():
        _one_writer()
        _keep(contents or {})
        last = PublicationRecord.objects.order_by("-number").first()
        number, previous = (last.number, last.hash) if last else (0, GENESIS)
        for line in lines:
            number += 1
            line.number, line.previous_hash, line.salt = number, previous, secrets.token_hex(32)
            line.hash = previous = line.expected_hash(previous)
        return PublicationRecord.objects.bulk_create(lines, batch_size=200)


def _keep(contents: Mapping[str, str]) -> None:
    hashes = sorted(contents)
    known: set[str] = set()
    for some in batched(hashes):
        found = FrozenContent.objects.filter(hash__in=some)
        known |= set(found.values_list("hash", flat=True))
    new = [FrozenContent(hash=key, text=contents[key]) for key in hashes if key not in known]
    FrozenContent.objects.bulk_create(new, batch_size=200)


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


def broken_lines(after: int = 0, previous: str = GENESIS) -> Iterator[int]:
    """Numbers of lines that do not follow from the line before them; none when all is well."""
    expected = after + 1
    lines = PublicationRecord.objects.filter(number__gt=after).order_by("number")
    for line in lines.iterator(chunk_size=2000):
        if (
            line.number != expected
            or line.previous_hash != previous
            or line.hash != line.expected_hash(previous)
        ):
            yield line.number
        expected, previous = line.number + 1, line.hash
