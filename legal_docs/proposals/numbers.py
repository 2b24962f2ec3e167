"""The number of a document (số, ký hiệu) in its head, written as one canonical string."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .known import Known
from .model import Proposal
from .page import Page

_SYMBOL = r"[0-9A-ZĐƯa-zđư&.]+"
_BODY = rf"\d{{1,5}}(?:\.\d{{1,3}})?\s?[a-zA-Z]?(?:\s?[/]\s?{_SYMBOL}|\s?-\s?{_SYMBOL})+"
_SPACED = re.compile(r"\s*([/\-])\s*")
# Cyrillic capitals that look Latin occur in real numbers ("TT-BTС").
_CYRILLIC = str.maketrans("АВЕКМНОРСТХ", "ABEKMHOPCTX")
_DASH = re.compile("[‐‑–—−]")
_LABELLED = re.compile(
    rf"^(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh|LUẬT|Lệnh|Hiến pháp)?\s*(?:[Ss][ốỐôó]|SỐ|No)\s*[:.]?\s*(?:[:.]\s*)?({_BODY})"
)
_BLANK = re.compile(r"^(?:Luật |Nghị quyết |Pháp lệnh )?(?:[Ss]ố|SỐ)\s*:?\s*[.…_ ]*\s*[/-]")
_TITLED = re.compile(
    r"^(?:[^\W\d_]+\s){1,4}(?:số\s*:?\s*)?(\d{1,5}(?:/\d{4})?/[A-ZĐƯ][\wĐđ&]*(?:-[A-ZĐƯ][\wĐđ&]*)*)(?=$|[\s,:.;])"
)
_BARE = re.compile(rf"^({_BODY})$")
_WHOLE = re.compile(
    r"\d{1,5}(?:\.\d{1,3})?[a-zA-Z]?(?:/\d{4})?/(?:[A-ZĐƯ][A-Za-zĐđƯư&.]*\d{0,2})(?:[-/][A-ZĐƯ0-9][A-Za-zĐđƯư&.0-9]*)*$"
    r"|\d{1,5}[a-zA-Z]?-(?:[A-ZĐƯ][A-Za-zĐđƯư&]*)(?:/[A-ZĐƯ]+)?(?:-[A-ZĐƯ]+)?$"
)
_YEAR_ONLY = re.compile(r"\d{1,5}/\d{4}$")
_LAW_TAIL = re.compile(r"\bsố\s*:?\s*(\d{1,4}/\d{4}/(?:UBTV)?QH\d{1,2})", re.I)


def canonical(raw: str) -> str:
    """ "01 /2025/TT - BTC" -> "01/2025/TT-BTC"."""
    text = _DASH.sub("-", raw).replace("Ð", "Đ").translate(_CYRILLIC)
    return _SPACED.sub(r"\1", text).replace(" ", "").strip(".-/")


def _tidy(line: str) -> str:
    plain = _DASH.sub("-", line.replace("Ð", "Đ")).translate(_CYRILLIC)
    return _SPACED.sub(r"\1", plain)


def _valid(raw: str) -> str | None:
    number = canonical(raw)
    # A place may be glued to it: "…/NĐ-CP" + "Hà".
    if _WHOLE.match(number) and not _YEAR_ONLY.match(number):
        return number
    return None


def find_number(page: Page, known: Known) -> Proposal[str] | None:
    """Return the number that the document gives itself, None when it is blank or absent."""
    own = _labelled(page.authentic, known)
    if own is not None and "VBHN" in own.value:
        return own
    consolidated = bool(page.authentic) or any("HỢP NHẤT" in line for line in page.head[:4])
    own = _labelled(page.head, known)
    if own is not None:
        return own
    if consolidated or any(_BLANK.match(_tidy(line)) for line in page.head):
        return None
    return _labelled(page.tail, known) or _unlabelled(page.head, known)


def _labelled(lines: Sequence[str], known: Known) -> Proposal[str] | None:
    for line in lines:
        match = _LABELLED.match(_tidy(line))
        if match is not None and (number := _valid(match[1])):
            return Proposal(number, line, 0.99 if _known_symbol(number, known) else 0.9)
    return None


def _unlabelled(head: Sequence[str], known: Known) -> Proposal[str] | None:
    for line in (line for line in head if "có hiệu lực" not in line):
        match = _BARE.match(_tidy(line)) or _TITLED.match(_DASH.sub("-", line).translate(_CYRILLIC))
        if match is not None and (number := _valid(match[1])) and _known_symbol(number, known):
            return Proposal(number, line, 0.6)
    for line in head:
        found = _LAW_TAIL.findall(_tidy(line)) if len(line) < 160 else []
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
