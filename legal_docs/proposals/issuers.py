"""Who issued: read from the head, checked against the symbols of the number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .kinds import LOOSE_TYPES, type_of_number
from .known import Known, fold
from .model import Proposal
from .numbers import symbols
from .page import Page

_LOCAL = re.compile(
    r"(?:(?P<ub>[ỦUỶ][ỶY]?\s*BAN\s+NH[ÂA]N\s+D[ÂA]N|UBND)|(?P<hd>H[ỘO]I\s+[ĐD][ỒO]NG\s+NH[ÂA]N\s+D[ÂA]N|HĐND))\s*(?P<rest>.*)",
    re.I,
)
_UNIT = re.compile(
    r"^(?:T[Ỉỉ]NH|TH[ÀAÀ]NH PH[ỐO]|TP\.?|HUYỆN|QUẬN|THỊ XÃ|THỊ TRẤN|XÃ|PHƯỜNG|ĐẶC KHU)\s*\S", re.I
)
_AGENCY = re.compile(
    r"^(?:BỘ|TỔNG CỤC|CỤC|VỤ|SỞ|BAN|VĂN PHÒNG|ỦY BAN|UỶ BAN|HỘI ĐỒNG|THANH TRA|VIỆN|TÒA ÁN|TOÀ ÁN|NGÂN HÀNG|"
    r"KIỂM TOÁN|TRUNG ƯƠNG|KHO BẠC|BẢO HIỂM|ĐẠI HỌC|TRƯỜNG|CHI CỤC|TỈNH ỦY|ĐẢNG ỦY|HUYỆN ỦY|CÔNG AN)\b"
)
_FIELD = re.compile(r"^(?:Số|Luật số|SỐ|V/v|Kính gửi|.{2,40}, ngày)", re.I)
_LOCAL_CODES = ("UBND", "UB", "HĐND", "TTHĐND")


def find_issuers(
    page: Page,
    type_at: int,
    type_name: str | None,
    number: str | None,
    place: str | None,
    known: Known,
) -> Proposal[tuple[str, ...]] | None:
    """Return full names, several for a joint document."""
    area = _area(page.head, type_at)
    by_number = _from_number(number, known)
    doubtful = bool(number) and _contradicts(number, type_name, known)
    local = _local(area, None if doubtful else number, place, known)
    if local and (not by_number or _is_local(number)) and not doubtful:
        return Proposal((local[0],), local[1], 0.95 if _is_local(number) else 0.8)
    text = " ".join(area)
    by_head = tuple(known.names_in(text))
    if by_head and (doubtful or (number and number.endswith("L/CTN") and "Quốc hội" in by_head)):
        return Proposal(by_head if _is_joint(number, text) else by_head[:1], text, 0.7)
    if by_number:
        agree = set(by_number) <= set(by_head)
        return Proposal(by_number, text if agree else number or "", 0.99 if agree else 0.85)
    if number and (name := _office_below(area)):
        return Proposal((_proper(name),), name, 0.6)
    if by_head:
        return Proposal(by_head if _is_joint(number, text) else by_head[:1], text, 0.85)
    if local:
        return Proposal((local[0],), local[1], 0.7)
    name = next((line for line in area if _AGENCY.match(line) and line.isupper()), "")
    if name:
        return Proposal((_proper(name),), name, 0.5)
    return _elsewhere(page, type_name, known)


def _contradicts(number: str | None, type_name: str | None, known: Known) -> bool:
    by_number = type_of_number(number, known)
    return bool(by_number and type_name and by_number != type_name and by_number not in LOOSE_TYPES)


def _elsewhere(page: Page, type_name: str | None, known: Known) -> Proposal[tuple[str, ...]] | None:
    """The enacting words, else the signature, when the head names nobody."""
    for lines, sure in ((page.enacting[::-1], 0.75), (page.tail, 0.4)):
        for line in lines:
            words = re.split(r"\s(?:ban hành|quyết định|quyết nghị)\b", line)[0]
            found = tuple(known.names_in(words if sure > 0.5 else line))
            if found:
                return Proposal(found[:1], line, sure)
    if type_name in ("Luật", "Bộ luật", "Hiến pháp"):
        return Proposal(("Quốc hội",), type_name, 0.5)
    return None


def _area(head: Sequence[str], type_at: int) -> list[str]:
    """Head lines that can name the issuer: above the type name, no fields."""
    above = head[:type_at] if type_at >= 0 else head[:8]
    lines = []
    for line in above:
        cut = re.split(r"\s*(?:Luật |Nghị quyết )?[Ss]ố\s*:", line)[0].strip()
        if cut and not _FIELD.match(cut):
            lines.append(cut)
    return lines


def _is_local(number: str | None) -> bool:
    return any(s.rstrip("0123456789").upper() in _LOCAL_CODES for s in symbols(number or ""))


def _is_joint(number: str | None, text: str) -> bool:
    return bool(number and re.search(r"TTL[TB]|NQLT", number)) or "LIÊN TỊCH" in text


def _from_number(number: str | None, known: Known) -> tuple[str, ...]:
    if not number:
        return ()
    parts = symbols(number)
    joint = bool(parts) and parts[0].upper() in (
        "TTLT",
        "TTLB",
        "NQLT",
        "TTLN",
        "KHPH",
        "QCPH",
        "CTPH",
    )
    if joint:
        found = tuple(n for s in parts[1:] if (n := known.issuer_of_code(s)))
        return found if len(found) == len(parts) - 1 else ()
    if len(parts) > 1 and known.type_of_code(parts[0].rstrip("0123456789")):
        name = known.issuer_of_code("-".join(parts[1:])) or known.issuer_of_code(parts[-1])
        return (name,) if name else ()
    for symbol in parts[:1]:
        name = known.issuer_of_code(symbol)
        if name:
            return (name,)
    return ()


def _local(
    area: Sequence[str], number: str | None, place: str | None, known: Known
) -> tuple[str, str] | None:
    for at, line in enumerate(area):
        match = _LOCAL.match(line)
        if match is None:
            continue
        body = "Ủy ban nhân dân" if match["ub"] else "Hội đồng nhân dân"
        rest = match["rest"].strip(" -_")
        if (
            not rest
            and at + 1 < len(area)
            and (_UNIT.match(area[at + 1]) or known.province(area[at + 1]))
        ):
            rest = area[at + 1]
        elif rest and at + 1 < len(area) and len(rest.split()) == 1:
            rest = f"{rest} {area[at + 1]}"
        where = known.province(rest) if rest else None
        if where is None and rest:
            where = _place_case(rest)
        if where is None and place:
            where = known.province(place) or place
        return f"{body} {where}".strip() if where else body, " ".join(area[at : at + 2])
    if _is_local(number) and place:
        where = known.province(place)
        body = "Hội đồng nhân dân" if "HĐND" in (number or "").upper() else "Ủy ban nhân dân"
        return (f"{body} {where}", place) if where else None
    return None


def _place_case(text: str) -> str:
    """ "HUYỆN BA TRI" -> "huyện Ba Tri"."""
    units = ("thành phố", "thị xã", "thị trấn", "đặc khu", "tỉnh", "huyện", "quận", "xã", "phường")
    lowered = text.lower()
    for unit in units:
        if lowered.startswith(unit + " "):
            return f"{unit} {text[len(unit) + 1 :].title()}"
    return text.title()


def _office_below(area: Sequence[str]) -> str:
    """A lower office that heads its own letter: "BỘ Y TẾ" above "CỤC QUẢN LÝ DƯỢC"."""
    lines = [line for line in area if line.isupper()]
    for above, line in pairwise(lines):
        if re.match(
            r"^(?:SỞ|CỤC|TỔNG CỤC|VỤ|CHI CỤC|BAN QUẢN LÝ|VĂN PHÒNG|THANH TRA)\b", line
        ) and _AGENCY.match(above):
            return line
    return ""


def _proper(name: str) -> str:
    """Capitals undone for a name that is not in the register."""
    lowered = name.lower()
    words = lowered.split()
    two = fold(" ".join(words[:2]))
    head = (
        2 if two in ("tong cuc", "chi cuc", "van phong", "uy ban", "hoi dong", "thanh tra") else 1
    )
    if len(words) > head:
        words[head] = words[head].capitalize()
    words[0] = words[0].capitalize()
    return " ".join(words)
