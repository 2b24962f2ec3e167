"""Numbers as law texts write them: arabic, roman, in words, with a letter; all to one form."""

from __future__ import annotations

import re

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_OK = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,4})(IX|IV|V?I{0,4})$")
_WORDS = {
    "nhất": 1,
    "một": 1,
    "hai": 2,
    "nhì": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
# The order of điểm in Vietnamese law drafting (NĐ 78/2025/NĐ-CP): đ follows d; f, j, w, z are not
# used by the rule but occur.
LETTERS = "abcdđefghijklmnopqrstuvwxyz"


def roman(text: str) -> int | None:
    """Return the value of a roman number ("IV" -> 4), None when it is not one."""
    upper = text.upper()
    if not upper or not _ROMAN_OK.match(upper):
        return None
    total = 0
    for here, after in zip(upper, upper[1:] + " ", strict=True):
        value = _ROMAN[here]
        total += -value if _ROMAN.get(after, 0) > value else value
    return total


def words(text: str) -> int | None:
    """Return the value of an ordinal in words ("thứ nhất", "mười hai"), None when it is not one."""
    parts = text.lower().removeprefix("thứ").split()
    if not parts or any(part not in _WORDS for part in parts):
        return None
    if len(parts) == 1:
        return _WORDS[parts[0]]
    if parts[0] == "mười" and len(parts) == 2:
        return 10 + _WORDS[parts[1]]
    if parts[1] == "mười" and len(parts) <= 3:
        return _WORDS[parts[0]] * 10 + (_WORDS[parts[2]] if len(parts) == 3 else 0)
    return None


def canonical(text: str) -> str:
    """Return the form of a number used in ids: "IV" -> "4", "05" -> "5", "5A" -> "5a", đ -> "dd".

    Letters that are no roman number stay letters ("A" -> "a").
    """
    compact = text.strip()
    if compact.isdecimal():
        return str(int(compact))
    if compact.isupper() and (value := roman(compact)) is not None:
        return str(value)
    if (value := words(compact)) is not None:
        return str(value)
    lowered = compact.lower()
    match = re.fullmatch(r"(\d+)\s?([a-zđ]{0,2}\d{0,2})", lowered)
    if match:
        return str(int(match[1])) + match[2].replace("đ", "dd")
    if (
        len(compact) > 1
        and compact[:-1].isupper()
        and compact[-1].islower()
        and (value := roman(compact[:-1])) is not None
    ):
        return f"{value}{lowered[-1]}".replace("đ", "dd")
    cleaned = re.sub(r"[^a-z0-9đ]+", "-", lowered).strip("-")
    return cleaned.replace("đ", "dd")


def letter_rank(letters: str) -> int:
    """Return the place of a điểm letter ("a" -> 0, "đ" -> 4, "aa" -> 27 …), -1 when it is none."""
    rank = 0
    for char in letters:
        at = LETTERS.find(char)
        if at < 0:
            return -1
        rank = rank * 27 + at + 1
    return rank - 1
