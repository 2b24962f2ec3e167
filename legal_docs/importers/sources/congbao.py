"""Công báo: metadata with typed relations, tables of contents, and full texts of gazette PDFs."""

from __future__ import annotations

import re

from legal_docs import numbering
from legal_docs.importers.proposing import complete
from legal_docs.importers.records import (
    IncomingRelation,
    IncomingWork,
    Rejected,
    SourceRecord,
    day_of,
    hash_of,
    text_of,
)
from legal_docs.structure import blocks_from_text
from portal.core import text

#: Label of the gazette's site → (kind, does the document on whose page it stands act?, whole?).
LABELS: dict[str, tuple[str, bool, bool]] = {
    "van ban dan chieu": ("dan_chieu", True, True),
    "van ban can cu": ("can_cu", True, True),
    "van ban huong dan": ("quy_dinh_chi_tiet", False, True),
    "van ban duoc huong dan": ("quy_dinh_chi_tiet", True, True),
    "van ban sua doi bo sung/dinh chinh": ("sua_doi_bo_sung", False, False),
    "van ban bi sua doi bo xung/duoc dinh chinh": ("sua_doi_bo_sung", True, False),
    "van ban bi sua doi bo sung/duoc dinh chinh": ("sua_doi_bo_sung", True, False),
    "van ban thay the/bai bo/huy bo/dinh chi": ("thay_the", False, True),
    "van ban bi thay the/bai bo/huy bo/dinh chi": ("thay_the", True, True),
    "van ban thay the/bai bo/huy bo/dinh chi mot phan": ("bai_bo", False, False),
    "van ban bi thay the/bai bo/huy bo/dinh chi mot phan": ("bai_bo", True, False),
}
_LEAD = re.compile(r"^(?P<type>[^\d]{2,60}?)\s+(?:liên tịch\s+)?số\s*:?\s*(?P<number>\S+)\s*", re.I)
#: The site writes the kind of document before, or for, the issuer of a consolidated text.
_NOT_AN_ISSUER = re.compile(r"^văn bản hợp nhất\s*(?:-\s*|$)", re.I)
_SLUG_NUMBER = re.compile(r"-so-(?P<number>\d[\w-]*?)-\d{4,7}$")


def from_record(record: dict, where: str) -> SourceRecord:
    if "full_text" in record:
        source_id, build = str(record.get("slug") or where), _from_full_text
    elif "trang" in record:
        keys = (record.get(key) or "" for key in ("cong_bao", "so_ky_hieu", "trang"))
        source_id, build = "muc-luc:" + "|".join(map(str, keys)), _from_contents
    else:
        source_id, build = str(record.get("raw_file") or where), _from_metadata
    return SourceRecord(
        "congbao",
        source_id[:255],
        str(record.get("so_ky_hieu") or record.get("so_hieu") or ""),
        hash_of(record),
        lambda: build(record),
    )


def _from_metadata(record: dict) -> IncomingWork:
    number = text_of(record, "so_ky_hieu")
    issued = day_of(record.get("ngay_ban_hanh"), "Ngày ban hành")
    subject = text.squash_spaces(text.clean(text_of(record, "trich_yeu")))
    if not number and not subject:
        raise Rejected("Không có số, ký hiệu và cũng không có trích yếu.")
    relations = record.get("quan_he") or {}
    if not isinstance(relations, dict):
        raise Rejected("Trường “quan_he” phải là các nhóm quan hệ.")
    work = IncomingWork(
        number=number,
        type_name=text_of(record, "loai"),
        issuers=tuple(filter(None, [_NOT_AN_ISSUER.sub("", text_of(record, "co_quan"))])),
        subject=_sentence(subject) or number,
        issued=issued,
        in_force=day_of(record.get("ngay_hieu_luc"), "Ngày có hiệu lực"),
        expires=day_of(record.get("ngay_het_hieu_luc"), "Ngày hết hiệu lực"),
        gazette_issue=text_of(record, "cong_bao"),
        signers=tuple(
            (name.strip(), "") for name in text_of(record, "nguoi_ky").split(" - ") if name.strip()
        ),
    )
    if work.in_force == issued and work.in_force is not None:
        # The site shows the day of issue where it knows no other.
        work.warnings.append("Ngày có hiệu lực trùng ngày ban hành: cần kiểm tra.")
    work.relations = tuple(_relations(relations, number, issued.year if issued else None, work))
    return work


def _relations(groups: dict, number: str, year: int | None, work: IncomingWork):
    for label, group in groups.items():
        reading = LABELS.get(text.fold(label).strip())
        if reading is None:
            work.warnings.append(f"Không rõ loại quan hệ “{label}”.")
            continue
        kind, acts, whole = reading
        for other in (group or {}).get("van_ban") or ():
            other_number = str(other.get("so_ky_hieu") or "").strip()
            if not other_number or numbering.key(other_number) == numbering.key(number):
                continue
            yield IncomingRelation(
                kind,
                _acts(kind, acts, year, other_number),
                other_number,
                str(other.get("tieu_de") or "").strip(),
                whole=whole,
            )


def _acts(kind: str, acts: bool, year: int | None, other: str) -> bool:
    """The later document acts: labels of the site are sometimes the wrong way round."""
    parsed = numbering.parse(other)
    if kind in ("thay_the", "bai_bo", "sua_doi_bo_sung") and year and parsed and parsed.year:
        if acts and parsed.year > year:
            return False
        if not acts and parsed.year < year:
            return True
    return acts


def _from_contents(record: dict) -> IncomingWork:
    number, title = text_of(record, "so_ky_hieu"), text_of(record, "tieu_de")
    lead = _LEAD.match(title)
    if not lead:
        raise Rejected(f"Không đọc được loại văn bản từ tiêu đề “{title[:80]}”.")
    subject = re.sub(r"\s*\(Đăng từ Công báo[^)]*\)\s*$", "", title[lead.end() :]).strip()
    return IncomingWork(
        number=number,
        type_name=lead["type"],
        subject=_sentence(subject) or number,
        issued=day_of(record.get("ngay_ban_hanh"), "Ngày ban hành"),
        gazette_issue=text_of(record, "cong_bao"),
        gazette_date=day_of(record.get("ngay_cong_bao"), "Ngày Công báo"),
    )


def _from_full_text(record: dict) -> IncomingWork:
    body = record.get("full_text")
    if not isinstance(body, str) or not body.strip():
        raise Rejected("Không có toàn văn.")
    work = IncomingWork(
        type_name=text_of(record, "loai") if len(text_of(record, "loai")) > 3 else "",
        source_url=text_of(record, "nguon_url"),
        blocks=blocks_from_text(body),
    )
    printed = numbering.parse(text_of(record, "so_hieu"))
    complete(work, number=numbering.format(printed) if printed else "")
    if not work.number:
        match = _SLUG_NUMBER.search(text_of(record, "slug"))
        parsed = numbering.parse(match["number"]) if match else None
        work.number = numbering.format(parsed) if parsed else ""
    if not work.number and not work.subject:
        raise Rejected("Không đọc được số, ký hiệu và trích yếu từ toàn văn.")
    return work


def _sentence(subject: str) -> str:
    """Trích yếu as one writes it: first letter large, no full stop."""
    subject = subject.strip().rstrip(".")
    return subject[:1].upper() + subject[1:]
