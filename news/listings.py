"""Short lists of news for the home page, portlets and collections."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.organisations.audience import PUBLIC, Audience
from portal.pages.registry import Column, Entry, Listing, register_banners, register_listing

from .models import NewsArticle, NewsIndexPage, NewsKind
from .models.article import today

FILTERS = ("loai", "chu-de", "xep")


def rows(audience: Audience, filters: QueryDict) -> QuerySet[NewsArticle]:
    """News that this reader may see, by kind and topic."""
    found = NewsArticle.objects.visible_to(audience).in_language().current(today())
    found = found.for_listing()
    if (kind := filters.get("loai", "")) in NewsKind.values:
        found = found.filter(kind=kind)
    if topic := filters.get("chu-de", ""):
        found = found.filter(tagged_topics__tag__slug=topic)
    if filters.get("xep") == "cu":
        return found.order_by("day", "pk")
    return found.newest(today())


def news_address() -> str:
    """Of the first page of news that everybody may read; empty when there is none."""
    page = NewsIndexPage.objects.visible_to(PUBLIC).in_language().order_by("path").first()
    return page.address if page else ""


COLUMNS = (
    Column("title", _("Title"), lambda row: row.title),
    Column("day", _("Date"), lambda row: f"{row.day:%d/%m/%Y}"),
    Column("kind", _("Kind"), lambda row: str(row.get_kind_display())),
    Column("source", _("Source"), lambda row: row.source),
)
ORDERS = (("moi", _("Newest first")), ("cu", _("Oldest first")))


def banners(audience: Audience) -> list[Entry]:
    """Announcements that stand above every page today."""
    rows = NewsArticle.objects.visible_to(audience).in_language().for_listing()
    rows = rows.on_banner(today())
    return [row.entry() for row in rows.order_by("-day", "-pk")[:2]]


def register() -> None:
    register_banners(banners)
    register_listing(
        Listing("tin-tuc", _("News"), news_address, rows, "components/news_row.html",
                NewsArticle.entry, 40, COLUMNS, FILTERS, ORDERS)
    )  # fmt: skip
    announcements = QueryDict("loai=thong-bao")

    def only_announcements(audience: Audience, filters: QueryDict):
        return rows(audience, announcements)

    register_listing(
        Listing("thong-bao", _("Announcements"),
                lambda: f"{address}?loai=thong-bao" if (address := news_address()) else "",
                only_announcements, "components/news_row.html", NewsArticle.entry, 50, COLUMNS)
    )  # fmt: skip
