"""The lists of words that the portal comes with; loading adds and never overwrites.

``words.csv``: what is typed (``other``), what it stands for (``canonical``), how (``kind``) and
where (``rule``), see ``search.understanding.synonyms``. Abbreviations and groups follow what the
study of the domain found; everyday words were written for this portal. ``never_equal.csv``: pairs
that law keeps apart. ``law_nicknames.csv``: what people call a law. ``province_nicknames.csv``:
what people call a province.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.db import transaction

from search.models import Kept, NeverEqual, WordPair

HERE = Path(__file__).parent


@transaction.atomic
def load() -> int:
    """Add what is missing; a row that an editor set aside or changed stays as it is."""
    pairs = [
        WordPair(typed=row["other"], meant=row["canonical"], strength=row["kind"], rule=row["rule"])
        for row in rows("words.csv")
    ]
    never = [NeverEqual(one=row["one"], other=row["other"]) for row in rows("never_equal.csv")]
    return _add(WordPair, pairs) + _add(NeverEqual, never)


def _add(model: type[Kept], wanted: list) -> int:
    known = set(model.objects.values_list("origin", flat=True))
    known |= set(model.objects.values_list("key", flat=True))
    fresh = {}
    for row in wanted:
        row.key = row.origin = row.make_key()
        if row.key not in known:
            fresh[row.key] = row
    model.objects.bulk_create(fresh.values(), batch_size=300)
    return len(fresh)


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of one list."""
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


@lru_cache(maxsize=1)
def law_nicknames() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What people call a law, with the names of the laws that may be meant."""
    return tuple((row["said"], tuple(row["names"].split("|"))) for row in rows("law_nicknames.csv"))
