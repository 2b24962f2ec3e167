"""The type name (NGHỊ ĐỊNH …) and the subject (trích yếu) below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .known import Known, fold
from .model import Proposal
from .numbers import symbols
from .page import Page

_ABOUT = re.compile(r"^\W{0,3}(?:V/v|V/v:|Về việc|V\.v)\s*:?\s*", re.I)
_STOP = re.compile(
    r"^(?:Căn cứ|Kính gửi|Số\s*:|Luật số|Điều \d|[A-ZĐ][^,]{1,40}, ngày|\(?Ban hành kèm|Chương [IVX\d])|"
    r"ngày\s*\d+\s*tháng\s*\d+\s*năm\s*\d{4}\s*$"
)
_OFFICE = re.compile(
    r"^(?:BỘ TRƯỞNG|THỦ TƯỚNG|CHÍNH PHỦ$|QUỐC HỘI$|CHỦ TỊCH|ỦY BAN|UỶ BAN|HỘI ĐỒNG|THỐNG ĐỐC|TỔNG |"
    r"VIỆN TRƯỞNG|CHÁNH ÁN|GIÁM ĐỐC|CỤC TRƯỞNG|BỘ [A-ZĐÀ-Ỹ ,\-]+$|LIÊN BỘ)"
)
# Symbols that several types share: "18-L/CTN" is a law, "…/QH15" a law or a resolution.
LOOSE_TYPES = ("Luật", "Pháp lệnh", "Lệnh", "Sắc lệnh", "Chỉ thị", "Bản sao lục")
_TAIL_NOTE = re.compile(r"\s*(?:\[\d+\]|[*]+|\.)\s*$")


def find_type(page: Page, number: str | None, known: Known) -> tuple[Proposal[str] | None, int]:
    """Return the type and the index of its line in the head (-1 when it is not there)."""
    head = page.head
    names = sorted(known.types, key=len, reverse=True)
    folded = {name: fold(name) for name in names}
    by_number = type_of_number(number, known)
    consolidated = (
        by_number == "Văn bản hợp nhất"
        or bool(page.authentic)
        or any(fold(line).startswith("van ban hop nhat") for line in head[:6])
    )
    found: tuple[str, int] | None = None
    for exact in (True, False):
        for at, line in enumerate(head):
            name = _type_line(line, names, folded, exact)
            if name and name != "Văn bản hợp nhất":
                found = (name, at)
                break
        if found:
            break
    if consolidated:
        return Proposal("Văn bản hợp nhất", number or "", 0.97), found[1] if found else -1
    if found:
        name, at = found
        if (
            by_number
            and by_number != name
            and by_number not in ("Luật", "Pháp lệnh", "Lệnh", "Sắc lệnh")
        ):
            if name in ("Quy chế", "Quy định", "Hướng dẫn", "Chương trình", "Kế hoạch"):
                return Proposal(by_number, number or "", 0.8), at
            return Proposal(name, head[at], 0.75), at
        return Proposal(name, head[at], 0.99 if by_number else 0.9), at
    if by_number:
        return Proposal(by_number, number or "", 0.85), -1
    if number or any(line.startswith("Kính gửi") or _ABOUT.match(line) for line in head):
        return Proposal("Công văn", number or "Kính gửi", 0.8), -1
    return None, -1


def type_of_number(number: str | None, known: Known) -> str | None:
    """The type that the symbols of a number stand for."""
    for symbol in symbols(number or "")[:2]:
        name = known.type_of_code(symbol) or known.type_of_code(symbol.rstrip("0123456789"))
        if name:
            return name
    return None


def _type_line(line: str, names: Sequence[str], folded: dict[str, str], exact: bool) -> str | None:
    key = fold(line)
    if exact:
        if not (line.isupper() or len(line) < 24) or line[:1].islower():
            return None
        compact = key.replace(" ", "")
        return next((n for n in names if folded[n].replace(" ", "") == compact), None)
    letters = sum(1 for c in line[:12] if c.isalpha())
    upper = sum(1 for c in line[:12] if c.isupper())
    if upper < letters or len(line) > 400:
        return None
    return next((n for n in names if key.startswith(folded[n] + " ")), None)


def find_subject(
    head: Sequence[str], at: int, type_name: str | None, known: Known
) -> Proposal[str] | None:
    """Return the subject: lines below the type name, or after "V/v" in a công văn."""
    parts: list[str] = []
    if at >= 0:
        rest = _rest_of(head[at], known)
        parts = [rest] if rest else []
        parts.extend(_below(head[at + 1 :], bool(parts)))
    if not parts:
        parts = _about(head)
    if not parts:
        return None
    text = " ".join(parts)
    excerpt = text
    text = _TAIL_NOTE.sub("", _ABOUT.sub("", text)).strip(' _-–"“”')
    if not text:
        return None
    if sum(c.isupper() for c in text) * 2 > sum(c.isalpha() for c in text):
        text = text.lower()
        text = re.sub(r"\b\d+/\d{4}/[a-zđ0-9\-]+", lambda m: m[0].upper(), text)
    text = text[0].upper() + text[1:]
    return Proposal(text, excerpt, 0.9 if at >= 0 else 0.7)


def _rest_of(line: str, known: Known) -> str:
    key = fold(line)
    for name in sorted(known.types, key=len, reverse=True):
        folded = fold(name)
        if key.startswith(folded + " "):
            words = len(folded.split())
            return " ".join(line.split()[words:])
    return ""


def _below(lines: Sequence[str], started: bool) -> list[str]:
    parts: list[str] = []
    for line in lines[:12]:
        if _STOP.search(line):
            break
        if _OFFICE.match(line) and line.isupper():
            if parts or started:
                break
            continue
        if parts and (len(line) > 400 or (parts[0].isupper() and not line.isupper())):
            break
        if (
            re.search(r"\b(?:được sửa đổi, bổ sung (?:bởi|một số điều)|có hiệu lực kể từ)", line)
            and parts
        ):
            break
        parts.append(line)
        if line.endswith("."):
            break
    return parts


def _about(head: Sequence[str]) -> list[str]:
    for at, line in enumerate(head):
        found = re.search(r"(?:V/v|Về việc)\s*:?\s*(.+)", line, re.I)
        if found:
            parts = [found[1]]
            for more in head[at + 1 : at + 5]:
                if _STOP.search(more) or more.isupper():
                    break
                parts.append(more)
            return parts
    return []
