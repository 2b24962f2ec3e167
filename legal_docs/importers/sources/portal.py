"""The portal's own form (docs/import-format.md): what another system exports to move in."""

from __future__ import annotations

from pathlib import Path

from legal_docs import numbering
from legal_docs.importers.records import (
    IncomingFile,
    IncomingRelation,
    IncomingWork,
    Rejected,
    SourceRecord,
    bad_record,
    day_of,
    hash_of,
    text_of,
)
from legal_docs.structure import Block, blocks_from_articles, blocks_from_text
from legal_docs.validity import RELATION_BY_CODE

AUDIENCES = ("public", "units", "chosen")


def from_record(record: dict, where: str, folder: Path = Path()) -> SourceRecord:
    source_id = str(record.get("id") or "").strip()
    if not source_id:
        return bad_record("portal", where, f"{where}: thiếu “id”.")
    system = str(record.get("system") or "portal")[:40]
    return SourceRecord(
        system,
        source_id[:255],
        str(record.get("number") or ""),
        hash_of(record),
        lambda: build(record, folder),
    )


def build(record: dict, folder: Path = Path()) -> IncomingWork:
    """Raises Rejected naming the field that is wrong."""
    audience = text_of(record, "audience") or "public"
    if audience not in AUDIENCES:
        raise Rejected(f"Đối tượng đọc “{audience}” không có; dùng {', '.join(AUDIENCES)}.")
    if not text_of(record, "subject") and not text_of(record, "number"):
        raise Rejected("Thiếu cả “number” và “subject”.")
    in_force = day_of(record.get("in_force"), "Ngày có hiệu lực (in_force)")
    expires = day_of(record.get("expires"), "Ngày hết hiệu lực (expires)")
    if in_force and expires and expires <= in_force:
        raise Rejected("Ngày hết hiệu lực (expires) không sau ngày có hiệu lực (in_force).")
    own = numbering.key(text_of(record, "number")) if text_of(record, "number") else ""
    relations = tuple(_relation(row) for row in _objects(record, "relations"))
    for relation in relations:
        same_day = relation.issued is None or str(relation.issued) == text_of(record, "issued")
        if own and same_day and not relation.title and numbering.key(relation.number) == own:
            raise Rejected(f"Văn bản không thể có quan hệ với chính nó ({relation.number}).")
    gazette = _object(record, "gazette")
    return IncomingWork(
        number=text_of(record, "number"),
        type_name=text_of(record, "type"),
        type_code=text_of(record, "type_code"),
        issuers=_texts(record, "issuers"),
        subject=text_of(record, "subject") or text_of(record, "number"),
        issued=day_of(record.get("issued"), "Ngày ban hành (issued)"),
        in_force=in_force,
        expires=expires,
        gazette_issue=text_of(gazette, "issue"),
        gazette_date=day_of(gazette.get("date"), "Ngày Công báo (gazette.date)"),
        signers=tuple(
            (text_of(row, "name"), text_of(row, "title")) for row in _objects(record, "signers")
        ),
        fields=_texts(record, "fields"),
        keywords=_texts(record, "keywords"),
        audience=audience,
        audience_units=_texts(record, "audience_units"),
        urgency=text_of(record, "urgency"),
        recipients=text_of(record, "recipients"),
        source_url=text_of(record, "source_url")[:500],
        language=text_of(record, "language") or "vi",
        text_kind="hop-nhat" if record.get("consolidated") else "goc",
        blocks=_blocks(_object(record, "text")),
        relations=relations,
        files=tuple(_file(row, folder) for row in _objects(record, "files")),
    )


def _texts(record: dict, name: str) -> tuple[str, ...]:
    value = record.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Rejected(f"Trường “{name}” phải là danh sách chữ.")
    return tuple(item.strip() for item in value if item.strip())


def _object(record: dict, name: str) -> dict:
    value = record.get(name) or {}
    if not isinstance(value, dict):
        raise Rejected(f"Trường “{name}” phải là một đối tượng.")
    return value


def _objects(record: dict, name: str) -> list[dict]:
    value = record.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Rejected(f"Trường “{name}” phải là danh sách đối tượng.")
    return value


def _blocks(body: dict) -> list[Block]:
    if body.get("html"):
        from legal_docs.importers.readers import blocks_from_html

        return blocks_from_html(text_of(body, "html"))
    if body.get("articles"):
        rows = _objects(body, "articles")
        return blocks_from_articles(
            [
                {
                    "so": text_of(row, "label"),
                    "tieu_de": text_of(row, "heading"),
                    "noi_dung": text_of(row, "text"),
                }
                for row in rows
            ]
        )
    return blocks_from_text(text_of(body, "plain")) if body.get("plain") else []


def _relation(row: dict) -> IncomingRelation:
    kind, number = text_of(row, "kind"), text_of(row, "number")
    if kind not in RELATION_BY_CODE:
        raise Rejected(f"Không có loại quan hệ “{kind}”.")
    if not number:
        raise Rejected("Quan hệ phải nêu “number” của văn bản kia.")
    return IncomingRelation(
        kind,
        bool(row.get("acts", True)),
        number,
        text_of(row, "title"),
        day_of(row.get("issued"), "Ngày của văn bản liên quan"),
        bool(row.get("whole", True)),
        day_of(row.get("effective"), "Ngày tác động (effective)"),
        day_of(row.get("until"), "Ngày kết thúc (until)"),
        text_of(row, "own_provision"),
        text_of(row, "other_provision"),
        text_of(row, "evidence"),
    )


def _file(row: dict, folder: Path) -> IncomingFile:
    path = Path(text_of(row, "path"))
    inside = (folder / path).resolve().is_relative_to(folder.resolve())  # links lead out, too
    if path.is_absolute() or ".." in path.parts or not path.name or not inside:
        raise Rejected(f"Đường dẫn tệp “{path}” phải nằm trong thư mục nhập.")
    return IncomingFile(
        folder / path, text_of(row, "name") or path.name, text_of(row, "role") or "ban-goc"
    )
