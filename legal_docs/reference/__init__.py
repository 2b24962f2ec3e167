"""Reference lists of the law: document types and fields. Loading adds, never overwrites.

Types: Luật 64/2025/QH15, Điều 4; Nghị định 30/2020/NĐ-CP, Điều 7. Fields: the 45 subjects of
the official codification (Bộ Pháp điển), in its order.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from django.db import transaction

from legal_docs.models import DocumentType, Field

HERE = Path(__file__).parent


@transaction.atomic
def load() -> None:
    with (HERE / "document_types.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            code = row.pop("code")
            DocumentType.objects.get_or_create(code=code, defaults=_typed(row))
    names = (HERE / "fields.csv").read_text(encoding="utf-8").splitlines()
    for order, name in enumerate(names, start=1):
        Field.objects.get_or_create(name=name, parent=None, defaults={"order": order})


def _typed(row: dict[str, str]) -> dict[str, object]:
    values: dict[str, object] = dict(row)
    for name in ("normative", "has_validity"):
        values[name] = row[name] == "1"
    for name in ("used_from", "used_to"):
        values[name] = dt.date.fromisoformat(row[name]) if row[name] else None
    values["rank"] = int(row["rank"])
    return values
