"""Who is reading: the one value that every list, page, feed and search plan must carry.

Pure: no Django. An ``Audience`` says what a reader may see in terms of *tokens*; an item says
who may read it in the same tokens, and a reader sees an item when they share one.

>>> PUBLIC.tokens()
('public',)
>>> Audience(member=True, units=(7, 3)).tokens()
('public', 'units', 'unit:3', 'unit:7')
"""

from __future__ import annotations

from dataclasses import dataclass

PUBLIC_TOKEN = "public"
ALL_UNITS_TOKEN = "units"


def unit_token(unit_id: int) -> str:
    """Token of one chosen unit (đơn vị)."""
    return f"unit:{unit_id}"


@dataclass(frozen=True, slots=True)
class Audience:
    """A reader: a stranger, or a member of units.

    ``units`` holds the ids of the reader's own units *and of all units above them*, so that what
    is addressed to a department reaches its offices. ``member`` is true for anybody with a
    current membership.
    """

    member: bool = False
    units: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.units and not self.member:
            raise ValueError("only a member has units")
        object.__setattr__(self, "units", tuple(sorted(set(self.units))))

    def tokens(self) -> tuple[str, ...]:
        """The tokens this reader holds."""
        if not self.member:
            return (PUBLIC_TOKEN,)
        return (PUBLIC_TOKEN, ALL_UNITS_TOKEN, *(unit_token(unit) for unit in self.units))

    @property
    def is_public(self) -> bool:
        """True for a stranger: what he gets may be kept by a shared cache."""
        return not self.member


PUBLIC = Audience()
