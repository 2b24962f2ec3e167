"""What content apps put on shared pages, without the pages knowing them.

A content app registers in ``AppConfig.ready``; ``portal.pages`` asks. Nobody imports sideways.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise

from portal.organisations.access import audience_of
from portal.organisations.audience import PUBLIC, Audience

ROWS = 6
#: Of a kind that is searched; the outbox of search has no room for more.
CODE_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as feeds and site maps say it."""

    title: str
    url: str
    summary: str = ""
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a collection may show; ``text(row)`` gives plain text."""

    code: str
    label: str | Promise
    text: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Listing:
    """A kind of rows for home, portlets and collections.

    ``query(audience, filters)`` gives all rows that this reader may see, ordered; ``filters`` are
    those of the kind's own page (``more_url``), as a query string has them. ``filter_names`` are
    the ones that it knows.
    """

    code: str
    title: str | Promise
    more_url: str | Callable[[], str]
    query: Callable[[Audience, QueryDict], QuerySet]
    template: str
    entry: Callable[[Any], Entry]
    order: int = 100
    columns: tuple[Column, ...] = ()
    filter_names: tuple[str, ...] = ()
    orders: tuple[tuple[str, str | Promise], ...] = ()
    on_home: bool = True
    #: What all its rows are, where the title speaks of the first ones only.
    counted: str | Promise = ""

    @property
    def address(self) -> str:
        """Where all its rows stand; empty when there is no such page."""
        return self.more_url if isinstance(self.more_url, str) else self.more_url()

    def rows(self, audience: Audience, filters: str = "", count: int = ROWS) -> list[Any]:
        """The first rows; one query."""
        return list(self.query(audience, QueryDict(filters))[:count])


@dataclass(frozen=True, slots=True)
class Target:
    """What words like “168/2024/NĐ-CP” lead to."""

    title: str
    url: str
    status_code: str = ""
    status: str = ""
    #: A name of the thing that stays when its address changes.
    key: str = ""


@dataclass(frozen=True, slots=True)
class SiteMap:
    """Addresses for search engines: how many, and a part of them."""

    code: str
    count: Callable[[], int]
    part: Callable[[int, int], Iterator[tuple[str, dt.date | None]]]


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """Leave to serve one stored file under a name."""

    path: Path
    name: str
    media_type: str
    inline: bool
    public: bool
    #: What its download is counted as; pictures are not counted.
    counts_as: str = ""


@dataclass(frozen=True, slots=True)
class TextPart:
    """A part of a page that is found by itself; ``anchor`` is the id of its heading on the page,
    empty for what stands before the first heading."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchText:
    """What search reads of one live row.

    ``tokens`` are those of ``ForAudience.audience_tokens``; ``until`` is the first day on which
    the row stands below what is current; ``unit`` is the id of the owning unit.
    """

    title: str
    tokens: tuple[str, ...]
    lead: str = ""
    parts: tuple[TextPart, ...] = ()
    unit: int | None = None
    day: dt.date | None = None
    until: dt.date | None = None
    keywords: str = ""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row among hits, as its reader may see it now."""

    title: str
    url: str
    summary: str = ""
    unit: str = ""
    day: dt.date | None = None
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Searchable:
    """A kind of rows that the public search finds beside documents.

    ``code`` stays for ever (at most ``CODE_LENGTH`` letters). ``live()`` gives the live rows with
    all that ``text(row)`` reads. ``found(audience, ids)`` asks the database which of some rows
    this reader may see, in one query; kinds that share the function are asked together. ``day``
    names where a page keeps a day of its own, from ``PortalPage``: "newsarticle__day".
    """

    code: str
    label: str | Promise
    model: type[Model]
    live: Callable[[], QuerySet]
    text: Callable[[Any], SearchText]
    found: Callable[[Audience, Sequence[int]], Mapping[int, FoundRow]]
    day: str = ""


@dataclass(slots=True)
class _Registry:
    listings: dict[str, Listing] = field(default_factory=dict)
    file_owners: list[Callable[[str, Audience], FileAnswer | None]] = field(default_factory=list)
    finders: list[Callable[[str, Audience], Target | None]] = field(default_factory=list)
    site_maps: dict[str, SiteMap] = field(default_factory=dict)
    linkers: list[Callable[[str], str]] = field(default_factory=list)
    citers: list[Callable[[str], list[tuple[str, str]]]] = field(default_factory=list)
    banners: list[Callable[[Audience], Sequence[Entry]]] = field(default_factory=list)
    related: list[Callable[[Any, Audience], Sequence[Any]]] = field(default_factory=list)
    searchables: dict[str, Searchable] = field(default_factory=dict)


_registry = _Registry()


def register_listing(listing: Listing) -> None:
    _registry.listings[listing.code] = listing


def listings() -> list[Listing]:
    return sorted(_registry.listings.values(), key=lambda listing: listing.order)


def listing(code: str) -> Listing | None:
    return _registry.listings.get(code)


def register_target_finder(finder: Callable[[str, Audience], Target | None]) -> None:
    """``finder(words, audience)`` knows what some words name, or answers None."""
    if finder not in _registry.finders:
        _registry.finders.append(finder)


def find_target(words: str, request=None) -> Target | None:
    """What some words name, as far as this reader (else: everybody) may know."""
    audience = audience_of(request) if request is not None else PUBLIC
    for finder in _registry.finders:
        if target := finder(words, audience):
            return target
    return None


def register_linker(linker: Callable[[str], str]) -> None:
    """``linker(html)`` puts links on what the text of a page names, and changes nothing else."""
    if linker not in _registry.linkers:
        _registry.linkers.append(linker)


def register_citer(citer: Callable[[str], list[tuple[str, str]]]) -> None:
    """``citer(text)`` gives the words of a plain text that name something, each with the address
    that says it by identity."""
    if citer not in _registry.citers:
        _registry.citers.append(citer)


def cited_in(text: str) -> list[tuple[str, str]]:
    """What a plain text names, each thing once: (words, address by identity)."""
    found: dict[str, str] = {}
    for citer in _registry.citers:
        for words, address in citer(text):
            if address not in found.values():
                found.setdefault(words, address)
    return list(found.items())


def linked(html: str) -> str:
    """Rendered text of a page with links on the documents and articles that it names."""
    for linker in _registry.linkers:
        html = linker(html)
    return html


def register_mentions(mentions: Callable[[Any, Audience], Sequence[Any]]) -> None:
    """``mentions(item, audience)``: pages that speak of an item of another app."""
    if mentions not in _registry.related:
        _registry.related.append(mentions)


def mentions_of(item, audience: Audience) -> list[Any]:
    """Pages of all apps that speak of an item and that this reader may see."""
    return [row for mentions in _registry.related for row in mentions(item, audience)]


def register_banners(rows: Callable[[Audience], Sequence[Entry]]) -> None:
    """``rows(audience)``: what stands above every page today; one query at most."""
    if rows not in _registry.banners:
        _registry.banners.append(rows)


def banners(audience: Audience) -> list[Entry]:
    """All that stands above every page for this reader."""
    return [entry for rows in _registry.banners for entry in rows(audience)]


def register_site_map(site_map: SiteMap) -> None:
    _registry.site_maps[site_map.code] = site_map


def site_maps() -> list[SiteMap]:
    return list(_registry.site_maps.values())


def register_searchable(searchable: Searchable) -> None:
    """Let the public search find a kind of rows.

    Raises:
        ValueError: its code is empty or too long.
    """
    if not 0 < len(searchable.code) <= CODE_LENGTH:
        raise ValueError(f"a code has 1 to {CODE_LENGTH} letters: {searchable.code!r}")
    _registry.searchables[searchable.code] = searchable


def searchables() -> list[Searchable]:
    return list(_registry.searchables.values())


def searchable(code: str) -> Searchable | None:
    return _registry.searchables.get(code)


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
