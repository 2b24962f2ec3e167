"""The number of a document (số, ký hiệu) in its head, written as one canonical string."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .known import Known
from .model import Proposal

_SYMBOL = r"[0-9A-ZĐƯa-zđư&.]+"
_BODY = rf"\d{{1,5}}\s?[a-zA-Z]?(?:\s?[/]\s?{_SYMBOL}|\s?-\s?{_SYMBOL})+"
_SPACED = re.compile(r"\s*([/\-])\s*")
_DASH = re.compile("[‐‑–—−]")
_LABELLED = re.compile(
    rf"^(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh|LUẬT|Lệnh|Hiến pháp)?\s*(?:[Ss][ốỐôó]|SỐ|No)\s*[:.]?\s*(?:[:.]\s*)?({_BODY})"
)
_BLANK = re.compile(r"^(?:Luật |Nghị quyết |Pháp lệnh )?(?:[Ss]ố|SỐ)\s*:?\s*[.…_ ]*\s*[/-]")
_TITLED = re.compile(rf"^(?:[^\W\d_]+\s){{1,4}}(?:số\s*:?\s*)?({_BODY})", re.I)
_BARE = re.compile(rf"^({_BODY})$")
_WHOLE = re.compile(
    r"\d{1,5}[a-zA-Z]?(?:/\d{4})?/(?:[A-ZĐƯ][A-Za-zĐđƯư&.]*\d{0,2})(?:[-/][A-ZĐƯ0-9][A-Za-zĐđƯư&.0-9]*)*$"
    r"|\d{1,5}[a-zA-Z]?-(?:[A-ZĐƯ][A-Za-zĐđƯư&]*)(?:/[A-ZĐƯ]+)?(?:-[A-ZĐƯ]+)?$"
)
_YEAR_ONLY = re.compile(r"\d{1,5}/\d{4}$")
_LAW_TAIL = re.compile(r"\bsố\s*:?\s*(\d{1,4}/\d{4}/(?:UBTV)?QH\d{1,2})", re.I)


def canonical(raw: str) -> str:
    """ "01 /2025/TT - BTC" -> "01/2025/TT-BTC"."""
    text = _DASH.sub("-", raw).replace("Ð", "Đ")
    return _SPACED.sub(r"\1", text).replace(" ", "").strip(".-/")


def _tidy(line: str) -> str:
    return _SPACED.sub(r"\1", _DASH.sub("-", line.replace("Ð", "Đ")))


def _valid(raw: str) -> str | None:
    number = canonical(raw)
    # A place may be glued to it: "…/NĐ-CP" + "Hà".
    if _WHOLE.match(number) and not _YEAR_ONLY.match(number):
        return number
    return None


def find_number(head: Sequence[str], tail: Sequence[str], known: Known) -> Proposal[str] | None:
    """Return the number that the document gives itself, None when it is blank or absent."""
    consolidated = any("HỢP NHẤT" in line.upper() for line in (*head[:4], *tail))
    first, second = (tail, head) if consolidated else (head, tail)
    blank = False
    for at, part in enumerate((first, second)):
        for line in part:
            tidy = _tidy(line)
            match = _LABELLED.match(tidy)
            if match is not None and (number := _valid(match[1])):
                sure = 0.99 if _known_symbol(number, known) else 0.9
                return Proposal(number, line, sure - 0.02 * at)
            blank = blank or _BLANK.match(tidy) is not None
    if blank:
        return None
    for line in head:
        tidy = _tidy(line)
        match = _BARE.match(tidy) or _TITLED.match(tidy)
        if match is not None and (number := _valid(match[1])) and _known_symbol(number, known):
            return Proposal(number, line, 0.6)
    for line in head:
        found = _LAW_TAIL.findall(_tidy(line))
        if found:
            return Proposal(found[-1], line, 0.4)
    return None


def symbols(number: str) -> list[str]:
    """Symbols of a number without its digits and year: "01/2025/TT-BTC" -> ["TT", "BTC"]."""
    parts = re.split(r"[/\-]", number)
    return [part for part in parts[1:] if part and not part.isdigit()]


def _known_symbol(number: str, known: Known) -> bool:
    return any(
        known.type_of_code(s.rstrip("0123456789")) or known.issuer_of_code(s)
        for s in symbols(number)
    )
