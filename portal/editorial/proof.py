"""Everything that must be true of the ledger and of what is live, and each fault in words.

Found here is what somebody with full rights on database and disk changed: a line, an approval, a
published content, a row, a text, a provision, a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Max, OuterRef

from . import checkpoints, ledger, protection
from .acts import UP
from .authority import approval_facts
from .evidence import all_evidence
from .models import FrozenContent, PublicationRecord, publishable_models


def chain_faults() -> Iterator[str]:
    """Triggers, lines, checkpoints: quick enough for every hour."""
    for name in protection.missing():
        yield f"cơ sở dữ liệu: thiếu hoặc sai trigger {name}"
    for number in ledger.broken_lines():
        yield f"dòng {number} đã bị sửa hoặc không nối với dòng trước nó"
    yield from checkpoints.faults()


def content_faults() -> Iterator[str]:
    """Approvals, published contents, live rows, texts, files."""
    yield from _approvals()
    yield from _contents()
    yield from _items()
    for evidence in all_evidence():
        yield from evidence.faults()


def _approvals() -> Iterator[str]:
    lines = PublicationRecord.objects.filter(format__gte=2, approval__isnull=False)
    for line in lines.select_related("approval").iterator(chunk_size=2000):
        if approval_facts(line.approval) != line.authority:
            yield f"duyệt {line.approval_id} không còn như dòng {line.number} đã ghi"


def _contents() -> Iterator[str]:
    for row in FrozenContent.objects.iterator(chunk_size=500):
        if hashlib.sha256(row.text.encode("utf-8", "replace")).hexdigest() != row.hash:
            yield f"nội dung đã đăng {row.hash[:12]} đã bị sửa"
    kept = FrozenContent.objects.filter(hash=OuterRef("content_hash"))
    lines = PublicationRecord.objects.filter(~Exists(kept), format__gte=2)
    for number in lines.order_by("number").values_list("number", flat=True):
        yield f"nội dung của dòng {number} không còn"


def _items() -> Iterator[str]:
    newest = _newest_lines()
    for model in publishable_models():
        kind = ContentType.objects.get_for_model(model)
        up = {pk: line for (ct, pk), line in newest.items() if ct == kind.pk and line.act in UP}
        rows = model._base_manager.filter(live=True).select_related("publication_record")
        for item in rows.iterator(chunk_size=200):
            line = up.pop(item.pk, None)
            if line is None or line.pk != item.publication_record_id:
                yield f"{item} đang đăng mà dòng mới nhất của nó trong sổ không nói thế"
            elif item.live_hash() != line.content_hash:
                yield f"{item} khác với nội dung đã duyệt ở dòng {line.number}"
        for line in up.values():
            yield f"{line.label} (dòng {line.number}) phải đang đăng mà không còn"


class _Line(NamedTuple):
    """What is compared of a line; a ledger has many."""

    content_type_id: int
    object_id: int
    pk: int
    number: int
    act: str
    content_hash: str
    label: str


def _newest_lines() -> dict[tuple[int, int], _Line]:
    groups = PublicationRecord.objects.order_by().values("content_type", "object_id")
    numbers = groups.annotate(newest=Max("number")).values("newest")
    rows = PublicationRecord.objects.filter(number__in=numbers).values_list(*_Line._fields)
    lines = (_Line(*row) for row in rows.iterator())
    return {(line.content_type_id, line.object_id): line for line in lines}
