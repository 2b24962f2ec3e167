"""Words of the law in templates."""

from __future__ import annotations

import re

from django import template

from legal_docs.browsing import STATUS_LABELS
from portal.organisations.roles import Role

register = template.Library()

_LABELS = {code.value: label for code, label in STATUS_LABELS.items()}
_UNITS = {
    "phan": "Phần",
    "chuong": "Chương",
    "muc": "Mục",
    "tieu-muc": "Tiểu mục",
    "dieu": "Điều",
    "khoan": "khoản",
    "diem": "điểm",
    "phu-luc": "Phụ lục",
}
_UNIT = re.compile(r"^(tieu-muc|phu-luc|phan|chuong|muc|dieu|khoan|diem)-(.+)$")


@register.filter
def status_label(code: str) -> str:
    """“con_hieu_luc” → “Còn hiệu lực”."""
    return _LABELS.get(code, "")


@register.filter
def eid_label(eid: str) -> str:
    """“dieu-5.khoan-2” → “khoản 2 Điều 5”."""
    words = []
    for part in reversed(eid.split(".")):
        match = _UNIT.match(part)
        if match:
            number = {"dd": "đ"}.get(match[2], match[2])
            words.append(f"{_UNITS[match[1]]} {number}")
    return " ".join(words) or eid


@register.filter
def undotted(label: str) -> str:
    """“Điều 5.” → “Điều 5”, where no heading follows."""
    return label.rstrip(". ")


@register.filter
def touching(notes: tuple[tuple[str, str, str], ...] | None, eid: str) -> list:
    """The margin notes of a provision and of its parts."""
    return [note for note in notes or () if note[0] == eid or note[0].startswith(f"{eid}.")]


@register.filter
def role_label(code: str) -> str:
    """“lanh-dao-don-vi” → “Lãnh đạo đơn vị”."""
    return str(dict(Role.choices).get(code, code))


@register.filter
def iso_day(value: str) -> str:
    """“2031-01-05” → “05/01/2031”."""
    return "/".join(reversed(value.split("-")))
