"""Spans of days said in words: "năm 2024", "từ 2020 đến 2023", "trong tháng này", "7 ngày qua"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_YEAR: Final = r"(?:19|20)\d\d"
_DAY: Final = rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR}|(?:thang )?\d{{1,2}}[/-]{_YEAR}|{_YEAR})"
_FROM_TO: Final = re.compile(
    rf"(?<!\w)(?:trong )?(?:khoang )?tu (?:ngay |nam )?({_DAY}) ?(?:den|toi|-) ?(?:het )?"
    rf"(?:ngay |nam )?({_DAY})(?![\w/])"
)
_SINCE: Final = re.compile(
    rf"(?<!\w)(?:tu|sau|ke tu) (?:ngay |nam )?({_DAY})(?: (?:den nay|tro di|tro lai day))?(?![\w/])"
)
_BEFORE: Final = re.compile(rf"(?<!\w)(?:truoc|den het|den) (?:ngay |nam )?({_DAY})(?![\w/])")
_THIS: Final = re.compile(
    r"(?<!\w)(?:trong |vao )?(ngay hom nay|hom nay|hom qua|(?:tuan|thang|quy|nam) (?:nay|truoc|qua|sau|toi))(?!\w)"
)
_LAST: Final = re.compile(
    r"(?<!\w)(?:trong )?(?:vong )?(\d{1,3}) (ngay|tuan|thang|nam) "
    r"(?:qua|gan day|gan nhat|tro lai day|vua qua)(?!\w)"
)
_MONTH: Final = re.compile(rf"(?<!\w)(?:trong )?thang (\d{{1,2}})(?:/| nam )({_YEAR})(?![\w/])")
_QUARTER: Final = re.compile(
    rf"(?<!\w)(?:trong )?quy ([1-4]|i|ii|iii|iv)(?:/| nam )({_YEAR})(?!\w)"
)
_ON: Final = re.compile(rf"(?<!\w)(?:trong )?ngay (\d{{1,2}}[/.-]\d{{1,2}}[/.-]{_YEAR})(?![\w/])")
_IN_YEAR: Final = re.compile(rf"(?<!\w)(?:trong )?nam ({_YEAR})(?![\w/])")
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DAYS: Final = {"ngay": 1, "tuan": 7, "thang": 30, "nam": 365}
FIRST: Final = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days ``since`` to ``until`` (both in it) said at ``start:end`` of the text."""

    start: int
    end: int
    since: date | None
    until: date | None

    @property
    def year(self) -> int | None:
        """Return the year that the span is exactly, if any."""
        since, until = self.since, self.until
        if since is None or until is None or since.year != until.year:
            return None
        return since.year if (since.month, until.month, until.day) == (1, 12, 31) else None


def find_span(text: str, today: date) -> Span | None:
    """Return the first span said in a folded text.

    >>> found = find_span("van ban tu 2020 den 2023", date(2031, 6, 1))
    >>> str(found.since), str(found.until)
    ('2020-01-01', '2023-12-31')
    """
    found = []
    for pattern, read in _READERS:
        match = pattern.search(text)
        days = read(match, today) if match is not None else None
        if match is not None and days is not None:
            found.append(Span(match.start(), match.end(), *days))
    return min(found, key=lambda span: span.start, default=None)


Days = tuple[date | None, date | None] | None


def read_day(text: str, *, last: bool = False) -> date | None:
    """Read a day, month or year; of the longer ones the first or the last day.

    >>> str(read_day("2/2024", last=True)), str(read_day("5/6/2020")), read_day("31/2/2020")
    ('2024-02-29', '2020-06-05', None)
    """
    parts = [int(part) for part in re.findall(r"\d+", text)]
    try:
        if len(parts) == 3:
            return date(parts[2], parts[1], parts[0])
        if len(parts) == 2:
            first = date(parts[1], parts[0], 1)
            return _end_of_month(first) if last else first
        if len(parts) == 1:
            return date(parts[0], 12, 31) if last else date(parts[0], 1, 1)
    except ValueError:
        return None
    return None


def _end_of_month(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)


def _from_to(match: re.Match[str], today: date) -> Days:
    since, until = read_day(match[1]), read_day(match[2], last=True)
    return (since, until) if since and until and since <= until else None


def _since(match: re.Match[str], today: date) -> Days:
    after = match[0].startswith("sau") and len(re.findall(r"\d+", match[1])) == 1
    since = read_day(match[1], last=after)
    if since is None:
        return None
    return since + timedelta(days=1) if after else since, None


def _before(match: re.Match[str], today: date) -> Days:
    if match[0].startswith("den"):
        until = read_day(match[1], last=True)
        return (None, until) if until else None
    until = read_day(match[1])
    return (None, until - timedelta(days=1)) if until and until > FIRST else None


def _on(match: re.Match[str], today: date) -> Days:
    day = read_day(match[1])
    return (day, day) if day else None


def _in_year(match: re.Match[str], today: date) -> Days:
    return read_day(match[1]), read_day(match[1], last=True)


def _month(match: re.Match[str], today: date) -> Days:
    since = read_day(f"{match[1]}/{match[2]}")
    return (since, _end_of_month(since)) if since else None


def _quarter(match: re.Match[str], today: date) -> Days:
    quarter = _QUARTERS.get(match[1]) or int(match[1])
    return _quarter_days(int(match[2]), quarter)


def _quarter_days(year: int, quarter: int) -> tuple[date, date]:
    return date(year, 3 * quarter - 2, 1), _end_of_month(date(year, 3 * quarter, 1))


def _last(match: re.Match[str], today: date) -> Days:
    return today - timedelta(days=int(match[1]) * _DAYS[match[2]]), today


def _this(match: re.Match[str], today: date) -> Days:
    said = match[1].removeprefix("ngay ")
    if said in ("hom nay", "hom qua"):
        day = today - timedelta(days=said == "hom qua")
        return day, day
    unit, which = said.split()
    step = {"nay": 0, "truoc": -1, "qua": -1, "sau": 1, "toi": 1}[which]
    if unit == "tuan":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return monday, monday + timedelta(days=6)
    if unit == "nam":
        return date(today.year + step, 1, 1), date(today.year + step, 12, 31)
    if unit == "quy":
        count = today.year * 4 + (today.month - 1) // 3 + step
        return _quarter_days(count // 4, count % 4 + 1)
    count = today.year * 12 + today.month - 1 + step
    first = date(count // 12, count % 12 + 1, 1)
    return first, _end_of_month(first)


# The earliest wins, among equals the first of these.
_READERS: Final = (
    (_FROM_TO, _from_to), (_MONTH, _month), (_QUARTER, _quarter), (_LAST, _last), (_THIS, _this),
    (_ON, _on), (_SINCE, _since), (_BEFORE, _before), (_IN_YEAR, _in_year),
)  # fmt: skip
