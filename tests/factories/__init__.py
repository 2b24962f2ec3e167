"""Small factories of real rows. Everything is fiction; what goes live goes by the real door."""

from .database import take_guard_away
from .people import House, board, give, house, person, unit
from .works import (
    ARTICLES,
    attach_file,
    directive,
    document,
    document_type,
    mandate,
    publish,
    relate,
    with_text,
    withdraw,
)

__all__ = [
    "ARTICLES",
    "House",
    "attach_file",
    "board",
    "directive",
    "document",
    "document_type",
    "give",
    "house",
    "mandate",
    "person",
    "publish",
    "relate",
    "take_guard_away",
    "unit",
    "with_text",
    "withdraw",
]
