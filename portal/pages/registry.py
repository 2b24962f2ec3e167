"""What content apps put on shared pages, without the pages knowing them.

A content app registers in ``AppConfig.ready``; ``portal.pages`` asks. Nobody imports sideways.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.functional import Promise

from portal.organisations.audience import Audience


@dataclass(frozen=True, slots=True)
class Listing:
    """A short list on the home page: ``rows(audience)`` gives at most a handful of items."""

    code: str
    title: str | Promise
    more_url: str
    rows: Callable[[Audience], Sequence[Any]]
    template: str
    order: int = 100


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """Leave to serve one stored file under a name."""

    path: Path
    name: str
    media_type: str
    inline: bool
    public: bool


@dataclass(slots=True)
class _Registry:
    listings: dict[str, Listing] = field(default_factory=dict)
    file_owners: list[Callable[[str, Audience], FileAnswer | None]] = field(default_factory=list)


_registry = _Registry()


def register_listing(listing: Listing) -> None:
    _registry.listings[listing.code] = listing


def listings() -> list[Listing]:
    return sorted(_registry.listings.values(), key=lambda listing: listing.order)


def register_file_owner(owner: Callable[[str, Audience], FileAnswer | None]) -> None:
    """``owner(stored name, audience)`` answers for its files: leave to serve, or None."""
    if owner not in _registry.file_owners:
        _registry.file_owners.append(owner)


def file_for(name: str, audience: Audience) -> FileAnswer | None:
    """The first leave that an owner gives; None is a 404, whatever the reason."""
    for owner in _registry.file_owners:
        if answer := owner(name, audience):
            return answer
    return None
