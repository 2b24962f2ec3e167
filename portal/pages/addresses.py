"""Addresses of pages in the tree: one that is free, and the first parts that no page may take
because the portal's own views have them."""

from __future__ import annotations

import re
from functools import lru_cache

from django.urls import get_resolver
from wagtail.models import Page

from portal.core import text

_WORD = re.compile(r"^\^?([\w-]+)/")
#: The page beside the home page under which working copies stand (``portal.pages.copying``).
COPIES = "ban-lam-viec"
#: Letters of an address part that we make; a number still fits behind it (Wagtail holds 255).
LONGEST = 200


def free_slug(
    parent: Page | None, *wishes: str, fallback: str = "trang", page: Page | None = None
) -> str:
    """The first wish with a letter in it, in plain letters, as a slug that no page beside has.

    A taken one gets the first free number from 2. ``page`` is the page that is asking, where it
    stands in the tree already: its own slug is free to it. One query; none without a parent.
    """
    wanted = next((slug for wish in wishes if (slug := text.slugify(wish)[:LONGEST])), fallback)
    if parent is None:
        return wanted
    beside = parent.get_children().filter(slug__startswith=wanted)
    if page is not None and page.pk:
        beside = beside.exclude(pk=page.pk)
    taken = set(beside.values_list("slug", flat=True))
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


@lru_cache(maxsize=1)
def own_words() -> frozenset[str]:
    """First parts of all addresses that are not pages."""
    found: set[str] = {"static", "tep"}

    def walk(patterns, prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if match := _WORD.match(route):
                found.add(match[1])
            elif hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, route)

    walk(get_resolver().url_patterns, "")
    return frozenset(found)


def taken_by_the_portal(slug: str) -> bool:
    """Whether a page directly under the home page would never be reached by this slug."""
    return slug in own_words()
