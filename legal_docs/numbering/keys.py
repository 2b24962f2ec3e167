"""Keys under which one document is found, however its number was spelled."""

import re
from typing import Final

from legal_docs.numbering.number import format
from legal_docs.numbering.parsing import parse, tidy
from portal.core.text import clean, slugify, squash_spaces

NO_NUMBER: Final = "khong-so"

_LEADING_ZEROS: Final = re.compile(r"^0+(?=\d)")


def canonical(text: str) -> str:
    """Return the canonical spelling of the number in ``text``; if it is none, the cleaned text.

    >>> canonical("Số: 12/2031/ND-CP"), canonical(" Không  số ")
    ('12/2031/NĐ-CP', 'Không số')
    """
    number = parse(text)
    return squash_spaces(clean(text)) if number is None else format(number)


def key(text: str) -> str:
    """Return the key for look-up and address: a-z, 0-9 and dashes, never empty.

    >>> key("58/CT-TW"), key("58-CT/TW"), key("05/2031/QĐ-UBND"), key("")
    ('58-ct-tw', '58-ct-tw', '05-2031-qd-ubnd', 'khong-so')
    """
    number = parse(text)
    return slugify(tidy(text) if number is None else format(number)) or NO_NUMBER


def loose_key(text: str) -> str:
    """Return a key without separators and leading zeros, for numbers pasted or typed from memory.

    >>> loose_key("05/2031/QĐ-UBND"), loose_key("5/2031/qd-ubnd"), loose_key("1682024NDCP")
    ('52031qdubnd', '52031qdubnd', '1682024ndcp')
    """
    return _LEADING_ZEROS.sub("", key(text).replace("-", ""))


def same(one: str, other: str) -> bool:
    """Tell whether two spellings name one number (05 and 5 are one).

    >>> same("Số: 05/2031/QD-UBND", "5/2031/QĐ–UBND")
    True
    """
    return loose_key(one) == loose_key(other)
