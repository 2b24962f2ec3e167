"""The page under which news stands: newest first, by topic, by month, with a feed."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.admin.panels import FieldPanel

from portal.organisations.access import audience_of
from portal.pages.admin.forms import PortalPageForm
from portal.pages.models.kinds import WithRegion
from portal.pages.registry import Entry

from .article import NewsArticle, NewsKind, today

ROWS = 20


class NewsIndexPage(WithRegion):
    """Trang tin tức."""

    content_code = "page"
    base_form_class = PortalPageForm

    class Meta:
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")

    FROZEN = ("title", "slug", "summary", "seo_title", "show_in_menus", "unit_id", "audience",
              *WithRegion.REGION)  # fmt: skip
    content_panels = [*WithRegion.content_panels, FieldPanel("summary"), *WithRegion.region_panels]
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]
    subpage_types = ["news.NewsArticle"]
    template = "pages/news_index.html"
    show_in_menus_default = True

    def articles(self, audience):
        """News under this page that this reader may see and that have not run out."""
        rows = NewsArticle.objects.visible_to(audience).child_of(self).current(today())
        return rows.for_listing().newest(today())

    def feed_entries(self, audience, count: int) -> list[Entry]:
        return [row.entry() for row in self.articles(audience).order_by("-day", "-pk")[:count]]

    def context_for(self, request) -> dict[str, object]:
        rows = self.articles(audience_of(request))
        kind, topic, month = (
            request.GET.get(name, "")[:80] for name in ("loai", "chu-de", "thang")
        )
        if kind in NewsKind.values:
            rows = rows.filter(kind=kind)
        tag = Tag.objects.filter(slug=topic).first() if topic else None
        if topic:
            rows = rows.filter(tagged_topics__tag=tag) if tag else rows.none()
        if number := _month(month):
            rows = rows.filter(day__year=number[0], day__month=number[1]).order_by("-day", "-pk")
        return {
            "rows": Paginator(rows, ROWS).get_page(request.GET.get("trang")),
            "topic": tag,
            "kind": NewsKind(kind).label if kind in NewsKind.values else "",
            "month": f"{number[1]:02d}/{number[0]}" if number else "",
            "kinds": NewsKind.choices,
        }


def _month(text: str) -> tuple[int, int] | None:
    """“2026-11” → (2026, 11); None for anything else."""
    year, _dash, month = text.partition("-")
    if not (year.isascii() and year.isdecimal() and month.isascii() and month.isdecimal()):
        return None
    found = int(year), int(month)
    return found if 1900 < found[0] < 2200 and 1 <= found[1] <= 12 else None
