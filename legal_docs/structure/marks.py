"""What a line opens: Phần, Chương, Mục, Điều, khoản, điểm, phụ lục … judged from the line alone.

Rules of form: NĐ 30/2020/NĐ-CP Phụ lục I and NĐ 78/2025/NĐ-CP; older forms (I., A., 1.1.) from
practice. The first character chooses the one expression that is tried, so that plain text costs
one dictionary look-up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from .numerals import canonical, roman


class Mark(NamedTuple):
    """A unit that a line may open. number is canonical, label as printed, rest what follows.

    weak: the line has the words but not the punctuation of a heading (needs bold to count).
    """

    kind: str
    number: str
    label: str
    rest: str
    weak: bool = False


_NOTE = r"(?:\s?\[\d{1,3}\]|\s?\(\d{1,3}\))?"
_ARTICLE = re.compile(
    rf"(?:Điều|ĐIỀU|Ðiều|Điêu)\s{{0,3}}(\d{{1,4}})(?:\s?([a-zđA-ZĐ]{{1,2}}\d?)(?![a-zđà-ỹA-Z]))?{_NOTE}"
    r"\s{0,3}(?:([.:])|[-–](?=\s)|$)"
)
_ARTICLE_BARE = re.compile(r"(?:Điều|ĐIỀU)\s{1,3}(\d{1,4})([a-zđ]?)\s{1,3}(?=[A-ZĐÀ-Ỹ(])")
_ORDINAL = (
    r"(?:[Tt]hứ|THỨ)\s+(?:[^\W\d_]+(?:\s+(?:[Mm]ười|MƯỜI))?(?:\s+(?:nhất|một|hai|ba|tư|bốn|năm|"
    r"sáu|bảy|tám|chín|NHẤT|MỘT|HAI|BA|TƯ|BỐN|NĂM|SÁU|BẢY|TÁM|CHÍN))?)"
)
_CONTAINER = re.compile(
    rf"(Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|TIỂU MỤC|Tiểu Mục)\s+"
    rf"({_ORDINAL}|[IVXLC]{{1,8}}[a-zđ]?|\d{{1,3}}\s?[a-zđA-Z]?|[A-HĐ])(?![\w/,])"
    rf"{_NOTE}(\s{{0,3}}[.:\-–])?"
)
_APPENDIX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục|Phụ Lục|PHỤ LUC)(?:\s+(?:(?:số|SỐ|Số)\s*:?\s*)?"
    r"([IVXLC]{1,7}|\d{1,3}|[A-HĐ])(?:([a-zđA-HĐ])|[.\-–](\d{1,3}|[IVX]{1,5}))?(?![\w/,]))?"
    rf"{_NOTE}\s{{0,3}}([.:\-–])?"
)
_CLAUSE = re.compile(
    r"(\d{1,3})\s?([a-zđ]?)"
    r"(?:\.\s{0,2}(?:\[\d{1,3}\])?(?![\d.,])|\s?\)\s{0,2}|\[\d{1,3}\]\.?\s|\s?[-–/]\s)"
)
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})[.)]?\s+(?=[^\W\d_“\"(])")
_POINT = re.compile(
    r"\(?([a-zđ]{1,2}\d{0,2})(?:\s?\)|\s?[./](?=\s)|\s?-(?=\s))(?:\[\d{1,3}\])?\s{0,3}"
)
_ROMAN_ITEM = re.compile(r"([IVX]{1,6})\s?(?:[.)/:]|[-–])\s{0,3}(?=\S)")
_LETTER_ITEM = re.compile(r"([A-HKLMĐ])\s?[.)/\-–]\s{0,3}(?=\S)")
_LEADING_NOTE = re.compile(
    r"\s*(?:\[\d{1,3}\]|\(\d{1,3}\)(?=\s?[A-ZĐÀ-Ỹ])|\d{1,3}(?=\s[A-ZĐÀ-Ỹ(]))\s*"
)
_REFERENCE = re.compile(
    r"(?:và|của|này|hoặc|đến|tại|Chương|Phần|Điều|Mục|khoản|điểm|nêu|ban hành|kèm|thuộc|trong|theo)"
    r"\b|[,;/]"
)


def _tidy(rest: str) -> str:
    rest = rest.strip()
    if rest and rest[0] in "[(0123456789":
        rest = _LEADING_NOTE.sub("", rest, count=1) if _LEADING_NOTE.match(rest) else rest
    return rest


def _article(line: str) -> Mark | None:
    match = _ARTICLE.match(line)
    if match is None:
        bare = _ARTICLE_BARE.match(line)
        if bare is None:
            return None
        number = canonical(bare[1] + bare[2])
        return Mark("dieu", number, bare[0].strip() + ".", line[bare.end() :].strip(), weak=True)
    rest = line[match.end() :]
    if rest[:1].isdigit() and not _LEADING_NOTE.match(rest):
        return None
    if match[2] and match[2].isupper() and len(match[2]) > 1:
        return None
    letters = match[2] or ""
    number = canonical(match[1] + letters.lower())
    rest = _tidy(rest)
    if match[3] is None and rest and not rest[0].isupper() and rest[0] not in "“\"'(":
        return None
    return Mark("dieu", number, f"Điều {int(match[1])}{letters}.", rest)


_KINDS = {"phần": "phan", "chương": "chuong", "mục": "muc", "tiểu mục": "tieu-muc"}


def _container(line: str) -> Mark | None:
    match = _CONTAINER.match(line)
    if match is None:
        return None
    number = canonical(match[2])
    rest = line[match.end() :].strip()
    if match[2][:3].lower() == "thứ" and not number.isdigit():
        return None
    if rest and (rest[0].islower() or _REFERENCE.match(rest)):
        return None
    if rest and match[3] is None and not rest[0].isupper() and rest[0] not in '[(“"':
        return None
    weak = bool(rest) and match[3] is None and not line.isupper()
    return Mark(_KINDS[match[1].lower()], number, line[: match.end(2)].strip(), _tidy(rest), weak)


def _appendix(line: str) -> Mark | None:
    match = _APPENDIX.match(line)
    if match is None or len(line) > 400:
        return None
    rest = line[match.end() :].strip()
    if rest and (rest[0].islower() or rest[0] in ",;/" or _REFERENCE.match(rest)):
        return None
    if rest and match[1] is None and match[4] is None and not line.isupper():
        return None
    number = canonical(match[1] + (match[2] or "")) if match[1] else ""
    if match[3]:
        number = f"{number}-{canonical(match[3])}"
    label = line[: match.start(4) if match[4] else match.end()].strip()
    return Mark("phu-luc", number, label, rest, weak=bool(rest) and not line.isupper())


def _digit(line: str) -> Mark | None:
    match = _CLAUSE.match(line)
    if match is not None:
        number = canonical(match[1] + match[2])
        return Mark("khoan", number, match[0].strip(), line[match.end() :].strip())
    match = _DECIMAL.match(line)
    if match is not None:
        number = "-".join(str(int(part)) for part in match[1].split("."))
        return Mark("so", number, match[0].strip(), line[match.end() :].strip())
    return None


def _point(line: str) -> Mark | None:
    match = _POINT.match(line)
    if match is None:
        return None
    number = match[1].replace("đ", "dd")
    return Mark("diem", number, match[0].strip(), line[match.end() :].strip())


def _capital(line: str) -> Mark | None:
    match = _ROMAN_ITEM.match(line)
    if match is not None and (value := roman(match[1])) is not None:
        return Mark("la-ma", str(value), match[0].strip(), line[match.end() :].strip())
    match = _LETTER_ITEM.match(line)
    if match is not None:
        number = match[1].lower().replace("đ", "dd")
        return Mark("chu-cai", number, match[0].strip(), line[match.end() :].strip())
    return None


def _d_or_article(line: str) -> Mark | None:
    return _article(line) or _capital(line)


def _c_or_container(line: str) -> Mark | None:
    return _container(line) or _capital(line)


def _m_or_container(line: str) -> Mark | None:
    return _container(line) or _capital(line)


def _p(line: str) -> Mark | None:
    return _appendix(line) if line[1:2] in ("h", "H") and line[2:3] in "ụỤ" else _container(line)


_DISPATCH: dict[str, Callable[[str], Mark | None]] = {
    "Đ": _d_or_article,
    "Ð": _article,
    "C": _c_or_container,
    "P": _p,
    "M": _m_or_container,
    "T": _container,
    **dict.fromkeys("0123456789", _digit),
    **dict.fromkeys("abcdđefghijklmnopqrstuvxyz(", _point),
    **dict.fromkeys("ABDEFGHIVXKL", _capital),
}
_SECOND = {"Đ": "iIiÐê .)/-–", "C": "hH .)/-–", "P": "hH", "M": "ụỤ .)/-–", "T": "iI"}


def classify(line: str) -> Mark | None:
    """Return what a stripped NFC line may open, or None for plain text."""
    if len(line) < 2:
        return None
    first = line[0]
    seconds = _SECOND.get(first)
    if seconds is not None and line[1] not in seconds:
        return None
    handler = _DISPATCH.get(first)
    return handler(line) if handler is not None else None
