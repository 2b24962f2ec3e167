"""Whether letters of one colour can be read on another. Pure but for the words.

The formula is that of WCAG 2.1 (relative luminance, contrast ratio); 4.5 is its level AA.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

LEAST = 4.5
#: The papers of the stylesheet in its two schemes.
LIGHT, DARK = "#ffffff", "#17181a"


def luminance(colour: str) -> float:
    """Relative luminance of “#rrggbb”, 0 (black) to 1 (white). Raises ValueError."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
              for part in parts]  # fmt: skip
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return round((high + 0.05) / (low + 0.05), 2)


def problem(colour: str, other: str) -> str:
    """Why a colour is refused beside another, in words; empty when it may be."""
    try:
        found = contrast(colour, other)
    except ValueError:
        return _("Six digits after #, like #9b1c1f.")
    if found >= LEAST:
        return ""
    return _("Its contrast with %(other)s is %(found)s; it must be at least %(least)s.") % {
        "other": other, "found": found, "least": LEAST}  # fmt: skip
