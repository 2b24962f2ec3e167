"""Signs for professionals: "exact words", -word, -"words", loại:…, cơ quan:…, năm:… .

A quotation in a long question is a quotation, not an operator: it would forbid every text that
says the same in other words. What is malformed stays plain text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from portal.core.text import squash_spaces
from search.understanding.tokens import flat

#: (name of the field, text behind the colon, quoted) → how much of the text is a value; 0: none.
ReadField = Callable[[str, str, bool], int]

_QUOTES: Final = str.maketrans("“”„‟«»″", '"""""""')
_PHRASE: Final = re.compile(r'(?<!\w)(-?)"([^"]{1,200})"(?!\w)')
_MINUS: Final = re.compile(r"(?:(?<=\s)|^)-([^\W\d_]{2,40})(?![\w/-])")
_NAMES: Final = {
    "loai": "loai", "coquan": "co_quan", "nam": "nam", "cap": "cap", "tinh": "tinh",
    "linhvuc": "linh_vuc", "hieuluc": "hieu_luc", "so": "so", "tu": "tu", "den": "den",
}  # fmt: skip
_FIELD: Final = re.compile(
    r"(?<![\w:])(loai|co\s?quan|nam|cap|tinh|linh\s?vuc|hieu\s?luc|so|tu|den):(?!//)\s?"
)
_QUOTED: Final = re.compile(r'"([^"]{1,200})"')
# More words than this, and quotes quote.
_LONGEST_COMMAND: Final = 18
_MOST: Final = 8


@dataclass(slots=True)
class Operators:
    """What the signs asked for; ``text`` is the rest. Fields went to the caller's reader."""

    text: str
    phrases: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)


def read_operators(text: str, read_field: ReadField) -> Operators:
    """Read and remove the operators of ``text``.

    >>> found = read_operators('"hợp đồng" thuê nhà -đất', lambda name, value, quoted: 0)
    >>> found.text, found.phrases, found.excluded
    ('hợp đồng thuê nhà', ['hợp đồng'], ['đất'])
    """
    text = text.translate(_QUOTES)
    found = Operators(text)
    if not any(sign in text for sign in '":-'):
        return found
    command = len(text.split()) <= _LONGEST_COMMAND and "?" not in text
    text = _without_fields(text, read_field)
    if command:
        text = _PHRASE.sub(lambda match: _phrase(match, found), text)
        text = _MINUS.sub(lambda match: _without(match[1], found), text)
    found.text = squash_spaces(text.replace('"', " "))
    return found


def _without_fields(text: str, read_field: ReadField) -> str:
    at = count = 0
    while count < _MOST and (match := _FIELD.search(flat(text), at)) is not None:
        name = _NAMES[match[1].replace(" ", "")]
        quoted = _QUOTED.match(text, match.end())
        if quoted is not None:
            used = len(quoted[0]) if read_field(name, quoted[1], True) else 0
        else:
            used = read_field(name, text[match.end() :], False)
        count += 1
        if used:
            text = f"{text[: match.start()]} {text[match.end() + used :]}"
            at = match.start()
        else:
            at = match.end()
    return text


def _phrase(match: re.Match[str], found: Operators) -> str:
    words = squash_spaces(match[2])
    if not any(letter.isalnum() for letter in words):
        return " "
    kept = found.excluded if match[1] else found.phrases
    if len(kept) < _MOST:
        kept.append(words)
    return " " if match[1] else f" {words} "


def _without(word: str, found: Operators) -> str:
    if len(found.excluded) < _MOST:
        found.excluded.append(word)
    return " "
