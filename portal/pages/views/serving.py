"""Pages of the tree: found by their address, shown to whoever may see them."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from portal.core.cache_guard import LISTS, share
from portal.editorial import telling
from portal.editorial.models import PublicationRecord
from portal.organisations.access import audience_of
from portal.pages.languages import page_language
from portal.pages.models import PortalPage
from portal.pages.registry import Entry

FEED_ROWS = 30


def page_at(path: str) -> PortalPage | None:
    """The page at “gioi-thieu/lich-su/”, as its own class, whoever may see it; two queries."""
    parts = path.strip("/").split("/") if path.strip("/") else []
    rows = PortalPage.objects.select_related("locale")
    rows = rows.filter(depth=2 + len(parts), working_copy_of=None)
    if parts:
        rows = rows.filter(slug=parts[-1], url_path__endswith=f"/{'/'.join(parts)}/")
    for row in rows.order_by("path")[:20]:
        if row.url_path.strip("/").split("/")[1:] == parts:
            page = row.specific
            page.locale = row.locale
            return page
    return None


def serve_page(request, path: str = "") -> HttpResponse:
    """A page, its tombstone, or nothing.

    Raises:
        Http404: nothing is there for this reader, whatever the reason.
    """
    page = page_at(path)
    if page is None:
        raise Http404(path)
    return answer(request, page)


def answer(request, page: PortalPage) -> HttpResponse:
    """The page as this reader gets it; 410 where he may be told that it was taken down."""
    audience = audience_of(request)
    if not page.is_visible_to(audience):
        if line := _tombstone(page, audience):
            return render(request, "pages/gone.html", {"line": line}, status=410)
        raise Http404(page.address)
    with page_language(page.locale.language_code):
        response = page.serve(request)
        if hasattr(response, "render"):
            response = response.render()
        response.headers["Content-Language"] = get_language()
    shared = audience.is_public and page.is_public and request.method == "GET"
    keys = (LISTS, *page.cache_keys[:1])
    return (
        share(response, keys=keys)
        if shared and not response.has_header("Cache-Control")
        else response
    )


def _tombstone(page: PortalPage, audience) -> PublicationRecord | None:
    if page.live:
        return None
    lines = telling.history(type(page), [page.pk], audience).get(page.pk, [])
    return telling.tombstone(lines)


def page_feed(request, path: str) -> HttpResponse:
    """The newest entries of a page that has some, as Atom.

    Raises:
        Http404: there is no such page for this reader, or it lists nothing.
    """
    page, audience = page_at(path), audience_of(request)
    entries = getattr(page, "feed_entries", None)
    if page is None or entries is None or not page.is_visible_to(audience):
        raise Http404(path)
    response = atom(page.title, page.summary, page.address, entries(audience, FEED_ROWS))
    return share(response, 300) if audience.is_public else response


def atom(title: str, summary: str, address: str, entries: list[Entry]) -> HttpResponse:
    """An Atom feed under ``address`` + atom.xml."""
    import datetime as dt

    feed = Atom1Feed(
        title=title,
        link=settings.PORTAL_URL + address,
        feed_url=f"{settings.PORTAL_URL}{address}atom.xml",
        description=summary,
        language="vi",
    )
    for one in entries:
        url = settings.PORTAL_URL + one.url
        day = dt.datetime.combine(one.day, dt.time(), dt.UTC) if one.day else None
        feed.add_item(title=one.title, link=url, description=one.summary, unique_id=url,
                      updateddate=day, pubdate=day)  # fmt: skip
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
