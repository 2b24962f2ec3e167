"""Working days (ngày làm việc) between days. Pure but for the calendar of holidays.

Holidays follow Bộ luật Lao động 2019, Điều 112; the swaps that the Prime Minister decides each
year are in the library, and what it does not know is data (``exceptions``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

SATURDAY = 5


@lru_cache(maxsize=16)
def _holidays(year: int):
    import holidays  # 1 MB of calendars: read when a deadline is asked

    return holidays.country_holidays("VN", years=year, language="vi")


def is_working_day(day: dt.date, exceptions: Mapping[dt.date, bool]) -> bool:
    """Whether offices work on a day; ``exceptions`` maps a day to True (works) or False.

    >>> is_working_day(dt.date(2026, 2, 17), {})  # Tết
    False
    >>> is_working_day(dt.date(2026, 2, 17), {dt.date(2026, 2, 17): True})
    True
    """
    if day in exceptions:
        return exceptions[day]
    calendar = _holidays(day.year)
    if day in calendar:
        return False
    if day.weekday() < SATURDAY:
        return True
    swapped = getattr(calendar, "weekend_workdays", ())
    return day in swapped


def add_working_days(start: dt.date, days: int, exceptions: Mapping[dt.date, bool]) -> dt.date:
    """The day ``days`` working days after ``start``; 0 is the first working day from it on.

    >>> add_working_days(dt.date(2026, 11, 20), 1, {})  # a Friday
    datetime.date(2026, 11, 23)
    """
    day = start
    while not is_working_day(day, exceptions):
        day += dt.timedelta(1)
    for _count in range(days):
        day += dt.timedelta(1)
        while not is_working_day(day, exceptions):
            day += dt.timedelta(1)
    return day
