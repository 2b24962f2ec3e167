"""What of a query may be written down: words, without what points to a person. Pure."""

from __future__ import annotations

import re
from typing import Final

from portal.core.text import clean, normalise_dashes, squash_spaces, syllables

MASK: Final = "•••"
_MAIL: Final = re.compile(r"\S*[@＠]\S*")
# Identity cards, phones, accounts, tax codes: nine digits or more, however they are grouped.
# A slash ends a run: numbers of documents have one.
_LONG_NUMBER: Final = re.compile(r"(?<![\d/])\+?\(?\d(?:[ .()\-]{0,2}\d){8,}(?![\d/])")
_PASSPORT: Final = re.compile(r"(?<!\w)[a-z]\d{7,8}(?!\w)", re.IGNORECASE)
_PLATE: Final = re.compile(
    r"(?<!\w)\d\d[ -]?[a-zđ]{1,2}\d?[ .-]{0,3}(?:\d{3}\.?\d{2}|\d{4})(?![\w/])", re.IGNORECASE
)


def loggable(text: str, limit: int = 200) -> str:
    """Return the words of a query in small letters, masked and cut; "" when none are left.

    >>> loggable("Tra CCCD 079 123 456 789, tên a@b.vn Nghị định 168/2024/NĐ-CP")
    'tra cccd •••, tên nghị định 168/2024/nđ-cp'
    >>> loggable("0912.345.678")
    ''
    """
    words = normalise_dashes(clean(text[:2000]))
    words = _MAIL.sub(" ", words)
    for shape in (_LONG_NUMBER, _PASSPORT, _PLATE):
        words = shape.sub(f" {MASK} ", words)
    words = re.sub(r"\s+([,.;:?!])", r"\1", squash_spaces(words).lower())
    return squash_spaces(words[:limit]) if syllables(words) else ""
