"""The rules of ranking that both engines share, free of either.

Weights began as those of stage one in the relevance study.
"""

import re
import zlib
from datetime import date
from typing import Final

from legal_docs.validity import Status

DOCUMENT: Final = "d"
PROVISION: Final = "p"
NEVER: Final = 99991231
UNKNOWN: Final = 0
EARLIEST: Final = 1

# A document that was named stands before every one that merely matches; among several named
# laws the first stands first.
NAMED: Final = 1_000_000.0
PARTLY_NAMED: Final = 500_000.0
# Of several documents with one partial number, those of the centre stand first.
CENTRAL: Final = "trung-uong"
CENTRAL_FIRST: Final = 1000.0

# Field, weight of a word, weight of a pair of neighbours.
PROVISION_WEIGHTS: Final = (("p_all", 1.3, 1.0), ("p_title", 0.0, 0.8))
TITLE_WEIGHTS: Final = (("d_title", 0.5, 1.0),)
# Other accents than the typed ones count, but little: "má" before "mà".
FOLDED_SHARE: Final = 0.1
FOLDED_UP_TO: Final = 4
# What has ended stands below what is in force unless it was asked for by number.
ENDED_SHARE: Final = 0.7

K1: Final = 1.2
B: Final = 0.75

RANKED_PROVISIONS: Final = 200
MARGIN: Final = 50
PROVISIONS_PER_HIT: Final = 3

# Suspended in part and suspended are one condition on the days that are indexed, and what became
# unsuitable has no day of its own.
STATUSES: Final = tuple(
    code.value for code in Status if code not in (Status.PARTLY_SUSPENDED, Status.UNSUITABLE)
)

_ARTICLE: Final = re.compile(r"dieu-([1-9]\d{0,8})", re.ASCII)

UNNAMED_TYPES: Final = {"L": ("L", "quoc_hoi"), "NQ": ("NQ", "quoc_hoi"), "PL": ("PL", "quoc_hoi")}


def ref_text(ref: tuple[str, int]) -> str:
    """Return the term under which all records of a document stand."""
    return f"{ref[0]}:{ref[1]}"


def ref_of(text: str) -> tuple[str, int]:
    """Return the document that ``ref_text`` made.

    >>> ref_of(ref_text(("legal", 7)))
    ('legal', 7)
    """
    kind, _, number = text.rpartition(":")
    return kind, int(number)


def ref_number(ref: tuple[str, int]) -> int:
    """Return the same as one integer; among equal scores the highest stands first."""
    return zlib.crc32(ref[0].encode()) << 31 | ref[1]


def split_ref_number(number: int) -> tuple[int, int]:
    """Return the number of the kind, and the id.

    >>> split_ref_number(ref_number(("legal", 7)))[1]
    7
    """
    return number >> 31, number & (1 << 31) - 1


def article_number(eid: str) -> int:
    """Return the number of a whole article, by which its id is known; 0 for all other ids.

    >>> article_number("dieu-5"), article_number("dieu-5a"), article_number("phu-luc-1")
    (5, 0, 0)
    """
    found = _ARTICLE.fullmatch(eid)
    return int(found[1]) if found else 0


def article_eid(number: int) -> str:
    """Return the id that ``article_number`` read."""
    return f"dieu-{number}"


def day_number(day: date | None, missing: int) -> int:
    """Return a day as yyyymmdd, so that a range of days is a range of numbers.

    >>> day_number(date(2031, 2, 3), NEVER)
    20310203
    """
    return missing if day is None else day.year * 10_000 + day.month * 100 + day.day
