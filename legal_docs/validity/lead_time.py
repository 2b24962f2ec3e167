"""How many days must lie between issue and effect of a normative document."""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class LeadTime:
    days: int
    source: str


_LAW_2025: Final = "Luật 64/2025/QH15, Điều 53"
_LAW_2015: Final = "Luật 80/2015/QH13, Điều 151"
#: First day of each law, then days by level of the issuer.
_RULES: Final = (
    (
        date(2025, 4, 1),
        {
            "trung-uong": LeadTime(45, _LAW_2025),
            "tinh": LeadTime(10, _LAW_2025),
            "xa": LeadTime(10, _LAW_2025),
        },
    ),
    (
        date(2016, 7, 1),
        {
            "trung-uong": LeadTime(45, _LAW_2015),
            "tinh": LeadTime(10, _LAW_2015),
            "huyen": LeadTime(7, _LAW_2015),
            "xa": LeadTime(7, _LAW_2015),
        },
    ),
)


def lead_time(level: str, issued: date) -> LeadTime | None:
    """The rule for a document of this level issued on this day; None where there was none.

    >>> lead_time("trung-uong", date(2031, 1, 5)).days, lead_time("tinh", date(2010, 1, 1))
    (45, None)
    """
    for since, rules in _RULES:
        if issued >= since:
            return rules.get(level)
    return None
