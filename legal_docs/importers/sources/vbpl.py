"""vbpl.vn: parsed records, saved bodies and whole saved pages."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

from legal_docs.importers.lines import open_bytes
from legal_docs.importers.proposing import complete
from legal_docs.importers.records import (
    IncomingWork,
    Rejected,
    SourceRecord,
    bad_record,
    day_of,
    hash_of,
    text_of,
)
from legal_docs.structure import Block, blocks_from_text
from portal.core import text

MAX_PAGE = 40 * 1024 * 1024
_ID_IN_URL = re.compile(r"--(\d+)(?:\D|$)|ItemID=(\d+)")
_NUMBER_IN_TITLE = re.compile(r"\s*số\s+(\d[^\s]*)\s*", re.I)


def from_record(record: dict, where: str) -> SourceRecord:
    source_id = str(record.get("vbpl_id") or "").strip()
    if not source_id and record.get("url"):
        found = _ID_IN_URL.search(str(record["url"]))
        source_id = (found[1] or found[2]) if found else str(record["url"])[-200:]
    if not source_id:
        return bad_record("vbpl", where, f"{where}: thiếu vbpl_id và url.")
    language = record.get("ngon_ngu") or "vi"
    return SourceRecord(
        "vbpl",
        source_id if language == "vi" else f"{source_id}:{language}",
        str(record.get("so_ky_hieu") or ""),
        hash_of(record),
        lambda: build(record),
    )


def build(record: dict) -> IncomingWork:
    """Raises Rejected for a page that vbpl.vn itself did not have."""
    kind = text_of(record, "loai_ban_ghi")
    body = text_of(record, "toan_van")
    if kind == "khong_ton_tai" or body.startswith("Văn bản không tồn tại"):
        raise Rejected("Trang nguồn báo văn bản không tồn tại.")
    issuer = text_of(record, "co_quan")
    has_text = kind != "chi_thuoc_tinh"
    work = IncomingWork(
        type_name=text_of(record, "loai"),
        issuers=(issuer,) if issuer else (),
        subject=_subject(record),
        issued=day_of(record.get("ngay_ban_hanh"), "Ngày ban hành")
        or day_of(record.get("ngay_ky_xac_thuc"), "Ngày ký xác thực"),
        in_force=day_of(record.get("ngay_hieu_luc"), "Ngày có hiệu lực"),
        expires=day_of(record.get("ngay_het_hieu_luc"), "Ngày hết hiệu lực"),
        fields=tuple(filter(None, [text_of(record, "nganh")])),
        source_url=text_of(record, "url")[:500],
        language=text_of(record, "ngon_ngu") or "vi",
        text_kind="hop-nhat" if text_of(record, "loai") == "Văn bản hợp nhất" else "goc",
        blocks=blocks_from_piped(body) if has_text else (),
    )
    complete(work, number=_number(record), read_text=work.language == "vi")
    if not work.number and not work.subject:
        raise Rejected("Không có số, ký hiệu và cũng không có trích yếu.")
    return work


def _number(record: dict) -> str:
    """The number; some records split it: “8376” and a subject that begins “/VBHN-BTP …”."""
    number, subject = text_of(record, "so_ky_hieu"), text_of(record, "trich_yeu")
    if number.isdigit() and subject.startswith("/"):
        return number + subject.split(" ", 1)[0]
    return number


def _subject(record: dict) -> str:
    subject = text_of(record, "trich_yeu")
    if subject.startswith("/"):
        subject = subject.partition(" ")[2]
    subject = subject or text_of(record, "tieu_de")
    return text.squash_spaces(text.clean(_NUMBER_IN_TITLE.sub(" ", subject))).strip()


def blocks_from_piped(body: str) -> list[Block]:
    """Text in which table rows were written with “|” between the cells."""
    lines = []
    for line in body.split("\n"):
        if "|" in line:
            lines += [cell.strip() for cell in line.split("|") if cell.strip()]
        else:
            lines.append(line)
    return blocks_from_text("\n".join(lines))


def from_archive(path: Path) -> Iterator[SourceRecord]:
    """Pages in a tar archive; members are read one by one, nothing is unpacked to disk."""
    try:
        with open_bytes(path) as stream, tarfile.open(fileobj=stream, mode="r|*") as archive:
            for member in archive:
                if not member.isfile() or not member.name.lower().endswith((".html", ".htm")):
                    continue
                if member.size > MAX_PAGE:
                    yield bad_record("vbpl", member.name, f"{member.name}: trang quá lớn.")
                    continue
                extracted = archive.extractfile(member)
                content = extracted.read() if extracted else b""
                name = f"{path.name.split('.')[0]}/{Path(member.name).name}"
                yield from_page(name, lambda content=content: content)
    except (tarfile.TarError, OSError, EOFError) as error:
        yield bad_record("vbpl", path.name, f"{path.name}: không đọc được tệp nén ({error}).")


def from_page(name: str, load: Callable[[], bytes]) -> SourceRecord:
    """A saved page: whole (with its attributes) or the body of the text only."""
    content = load()
    return SourceRecord(
        "vbpl",
        f"trang:{name}",
        "",
        hash_of(content.hex())
        if len(content) < 1000
        else hash_of([len(content), _digest(content)]),
        lambda: _build_page(name, content),
    )


def _digest(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def _build_page(name: str, content: bytes) -> IncomingWork:
    from selectolax.lexbor import LexborHTMLParser

    from legal_docs.importers.readers import blocks_from_html

    try:
        source = content.decode("utf-8")
    except UnicodeDecodeError:
        raise Rejected(f"{name}: trang không phải là UTF-8.") from None
    page = LexborHTMLParser(source)
    title = page.css_first("h1")
    heading = text.squash_spaces(text.clean(title.text())) if title else ""
    body = page.css_first("#toanvancontent, .content-detail, [class*=contentRoot], .fulltext")
    if body is None:
        body = page.css_first("main, [class*=ant-tabs-content-holder]") or page.body
    html = body.html if body is not None else ""
    if not html or ("Văn bản không tồn tại" in source[:200_000] and len(html) < 3000):
        raise Rejected(f"{name}: trang không có toàn văn.")
    work = IncomingWork(blocks=blocks_from_html(html))
    complete(work)
    match = _NUMBER_IN_TITLE.search(heading)
    if match and not work.number:
        work.number = match[1]
    if not work.subject and heading:
        work.subject = _NUMBER_IN_TITLE.sub(" ", heading).strip()
    if not work.number and not work.subject:
        raise Rejected(f"{name}: không đọc được số, ký hiệu và trích yếu.")
    return work
