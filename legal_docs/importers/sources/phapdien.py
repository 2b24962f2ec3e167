"""Bộ Pháp điển: documents rebuilt as lists of articles."""

from __future__ import annotations

import re

from legal_docs import numbering
from legal_docs.importers.records import (
    IncomingRelation,
    IncomingWork,
    Rejected,
    SourceRecord,
    bad_record,
    day_of,
    hash_of,
    text_of,
)
from legal_docs.structure import blocks_from_articles
from portal.core import text

PAGE = "https://vbpl.vn/TW/Pages/vbpq-toanvan.aspx?ItemID={}"
_TOPIC = re.compile(r"^(\d+)\.\d+\s+(.+)$")


def from_record(record: dict, where: str) -> SourceRecord:
    number, issued = record.get("so_ky_hieu"), record.get("ngay_ban_hanh")
    source_id = str(record.get("vbpl_id") or "").strip()
    if not source_id and number:
        # Some records lost their id; number and date tell them apart in this source.
        source_id = f"so:{number}|{issued or ''}"[:255]
    if not source_id:
        return bad_record("phapdien", where, f"{where}: thiếu vbpl_id và số, ký hiệu.")
    return SourceRecord(
        "phapdien",
        source_id,
        str(record.get("so_ky_hieu") or ""),
        hash_of(record),
        lambda: build(record),
    )


def build(record: dict) -> IncomingWork:
    """Raises Rejected when the record can't be a document."""
    articles = record.get("dieu") or []
    if not isinstance(articles, list) or not all(isinstance(row, dict) for row in articles):
        raise Rejected("Trường “dieu” phải là danh sách các điều.")
    number = text_of(record, "so_ky_hieu")
    subject = text_of(record, "trich_yeu")
    if not number:
        number, subject = _number_in_subject(subject)
    if not number and not subject:
        raise Rejected("Không có số, ký hiệu và cũng không có trích yếu.")
    issuer = text_of(record, "co_quan")
    return IncomingWork(
        number=number,
        type_name=text_of(record, "loai"),
        issuers=(issuer,) if issuer else (),
        subject=text.squash_spaces(text.clean(subject)) or number,
        issued=day_of(record.get("ngay_ban_hanh"), "Ngày ban hành"),
        in_force=day_of(record.get("ngay_hieu_luc"), "Ngày có hiệu lực"),
        fields=tuple(topic(str(name)) for name in record.get("de_muc") or ()),
        source_url=PAGE.format(record["vbpl_id"]) if record.get("vbpl_id") else "",
        blocks=blocks_from_articles(articles) if articles else (),
        relations=tuple(
            IncomingRelation("sua_doi_bo_sung", acts=False, number=str(other), whole=False)
            for other in record.get("duoc_sua_doi_boi") or ()
            if other and other != number
        ),
    )


def _number_in_subject(subject: str) -> tuple[str, str]:
    """Records without a number have it at the head of the subject: “53 /2025/TT-BCT Quy định …”."""
    for match in numbering.find(subject[:80]):
        if subject[: match.start].strip(" :").lower() in ("", "số"):
            return numbering.format(match.number), subject[match.end :].strip(" -–:")
    return "", subject


def topic(name: str) -> str:
    """“36.3 Thanh niên” → “36/Thanh niên”: the field by its number, the topic by name."""
    match = _TOPIC.match(name.strip())
    return f"{match[1]}/{match[2]}" if match else name.strip()
