"""Documents and directives: drafts, live ones (approved by a second person), withdrawn ones."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from django.core.files.base import ContentFile

from directives.models import Directive
from legal_docs import expressions
from legal_docs.models import DocumentType, LegalDocument, Manifestation, Relation
from legal_docs.structure import blocks_from_text
from portal.editorial import publishing
from portal.editorial.models import Mandate

from .people import House

ARTICLES = (
    "Điều 1. Phạm vi điều chỉnh\nVăn bản này quy định về {topic}.\n"
    "Điều 2. Hiệu lực thi hành\nVăn bản này có hiệu lực từ ngày ký."
)
TYPES = {
    "thong-tu": ("Thông tư", "TT", "legal", True),
    "luat": ("Luật", "L", "legal", True),
    "chi-thi": ("Chỉ thị", "CT", "directive", False),
}


def document_type(code: str = "thong-tu") -> DocumentType:
    label, abbreviation, work_class, validity = TYPES[code]
    row, _made = DocumentType.objects.get_or_create(
        code=code,
        defaults={
            "name": label,
            "label": label,
            "abbreviation": abbreviation,
            "work_class": work_class,
            "has_validity": validity,
            "normative": work_class == "legal",
            "rank": 20,
        },
    )
    return row


def document(at: House, number: str = "01/2031/TT-BTN", **fields) -> LegalDocument:
    """A draft of unit A with a text, written by its clerk; ``live=True`` publishes it."""
    defaults = {
        "type": document_type(),
        "subject": "Quy định về phơi hạt mít",
        "issued": dt.date(2031, 1, 5),
        "in_force": dt.date(2031, 2, 1),
    }
    return _work(LegalDocument, at, number, defaults | fields)


def directive(at: House, number: str = "02/CT-BTN", **fields) -> Directive:
    defaults = {
        "type": document_type("chi-thi"),
        "subject": "Về việc phơi hạt mít",
        "issued": dt.date(2031, 1, 5),
    }
    return _work(Directive, at, number, defaults | fields)


def _work(model, at: House, number: str, fields: dict):
    live, text = fields.pop("live", False), fields.pop("text", None)
    author, units = fields.pop("author", None), fields.pop("units", ())
    topics = fields.pop("fields", ())
    fields.setdefault("owner", at.a)
    fields.setdefault("lead_issuer", at.issuer)
    work = model(number=number, **fields)
    work.issuers = [work.lead_issuer]
    work.audience_units = list(units)
    work.fields = list(topics)
    work.save()
    with_text(work, text if text is not None else ARTICLES.format(topic=work.subject))
    author = author or (at.clerk_b if work.owner == at.b else at.clerk_a)
    work.save_revision(user=author, clean=False)
    return publish(work, at) if live else work


def with_text(work, text: str):
    if text:
        expressions.replace_draft(work, blocks_from_text(text))
    return work


def publish(work, at: House):
    """Publish the newest draft by the head of its unit; returns the row anew."""
    head = at.head_b if work.owning_unit == at.b else at.head_a
    seen = work.get_latest_revision_as_object().approval_hash()
    publishing.publish(work, publishing.approve(work, head, seen), by=head)
    return type(work).objects.get(pk=work.pk)


def withdraw(work, at: House):
    head = at.head_b if work.owning_unit == at.b else at.head_a
    publishing.withdraw_by(work, head, "Đăng nhầm")
    return type(work).objects.get(pk=work.pk)


def attach_file(
    work, name: str = "ban-ky.pdf", content: bytes = b"%PDF-1.4 bi mat"
) -> Manifestation:
    """A file that waits with the draft."""
    row = Manifestation(
        work=work.identity,
        name=name,
        media_type="application/pdf",
        extension="pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    row.file.save(name, ContentFile(content), save=False)
    row.save()
    return row


def relate(work, kind: str, target, **fields) -> Relation:
    """An edge that ``work`` states; it waits with the draft."""
    relation = Relation(
        source=work.identity, target=target.identity, kind=kind, stated_by=work.identity, **fields
    )
    relation.save()
    return relation


def mandate(at: House, *, files: list[Path] | None = None, folder: Path | None = None, **fields):
    """An approved mandate of unit A over some files, or over a folder."""
    from portal.editorial.manifest import manifest_hash

    row = Mandate.objects.create(
        title="Chuyển dữ liệu thử",
        source="Hệ thống cũ",
        authority="Quyết định 1/QĐ-BTN",
        manifest=manifest_hash(files) if files else "",
        folder=str(folder or ""),
        owner=fields.pop("owner", at.a),
        valid_until=fields.pop("valid_until", dt.date(2099, 1, 1)),
        proposed_by=at.clerk_a,
    )
    if fields.pop("approved", True):
        row.approve(at.head_a)
    return row
