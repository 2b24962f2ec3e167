"""Documents and articles that a page names, one a line, and what they lead to."""

from __future__ import annotations

from . import registry
from .registry import Target

MOST = 30


def lines(text: str) -> list[str]:
    """The lines that say something, at most thirty."""
    return [line.strip() for line in text.splitlines() if line.strip()][:MOST]


def targets(text: str, request=None) -> list[Target]:
    """What the lines lead to for this reader; those that lead nowhere are left out."""
    found = (registry.find_target(line, request) for line in lines(text))
    return [one for one in found if one is not None]


def unknown(text: str) -> list[str]:
    """Lines that name nothing that everybody may read here."""
    return [line for line in lines(text) if registry.find_target(line) is None]
