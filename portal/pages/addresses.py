"""First parts of addresses that pages of the tree may not take: the portal's own views have them."""

from __future__ import annotations

import re
from functools import lru_cache

from django.urls import get_resolver

_WORD = re.compile(r"^\^?([\w-]+)/")


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
