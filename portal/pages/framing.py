"""What stands around every page: name, colours, menu, footer; and the place of a page in the tree.

Settings and menu are read once per process and kept under the stamp of what is published, for a
few seconds at most: settings are no line of the ledger.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone

from portal.core import page_cache
from portal.organisations.access import audience_of
from portal.organisations.audience import Audience

from .languages import DEFAULT, reading, versions_of
from .models import HomePage, PortalPage, PortalSettings
from .models.kinds import SectionPage, WithRegion
from .registry import Entry, banners

SECONDS = 10
MENU_DEPTH = 2


@dataclass(slots=True)
class MenuItem:
    """An entry of the menu with those under it."""

    title: str
    url: str
    path: str
    under: list[MenuItem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page asks for; made for one kind of reader."""

    settings: PortalSettings
    menu: tuple[MenuItem, ...]
    banners: tuple[Entry, ...]
    home_url: str = "/"

    @property
    def name(self) -> str:
        return _name(self.settings)


_settings: tuple[float, PortalSettings] | None = None
_kept: dict[tuple[str, ...], tuple[object, float, Frame]] = {}


def forget() -> None:
    """Read everything anew; called when settings are saved."""
    global _settings
    _kept.clear()
    _settings = None


def settings_now() -> PortalSettings:
    """Names and colours of the portal; no query when they were read within some seconds."""
    global _settings
    if _settings is None or _settings[0] <= time.monotonic():
        row = PortalSettings.objects.first() or PortalSettings()
        _settings = (time.monotonic() + SECONDS, row)
    return _settings[1]


def portal_name() -> str:
    """What the portal is called; asks no more than ``settings_now``."""
    return _name(settings_now())


def _name(row: PortalSettings) -> str:
    return row.name or settings.PORTAL_NAME


def frame_of(request) -> Frame:
    """The frame of a reader; two queries when nothing is kept, and one for the stamp where the
    page cache did not ask it."""
    audience = audience_of(request)
    key = (reading(), *audience.tokens())
    stamp = getattr(request, "page_stamp", None) or page_cache.stamp()
    found = _kept.get(key)
    if found and found[0] == stamp and found[1] > time.monotonic():
        return found[2]
    root = _root(audience)
    frame = Frame(
        settings_now(), tuple(_menu(audience, root)),
        tuple(banners(audience)), root.address if root else "/",
    )  # fmt: skip
    if len(_kept) > 200:
        _kept.clear()
    _kept[key] = (stamp, time.monotonic() + SECONDS, frame)
    return frame


def _root(audience: Audience) -> PortalPage | None:
    """The section of a foreign language, where its menu begins; None for the portal's own."""
    if reading() == DEFAULT:
        return None
    rows = PortalPage.objects.visible_to(audience).in_language().filter(depth=3)
    return rows.order_by("path").only("path", "url_path", "depth").first()


def _menu(audience: Audience, root: PortalPage | None) -> list[MenuItem]:
    """Two levels of the tree: the sections that say so and the pages in them that say so."""
    top = root.depth if root else 2
    rows = (
        PortalPage.objects.visible_to(audience)
        .in_language()
        .filter(show_in_menus=True, depth__gt=top, depth__lte=top + MENU_DEPTH)
        .order_by("path")
        .only("title", "url_path", "path", "depth")
    )
    menu: list[MenuItem] = []
    for row in rows:
        item = MenuItem(row.title, row.address, row.path)
        if row.depth == top + 1:
            menu.append(item)
        elif menu and row.path.startswith(menu[-1].path):
            menu[-1].under.append(item)
    return menu


# --- the place of one page ----------------------------------------------------------------------


def ancestors(page, audience: Audience) -> list[PortalPage]:
    """The pages above it that this reader may see, from the home page down; one query."""
    paths = [page.path[:end] for end in range(8, len(page.path), 4)]
    return list(PortalPage.objects.visible_to(audience).filter(path__in=paths).order_by("path"))


def frame_of_page(page, request) -> dict[str, object]:
    """Breadcrumbs, the menu of the section and the side region of a page."""
    audience = audience_of(request)
    above = ancestors(page, audience)
    return {
        "crumbs": [one for one in above if one.depth > 2],
        "section_menu": _section_menu(page, audience),
        "aside_blocks": aside_of(page, above),
        "canonical": settings.PORTAL_URL + page.address,
        "versions": versions_of(page, audience),
        "content_language": page.locale.language_code,
        "today": timezone.localdate(),
    }


def _section_menu(page, audience: Audience) -> list[PortalPage]:
    """Its neighbours and the pages under it that menus show.

    Nothing beside the home page, beside a section of the first level, which lists the same pages
    itself, and where the page would stand alone.
    """
    if page.depth <= 2 or (page.depth == 3 and isinstance(page, SectionPage)):
        return []
    top = page.path if page.depth == 3 else page.path[:-4]
    rows = PortalPage.objects.visible_to(audience).filter(
        path__startswith=top, depth=len(top) // 4 + 1, show_in_menus=True
    )
    found = list(rows.order_by("path").only("title", "url_path", "path", "depth"))
    return found if any(one.pk != page.pk for one in found) else []


def aside_of(page, above: list[PortalPage]) -> list:
    """The portlets of the side region: its own, then those it inherits, until one stops them."""
    blocks = []
    home = None
    chain = [page, *(_specific(above))]
    for one in chain:
        if isinstance(one, HomePage):
            home = one
        if isinstance(one, WithRegion | HomePage) and not (one is page and one is home):
            blocks += list(one.aside)
        if getattr(one, "stops_inherited", False):
            break
    return blocks


def _specific(above: list[PortalPage]) -> list:
    """The pages above with their regions, nearest first; one query for each kind."""
    if not above:
        return []
    rows = PortalPage.objects.filter(pk__in=[one.pk for one in above]).specific()
    return sorted(rows, key=lambda one: -one.depth)
