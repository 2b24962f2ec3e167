"""What machines ask for: robots.txt, security.txt, site maps, the colours of this portal."""

from __future__ import annotations

import datetime as dt
from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from portal.core.cache_guard import FRAME, share
from portal.editorial.models import publishable_models
from portal.organisations.access import audience_of
from portal.organisations.audience import PUBLIC
from portal.organisations.roles import Content
from portal.pages.framing import frame_of
from portal.pages.models import PortalPage
from portal.pages.registry import site_maps

#: Addresses in one part of the site map; the format allows 50,000.
PART = 10_000
_NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def robots(request) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /dang-nhap/", "Disallow: /tep/", "",
             f"Sitemap: {settings.PORTAL_URL}{reverse('site-map-index')}", ""]  # fmt: skip
    return _plain("\n".join(lines))


def security(request) -> HttpResponse:
    """Where to report a weakness (RFC 9116). 404 while the administrator named no address."""
    contact = frame_of(request).settings.security_contact
    if not contact:
        raise Http404
    expires = (timezone.now() + dt.timedelta(days=180)).replace(hour=0, minute=0, second=0)
    lines = [f"Contact: {contact}", f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
             "Preferred-Languages: vi, en",
             f"Canonical: {settings.PORTAL_URL}{reverse('security-txt')}", ""]  # fmt: skip
    return _plain("\n".join(lines))


def _plain(text: str) -> HttpResponse:
    return share(HttpResponse(text, content_type="text/plain; charset=utf-8"), 3600, (FRAME,))


def site_map_index(request) -> HttpResponse:
    """The parts of the site map; counts are asked, no row is read."""
    parts = [
        (one.code, number)
        for one in site_maps()
        for number in range(1, -(-one.count() // PART) + 1)
    ]
    body = "".join(
        f"<sitemap><loc>{settings.PORTAL_URL}{reverse('site-map', args=part)}</loc></sitemap>"
        for part in parts
    )
    return _xml(f"<sitemapindex {_NS}>{body}</sitemapindex>")


def site_map(request, code: str, number: int) -> HttpResponse:
    """One part: addresses of what everybody may read, with the day of its last change."""
    found = next((one for one in site_maps() if one.code == code), None)
    if found is None or number < 1 or (number - 1) * PART >= found.count():
        raise Http404
    rows = []
    for address, day in found.part((number - 1) * PART, number * PART):
        changed = f"<lastmod>{day:%Y-%m-%d}</lastmod>" if day else ""
        rows.append(f"<url><loc>{escape(settings.PORTAL_URL + address)}</loc>{changed}</url>")
    return _xml(f"<urlset {_NS}>{''.join(rows)}</urlset>")


def _xml(body: str) -> HttpResponse:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'
    return share(HttpResponse(text, content_type="application/xml; charset=utf-8"), 3600)


def pages_count() -> int:
    return PortalPage.objects.visible_to(PUBLIC).count()


def pages_part(start: int, end: int):
    """Addresses of public pages from ``start`` to ``end`` in the order of the tree."""
    rows = PortalPage.objects.visible_to(PUBLIC).order_by("path")
    for row in rows.only("url_path", "depth", "last_published_at")[start:end]:
        yield row.address, row.last_published_at.date() if row.last_published_at else None


def site_map_for_people(request) -> HttpResponse:
    """Sections and pages that this reader may see, as the tree has them; news has its own lists."""
    audience = audience_of(request)
    kinds = [model for model in publishable_models() if model.content_code == Content.PAGE]
    types = ContentType.objects.get_for_models(*kinds).values()
    rows = PortalPage.objects.visible_to(audience).filter(
        depth__gt=2, depth__lte=4, content_type__in=types
    )
    context = {"pages": rows.order_by("path").only("title", "url_path", "path", "depth")[:2000]}
    response = render(request, "pages/site_map.html", context)
    return share(response) if audience.is_public else response


def colours(request) -> HttpResponse:
    """The colours that an administrator chose, over those of the stylesheet."""
    chosen = frame_of(request).settings
    light = _properties({"--red": chosen.masthead, "--accent": chosen.accent})
    dark = _properties({"--red": chosen.masthead, "--accent": chosen.accent_dark})
    text = ""
    if light:
        text += f"@layer tokens{{:root{{{light}}}}}"
    if dark:
        text += f"@media (prefers-color-scheme:dark){{@layer tokens{{:root{{{dark}}}}}}}"
    return share(HttpResponse(text, content_type="text/css; charset=utf-8"), keys=(FRAME,))


def _properties(values: dict[str, str]) -> str:
    return "".join(f"{name}:{value};" for name, value in values.items() if value)
