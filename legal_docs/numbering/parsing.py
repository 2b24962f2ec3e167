"""From a printed or typed number to a ``DocumentNumber``.

Separators are taken as people mix them (``168-2024-nd-cp``, ``58/CT-TW``): what decides is the
order of the parts — serial, year, type, issuer — not the signs between them.
"""

import re
from typing import Final

from legal_docs.numbering.number import DocumentNumber
from legal_docs.numbering.vocabulary import (
    ISSUERS,
    OLD_SYMBOLS,
    PARTY_ISSUERS,
    PARTY_TYPES,
    TERMED,
    issuer_spelling,
    type_spelling,
)
from portal.core.text import clean, fold, normalise_dashes, squash_spaces

# Cyrillic and Greek capitals that scanners and keyboards put for Latin ones.
_LOOK_ALIKES: Final = str.maketrans("АВЕКМНОРСТХ", "ABEKMHOPCTX")
_PREFIX: Final = re.compile(r"^(?:.{0,40}\b)?s[ốo]\s*[:.]?\s*(?=\d)", re.IGNORECASE)
_ROUND_SEPARATOR: Final = re.compile(r"\s*([/_-])\s*")
_MISSING_SLASH: Final = re.compile(r"^(\d+[a-zđ]?/(?:19|20)\d\d)(?=[^\W\d_])", re.IGNORECASE)
_MISSING_FIRST: Final = re.compile(r"^(\d+[a-zđ]?) (?=[^\W\d_]+-)", re.IGNORECASE)
_SERIAL: Final = re.compile(r"^(\d{1,6}(?:\.\d{1,3})?[a-zđ]?)([/-])(.+)$", re.IGNORECASE)
_YEAR: Final = re.compile(r"^((?:19|20)\d\d)[/-](.+)$")
_HEAD: Final = re.compile(r"^([^/-]+)([/-])(.+)$")
_PART: Final = re.compile(r"[^\W_]+")
_BODY: Final = re.compile(r"^[^\W\d_](?:[\w&.,()/ -]*[\w)])?$")
_TERM: Final = re.compile(r"^(" + "|".join(TERMED) + r")\.?(\d{1,2})$")


def tidy(text: str) -> str:
    """Return ``text`` without "Số:", odd letters, spaces at separators and a closing stop."""
    text = squash_spaces(normalise_dashes(clean(text))).translate(_LOOK_ALIKES)
    text = _PREFIX.sub("", text).rstrip(" .,;")
    text = _ROUND_SEPARATOR.sub(r"\1", text).replace("_", "-")
    return _MISSING_FIRST.sub(r"\1/", _MISSING_SLASH.sub(r"\1/", text))


def parse(text: str) -> DocumentNumber | None:
    """Return the number that the whole of ``text`` is, or None.

    A bare ``100/2019`` is no number (it is a date as often); see ``parse_query`` for those.

    >>> parse(" 12/2031/nd - cp")
    DocumentNumber(serial='12', year=2031, type_abbr='NĐ', issuer='CP', term=None, form='qppl')
    >>> str(parse("58/CT-TW"))
    '58-CT/TW'
    """
    if len(text) > 300:
        return None
    found = _SERIAL.match(tidy(text))
    if found is None:
        return None
    serial, separator, rest = found.groups()
    serial = serial.lower() if serial[-1:].islower() else serial
    dated = _YEAR.match(rest)
    if dated is not None:
        return _dated(serial, int(dated[1]), dated[2])
    return _undated(serial, separator, rest)


def _dated(serial: str, year: int, rest: str) -> DocumentNumber | None:
    head = _HEAD.match(rest)
    kind = type_spelling(head[1]) if head else None
    if head is not None and kind is not None:
        form = "qppl_gach_cheo" if head[2] == "/" else "qppl"
        return _number(serial, year, kind, head[3], form)
    if type_spelling(rest) is not None:
        return None
    return _number(serial, year, "", rest, "quoc_hoi")


def _undated(serial: str, separator: str, rest: str) -> DocumentNumber | None:
    head = _HEAD.match(rest)
    if head is None:
        return _old(serial, separator, rest)
    kind = type_spelling(head[1])
    if kind is None:
        return _number(serial, None, "", rest, "cong_van")
    if _is_party(kind, head[3]) or (separator == "-" and head[2] == "/"):
        return _number(serial, None, kind, head[3], "dang")
    return _number(serial, None, kind, head[3], "hop_nhat" if kind == "VBHN" else "hanh_chinh")


def _is_party(kind: str, issuer: str) -> bool:
    return kind in PARTY_TYPES and _central(issuer_spelling(issuer), issuer) in PARTY_ISSUERS


def _central(spelling: str, printed: str) -> str:
    # TƯ (trung ương) folds to TU (tỉnh ủy): the horn is what tells them apart.
    return "TW" if printed.upper() == "TƯ" else spelling


def _old(serial: str, separator: str, symbol: str) -> DocumentNumber | None:
    form = "cu_gach_ngang" if separator == "-" else "cu_gach_cheo"
    kind = type_spelling(symbol)
    if kind is not None:
        return DocumentNumber(serial, None, kind, "", None, form) if kind in OLD_SYMBOLS else None
    known = fold(symbol).upper().rstrip("0123456789") in ISSUERS
    if not known and not (symbol.isupper() and symbol.isalpha() and len(symbol) > 1):
        return None
    return _number(serial, None, "", symbol, form)


def _number(
    serial: str, year: int | None, kind: str, body: str, form: str
) -> DocumentNumber | None:
    if not _BODY.match(body):
        return None
    if form == "dang":
        body = _central(body, body)
    issuer = _PART.sub(lambda part: _spell(part.group()), body)
    termed = _TERM.match(issuer)
    if termed is not None:
        return DocumentNumber(serial, year, kind, termed[1], int(termed[2]), form)
    return DocumentNumber(serial, year, kind, issuer, None, form)


_ENDS_IN_TERM: Final = re.compile(r"^([^\W\d]+)(\d{1,2})$")


def _spell(part: str) -> str:
    """Spell one part of an issuer; a term stays behind its body (``ubtvqh14`` → ``UBTVQH14``)."""
    found = _ENDS_IN_TERM.match(part)
    if found is None:
        return issuer_spelling(part)
    return issuer_spelling(found[1]) + found[2]
