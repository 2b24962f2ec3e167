"""Rules of following, on plain values: what counts as new, which address is the same. No Django."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

#: Between two digests to one address.
PAUSE = dt.timedelta(hours=24)
HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class News:
    """One thing that a follower is told; ``mark`` tells it apart for ever."""

    at: dt.datetime
    title: str
    url: str
    mark: str
    note: str = ""


#: (number of a line of the ledger, whether something holds after it), oldest first.
Steps = list[tuple[int, bool]]


def holds_since(steps: Steps) -> int | None:
    """The line since which something holds without a break; None when it does not hold now.

    >>> holds_since([(3, True), (5, True)]), holds_since([(3, True), (5, False), (8, True)])
    (3, 8)
    >>> holds_since([(3, False)]), holds_since([])
    (None, None)
    """
    found = None
    for number, holds in steps:
        if not holds:
            found = None
        elif found is None:
            found = number
    return found


def first_since(several: Iterable[tuple[Steps, ...]]) -> int | None:
    """The line since which one of several things holds; each holds where all its parts do.

    >>> first_since([([(3, True)], [(5, True)]), ([(4, True)], [(9, True)])])
    5
    >>> first_since([([(3, True)], [])]) is None
    True
    """
    lines = []
    for parts in several:
        found = [holds_since(steps) for steps in parts]
        if None not in found:
            lines.append(max(number for number in found if number is not None))
    return min(lines, default=None)


def missed_since(shown: Steps, told: int) -> int:
    """From where a follower has missed what acts on a document: from ``told`` as a rule; from
    the line that hid the document, when it was hidden while he was told of other things.

    >>> shown = [(3, True), (10, False), (13, True)]
    >>> missed_since(shown, 12), missed_since(shown, 5), missed_since(shown, 13)
    (10, 5, 13)
    """
    back = holds_since(shown)
    if back is None or back <= told:
        return told
    before = [(number, holds) for number, holds in shown if number < back]
    hidden = holds_since([(number, not holds) for number, holds in before])
    return told if hidden is None else min(told, hidden)


def normal_address(address: str) -> str:
    """An address as it is kept: two ways to write it are one follower.

    >>> normal_address(" Mit@Example.VN ")
    'mit@example.vn'
    """
    return unicodedata.normalize("NFC", address.strip()).lower()


def one_more(
    count: int, since: dt.datetime | None, now: dt.datetime, most: int
) -> tuple[int, dt.datetime] | None:
    """Count and beginning of the hour after one more request; None when the hour has its most.

    >>> noon = dt.datetime(2031, 1, 1, 12)
    >>> one_more(0, None, noon, 2) == (1, noon) == one_more(2, noon - HOUR, noon, 2)
    True
    >>> one_more(2, noon, noon, 2) is None
    True
    """
    if since is None or now - since >= HOUR:
        count, since = 0, now
    return (count + 1, since) if count < most else None
