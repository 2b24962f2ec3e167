"""Personal data in running text: numbers of identity papers, telephones, accounts, days of birth,
and names of people beside words of complaint. Pure: no Django.

Rule: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 and Nghị định 356/2025/NĐ-CP (what is published
shows no more of a person than a law asks for). Every pattern is linear: fixed words, then
bounded runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["identity", "telephone", "account", "birth", "complaint"]


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """One finding: ``text`` is the part that is to be hidden, at ``start:end``."""

    kind: Kind
    text: str
    start: int
    end: int


_DIGITS: Final = r"\d(?:[ .\-]?\d){%d,%d}"
_GAP: Final = r"[^\d\n;]{0,30}?"
# A citizen's number: province (001–096), century and sex, year of birth, six digits.
_CITIZEN: Final = re.compile(
    r"(?<![\d./\-])0(?:0[1-9]|[1-8]\d|9[0-6])[ .]?[0-3]\d{2}[ .]?\d{3}[ .]?\d{3}(?![\d/])"
)
_PAPER: Final = re.compile(
    r"(?<!\w)(?:CMND|CCCD|CMT|CMTND|[Cc]hứng minh (?:nhân dân|thư)|[Cc]ăn cước(?: công dân)?"
    r"|[Đđ]ịnh danh cá nhân|[Hh]ộ chiếu|ID)(?!\w)"
    + _GAP
    + r"(?<![\w./\-])(?P<hide>(?:[A-Z]\d{7,8}|"
    + _DIGITS % (8, 11)
    + r"))(?![\d/])"
)
_MOBILE: Final = re.compile(
    r"(?<![\d./,\-+(])(?:\+?84[ .\-]?|0)(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)"
    r"(?:[ .\-]?\d){7}(?![\d/]|[.,]\d)"
)
_ACCOUNT: Final = re.compile(
    r"(?<!\w)(?:[Ss]ố tài khoản|[Tt]ài khoản(?: ngân hàng)? số|STK|[Ss]ố TK|TK số)(?!\w)"
    + _GAP
    + r"(?<![\w/])(?P<hide>"
    + _DIGITS % (5, 18)
    + r")(?![\d/])"
)
# Accounts of the state are public: they are where citizens pay.
_OF_THE_STATE: Final = re.compile(r"[Kk]ho bạc|KBNN|ngân sách|tạm giữ|[Cc]ục Thuế|chuyên thu")
_BIRTH: Final = re.compile(
    r"(?<!\w)(?:[Ss]inh ngày|[Nn]gày sinh|[Nn]gày,? tháng,? năm sinh|[Ss]inh năm|[Nn]ăm sinh)(?!\w)"
    r"[ :\t]{0,6}(?P<hide>\d{1,2}[ ./\-]{1,3}\d{1,2}[ ./\-]{1,3}\d{4}"
    r"|\d{1,2} tháng \d{1,2} năm \d{4}|(?:19|20)\d\d)(?![\d/])"
)
# "sinh ngày 01/01/1960 trở về trước" is a rule, not a person.
_A_RULE: Final = re.compile(r"[\s,;)]{0,3}(?:trở|đến|hoặc|và (?:sau|trước)|về|thì)(?!\w)")
_UPPER: Final = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_NAME: Final = rf"[{_UPPER}][^\W\d_]{{0,9}}(?:[ ][{_UPPER}][^\W\d_]{{0,9}}){{1,4}}"
_COMPLAINT: Final = re.compile(
    r"(?<!\w)(?:[Kk]hiếu nại|[Tt]ố cáo|[Tt]ố giác|[Pp]hản ánh|[Kk]iến nghị|[Đđ]ơn thư|[Tt]ranh chấp)"
    r"(?!\w)[^.\n;]{0,60}?(?<!\w)(?:ông|bà|anh|chị|công dân|Ông|Bà)(?: \(?bà\)?)?[:]? "
    rf"(?P<hide>{_NAME})(?!\w)"
)
_LONG: Final = re.compile(r"\d(?:[ .\-]?\d){6}")
_PAPER_WORDS: Final = (
    "cmnd", "cccd", "cmt", "chứng minh", "căn cước", "định danh", "hộ chiếu", "id",
)  # fmt: skip
_COMPLAINT_WORDS: Final = (
    "khiếu nại", "tố cáo", "tố giác", "phản ánh", "kiến nghị", "đơn thư", "tranh chấp",
)  # fmt: skip
_OFFICES: Final = re.compile(
    r"^(?:Chủ|Bộ|Thủ|Giám|Phó|Trưởng|Chánh|Viện|Tổng|Thanh|Cục|Vụ|Sở|Ủy|Uỷ|Hội|Ban|Bí|Luật|Nghị)[ ]"
)


def find(text: str) -> list[PersonalDatum]:
    """What of a person stands in ``text``, from left to right, without overlap.

    >>> [(one.kind, one.text) for one in find("Ông A, CCCD số 012345678901, sinh năm 1980")]
    [('identity', '012345678901'), ('birth', '1980')]
    """
    found = sorted(_all(text), key=lambda one: (one.start, -one.end))
    apart: list[PersonalDatum] = []
    for one in found:
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def _all(text: str) -> Iterator[PersonalDatum]:
    """Each pattern is asked only where its words, or digits enough, stand at all."""
    low = text.lower()
    if _LONG.search(text):
        if any(word in low for word in _PAPER_WORDS):
            yield from _of("identity", _PAPER, text)
        yield from _of("identity", _CITIZEN, text)
        yield from _of("telephone", _MOBILE, text)
    if "tài khoản" in low or "tk" in low:
        yield from _of("account", _ACCOUNT, text, _is_private)
    if "sinh" in low:
        yield from _of("birth", _BIRTH, text, _is_a_person)
    if any(word in low for word in _COMPLAINT_WORDS):
        yield from _of("complaint", _COMPLAINT, text, _is_a_name)


def _of(
    kind: Kind,
    pattern: re.Pattern[str],
    text: str,
    fits: Callable[[re.Match[str]], bool] = lambda match: True,
) -> Iterator[PersonalDatum]:
    group = "hide" if "hide" in pattern.groupindex else 0
    for match in pattern.finditer(text):
        if fits(match):
            yield PersonalDatum(kind, match[group], match.start(group), match.end(group))


def _is_private(match: re.Match[str]) -> bool:
    around = match.string[max(0, match.start() - 120) : match.end() + 120]
    return _OF_THE_STATE.search(around) is None


def _is_a_person(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 12) : match.start()]
    return _A_RULE.match(match.string, match.end()) is None and not before.rstrip().endswith(
        ("người", "trẻ", "trẻ em", "cá nhân", "con")
    )


def _is_a_name(match: re.Match[str]) -> bool:
    return _OFFICES.match(match["hide"]) is None
