"""How often the proposed number, type, date and issuer are right.

Run ``python -m benchmarks.proposals [--show N]``. A field counts where the metadata beside the
text give a value to compare with, and the text holds that value or the answer agrees; metadata
are wrong now and then: look at what is shown.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks.structure import Row, data_root, load, vbpl_bodies
from legal_docs.importers.readers import UnreadableFile, blocks_from_html, read_file
from legal_docs.importers.readers.markdown import blocks_from_markdown
from legal_docs.proposals import Proposals, default_known, propose
from legal_docs.proposals.known import fold
from legal_docs.proposals.numbers import canonical
from legal_docs.structure import Block, blocks_from_text

FIELDS = ("number", "type", "date", "issuer")
Truth = dict[str, str]
_SLUG_TYPES = (
    ("luat", "Luật"), ("bo-luat", "Bộ luật"), ("nghi-dinh", "Nghị định"), ("nghi-quyet", "Nghị quyết"),
    ("quyet-dinh", "Quyết định"), ("thong-tu-lien-tich", "Thông tư liên tịch"), ("thong-tu", "Thông tư"),
    ("van-ban-hop-nhat", "Văn bản hợp nhất"), ("chi-thi", "Chỉ thị"), ("thong-bao", "Thông báo"),
    ("cong-van", "Công văn"), ("phap-lenh", "Pháp lệnh"), ("lenh", "Lệnh"), ("nghi-quyet-lien-tich", "Nghị quyết liên tịch"),
)  # fmt: skip


def key(number: str) -> str:
    """Letters and digits of a number, folded, leading zeros dropped."""
    return re.sub(r"\b0+(?=\d)", "", fold(canonical(number or ""))).replace(" ", "")


def stands_in(field: str, value: str, text: str) -> bool:
    """True when the expected value can be read in the text at all (folded)."""
    if field == "number":
        return value in re.sub(r"\b0+(?=\d)", "", text).replace(" ", "")
    if field == "date":
        year, month, day = value.split("-")
        words = rf"\b0?{int(day)}(?: thang)? 0?{int(month)}(?: nam)? {year}\b"
        return re.search(words, text) is not None
    return fold(value.split(" + ")[0]) in text


def slug_type(slug: str) -> str:
    """The type that a page address begins with, "" if none."""
    found = [
        name
        for prefix, name in sorted(_SLUG_TYPES, key=lambda p: -len(p[0]))
        if slug.startswith(prefix)
    ]
    return found[0] if found else ""


def iso(text: str) -> str:
    """ "12-06-2025" and "2025-06-12" to the latter."""
    match = re.match(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})$", text or "")
    if match:
        return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
    return text[:10] if re.match(r"\d{4}-\d{2}-\d{2}", text or "") else ""


def register() -> dict[str, Row]:
    """Metadata by number from the gazette's and the Pháp điển's lists."""
    rows: dict[str, Row] = {}
    for row in load("phapdien/source_docs_2023-12"):
        if not row["so_ky_hieu"]:
            continue
        rows[key(row["so_ky_hieu"])] = row
    for row in load("congbao_meta_2026/gazette_toc"):
        known = {"so_ky_hieu": row["so_ky_hieu"], "ngay_ban_hanh": iso(row["ngay_ban_hanh"])}
        rows.setdefault(key(row["so_ky_hieu"]), known)
    for row in load("congbao_meta_2026/docs"):
        rows[key(row["so_ky_hieu"])] = row
    return rows


def dated(number: str, meta: Row) -> str:
    """The date of issue, only for numbers with a year: the others repeat every year."""
    date = iso(meta.get("ngay_ban_hanh") or "")
    return date if date and date[:4] in number else ""


def issuer_truth(text: str | None) -> str:
    """Known names in a metadata field, sorted, "" when none is known."""
    return " + ".join(sorted(default_known().names_in(text or "")))


def gazette(rows: dict[str, Row]) -> Iterator[tuple[str, list[Block], Truth]]:
    for row in load("congbao_fulltext_2026/docs"):
        slug = re.sub(r"-\d+$", "", row["slug"])
        number = re.sub(r"^.*?-so-", "", slug)
        meta = rows.get(key(number), {})
        truth = {
            "number": key(number),
            "type": slug_type(slug),
            "date": dated(number, meta),
            "issuer": issuer_truth(meta.get("co_quan")),
        }
        yield row["slug"], blocks_from_text(row["full_text"]), truth


def vbpl() -> Iterator[tuple[str, list[Block], Truth]]:
    bodies = vbpl_bodies()
    for row in load("vbpl_html_2026/docs"):
        if row.get("loai_ban_ghi") != "toan_van" or row.get("ngon_ngu") != "vi":
            continue
        slug = row["url"].rsplit("/", 1)[-1]
        truth = {
            "number": key(row.get("so_ky_hieu") or ""),
            "type": row.get("loai") or slug_type(slug),
            "date": row.get("ngay_ban_hanh") or "",
            "issuer": issuer_truth(row.get("co_quan_dau")),
        }
        yield f"{row['file']} {row.get('so_ky_hieu')}", blocks_from_html(bodies[row["file"]]), truth


def files(rows: dict[str, Row]) -> Iterator[tuple[str, list[Block], Truth]]:
    for path in sorted((data_root() / "files").glob("*/*")):
        match = re.search(
            r"(?:-so-)?(\d+[-_]\d{4}[-_][A-Za-z\d_-]+?|\d+-vbhn-[a-z]+?)(?:[-_]\d{5,6})?$",
            path.stem,
        )
        if path.suffix not in (".pdf", ".docx") or match is None:
            continue
        number = key(match[1])
        meta = rows.get(number, {})
        try:
            blocks = read_file(Path(path)).blocks
        except UnreadableFile:
            continue
        truth = {
            "number": number,
            "type": slug_type(path.stem),
            "date": dated(number, meta),
            "issuer": issuer_truth(meta.get("co_quan")),
        }
        yield path.name, blocks, truth


def markdown() -> Iterator[tuple[str, list[Block], Truth]]:
    for row in load("diepxuan_md_2026/docs"):
        truth = {
            "number": key(row["so_ky_hieu"] or ""),
            "type": "",
            "date": iso(row["ngay_ban_hanh"] or ""),
            "issuer": issuer_truth(row["co_quan"]),
        }
        yield row["file"], blocks_from_markdown(row["markdown"]), truth


def laws() -> Iterator[tuple[str, list[Block], Truth]]:
    for row in load("uts_vlc_2021/docs"):
        if row["text"]:
            kind = "Bộ luật" if row["id"].startswith("bo-luat") else "Luật"
            truth = {"number": "", "type": kind, "date": "", "issuer": "Quốc hội"}
            yield row["id"], blocks_from_text(row["text"]), truth


def found(proposals: Proposals) -> Truth:
    """The proposals in the form of the truth."""
    p = proposals
    return {
        "number": key(p.number.value) if p.number else "",
        "type": p.type.value if p.type else "",
        "date": p.issued.value.isoformat() if p.issued else "",
        "issuer": " + ".join(sorted(p.issuers.value)) if p.issuers else "",
    }


def measure(name: str, items: Iterator[tuple[str, list[Block], Truth]], show: int) -> None:
    """Print the share of right values of one corpus, field by field."""
    right: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    wrong: dict[str, list[str]] = defaultdict(list)
    absent: dict[str, list[str]] = defaultdict(list)
    others: dict[str, int] = defaultdict(int)
    count = 0
    for label, blocks, truth in items:
        proposals = propose(blocks)
        values = found(proposals)
        text = fold(" ".join(block.text for block in blocks))
        count += 1
        for extra in ("signers", "subject", "bases", "in_force", "recipients", "place"):
            others[extra] += getattr(proposals, extra) is not None
        for field in FIELDS:
            if truth[field]:
                if values[field] != truth[field] and not stands_in(field, truth[field], text):
                    absent[field].append(f"{label}: {values[field]!r}, expected {truth[field]!r}")
                    continue
                total[field] += 1
                good = values[field] == truth[field]
                right[field] += good
                if not good:
                    wrong[field].append(f"{label}: {values[field]!r}, expected {truth[field]!r}")
    shares = ", ".join(
        f"{field} {right[field]}/{total[field]} = {right[field] / total[field]:.1%}"
        for field in FIELDS
        if total[field]
    )
    print(f"{name} ({count}): {shares}")
    print(
        "    the expected value is not in the text: "
        + ", ".join(f"{f} {len(absent[f])}" for f in FIELDS)
    )
    print("    found: " + ", ".join(f"{field} {others[field]}" for field in others))
    for field in FIELDS:
        for line in wrong[field][:show]:
            print(f"    {field}: {line[:200]}")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=8, help="wrong values to show for each field")
    options = parser.parse_args()
    rows = register()
    measure("congbao (PDF text)", gazette(rows), options.show)
    measure("vbpl.vn bodies (HTML)", vbpl(), options.show)
    measure("files", files(rows), options.show)
    measure("markdown", markdown(), options.show)
    measure("uts laws", laws(), options.show)


if __name__ == "__main__":
    main()
