"""Small factories of real rows. Everything is fiction; what goes live goes by the real door."""

from .database import take_guard_away
from .pages import attachment, collection, home, news, news_index, page, picture, section
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
    "attachment",
    "board",
    "collection",
    "directive",
    "document",
    "document_type",
    "give",
    "home",
    "house",
    "mandate",
    "news",
    "news_index",
    "page",
    "person",
    "picture",
    "publish",
    "relate",
    "section",
    "take_guard_away",
    "unit",
    "with_text",
    "withdraw",
]
