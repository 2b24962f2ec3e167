"""Numbers in running text: strict where parsing is lenient, because text is full of dates."""

import re
from dataclasses import dataclass
from typing import Final

from legal_docs.numbering.number import DocumentNumber
from legal_docs.numbering.parsing import parse
from legal_docs.numbering.vocabulary import OLD_SYMBOLS, TYPES, TYPES_AS_PRINTED


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """A number at ``text[start:end]`` of what was searched."""

    start: int
    end: int
    number: DocumentNumber
    text: str


def _words(spellings: set[str]) -> str:
    # Ð (eth) stands for Đ in old files; the text keeps it, because positions must hold.
    return "|".join(sorted(spellings, key=len, reverse=True)).replace("Đ", "[ĐÐ]")


_UP: Final = "A-ZĐÐƯÔÂАВЕКМНОРСТХ"
_SLASH: Final = r"\s?/\s?"
_DASH: Final = r"\s?[-‐‑‒–—−_]\s?"
_KIND: Final = _words(set(TYPES.values()) | set(TYPES) | TYPES_AS_PRINTED)
# One capital alone, or a second capital or digit after it: "CP-Chính phủ" ends at CP.
_SEGMENT: Final = rf"[{_UP}](?:[{_UP}\d&][{_UP}a-z\d&]*)?(?!\w)"
_BODY: Final = rf"{_SEGMENT}(?:[-–.&]{_SEGMENT})*"
_SMALL_BODY: Final = r"(?i:cp|ttg|ctn|ubnd|h[đd]nd|b[a-zđ]{1,8})(?!\w)"
_ANY_BODY: Final = rf"(?:{_BODY}|{_SMALL_BODY})"

_NUMBER: Final = re.compile(
    rf"""(?<![\w/.,-])(?<!\d[ ])\d{{1,6}}(?:\.\d{{1,2}}(?=\s?/\s?20))?[a-zA-Zđ]?(?:
        {_SLASH}(?:19|20)\d\d{_SLASH}(?:
            (?:QH|UBTVQH)\s?\d{{1,2}}(?!\w)
          | (?:(?i:{_KIND}))(?:{_DASH}|{_SLASH}){_ANY_BODY}
        )
      | {_DASH}(?:{_KIND}){_SLASH}{_BODY}
      | {_SLASH}(?:{_KIND}){_DASH}{_ANY_BODY}
      | {_SLASH}[{_UP}]{{2}}[{_UP}\da-z]{{0,12}}-{_BODY}
      | [-–/](?:{_words(set(OLD_SYMBOLS))})(?![\w/-])
    )""",
    re.VERBOSE,
)


def find(text: str) -> tuple[NumberMatch, ...]:
    """Return the numbers in ``text`` from left to right, without overlap; never a bare n/yyyy.

    >>> [str(hit.number) for hit in find("theo Chỉ thị 58/CT-TW ngày 17/10/2031 và 12-CP")]
    ['58-CT/TW', '12-CP']
    """
    return tuple(_matches(text))


def _matches(text: str) -> list[NumberMatch]:
    hits = []
    for found in _NUMBER.finditer(text):
        number = parse(found.group().replace("QH ", "QH"))
        if number is not None:
            hits.append(NumberMatch(found.start(), found.end(), number, found.group()))
    return hits
