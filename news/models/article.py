"""Tin, bài, thông báo: a page with a date, a lead and pictures, for a time or for good."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.search import index

from news import schema
from news.forms import NewsForm
from portal.core.cache_guard import FRAME
from portal.organisations.access import audience_of
from portal.pages import references
from portal.pages.blocks import BlocksField
from portal.pages.models import PortalPage
from portal.pages.models.page import PortalPageQuerySet
from portal.pages.receiving import TakesComments
from portal.pages.registry import Entry
from portal.pages.usage.counting import views_of

#: Comments that a page shows.
MOST_COMMENTS = 100


class NewsKind(models.TextChoices):
    """Loại tin."""

    ARTICLE = "tin-bai", _("Article")
    ANNOUNCEMENT = "thong-bao", _("Announcement")
    PHOTOS = "tin-anh", _("Photo story")


class NewsTopic(TaggedItemBase):
    content_object = ParentalKey(
        "news.NewsArticle", on_delete=models.CASCADE, related_name="tagged_topics"
    )


def today() -> dt.date:
    return timezone.localdate()


class NewsQuerySet(PortalPageQuerySet):
    def current(self, on: dt.date) -> NewsQuerySet:
        """What has not run out on a day."""
        return self.filter(Q(expires__isnull=True) | Q(expires__gt=on))

    def newest(self, on: dt.date) -> NewsQuerySet:
        """Pinned ones first while they are, then by date."""
        pinned = models.Case(
            models.When(pinned_until__gt=on, then=models.Value(0)), default=models.Value(1)
        )
        return self.order_by(pinned, "-day", "-pk")

    def for_listing(self) -> NewsQuerySet:
        """Without the text, with the picture and the sizes that were made of it."""
        rows = self.select_related("picture").prefetch_related("picture__renditions")
        return rows.defer("body")

    def on_banner(self, on: dt.date) -> NewsQuerySet:
        """Announcements that stand above every page on a day."""
        return self.current(on).filter(banner_from__lte=on, banner_until__gt=on)


class NewsArticle(TakesComments, PortalPage):
    content_code = "news"
    base_form_class = NewsForm

    kind = models.CharField(
        _("kind"), max_length=12, choices=NewsKind.choices, default=NewsKind.ARTICLE
    )
    day = models.DateField(_("date"), default=today, db_index=True)
    picture = models.ForeignKey(
        "pages.Picture", verbose_name=_("picture"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    picture_alt = models.CharField(
        _("alternative text"), max_length=255, blank=True,
        help_text=_("What it shows, for those who don't see it."),
    )  # fmt: skip
    picture_caption = models.CharField(_("caption"), max_length=500, blank=True)
    picture_credit = models.CharField(_("source of the picture"), max_length=255, blank=True)
    body = BlocksField("portal.pages.blocks.BodyBlock", verbose_name=_("text"), blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True)
    source = models.CharField(
        _("source"), max_length=255, blank=True, help_text=_("Of what others wrote first.")
    )
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    topics = ClusterTaggableManager(through=NewsTopic, verbose_name=_("topics"), blank=True)
    references = models.TextField(
        _("documents that it speaks of"), blank=True,
        help_text=_("One a line, as people write them: 168/2024/NĐ-CP. "
                    "The documents show this article too."),
    )  # fmt: skip
    related = ParentalManyToManyField(
        "self", verbose_name=_("related items"), blank=True, symmetrical=False,
        help_text=_("Chosen ones stand first; others with the same topics follow by themselves."),
    )  # fmt: skip
    pinned_until = models.DateField(
        _("first in lists until"), null=True, blank=True, help_text=_("The first day it is not.")
    )
    expires = models.DateField(
        _("in lists until"), null=True, blank=True,
        help_text=_("The first day on which lists leave it out; its address stays."),
    )  # fmt: skip
    banner_from = models.DateField(_("on the banner from"), null=True, blank=True)
    banner_until = models.DateField(
        _("on the banner until"), null=True, blank=True, help_text=_("The first day it is not.")
    )

    takes_comments = models.BooleanField(
        _("readers may comment"), default=False,
        help_text=_("A comment is shown when somebody of the unit has read it."),
    )  # fmt: skip

    objects = PageManager.from_queryset(NewsQuerySet)()

    FROZEN = (*PortalPage.FROZEN, "kind", "day", "picture_id", "picture_alt", "picture_caption",
              "picture_credit", "body", "author", "source", "source_url", "references",
              "pinned_until", "expires", "banner_from", "banner_until", "takes_comments")  # fmt: skip
    FROZEN_WHEN_SET = ("takes_comments",)
    MANY_FIELDS = ("topics", "related")

    content_panels = [
        *PortalPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel(
                    "kind",
                    help_text=_("Announcements and photo stories have filters of their own."),
                ),
                FieldPanel("day", help_text=_("The day that readers see; news are sorted by it.")),
            ],
            _("Kind and date"),
        ),
        FieldPanel("summary", heading=_("Lead")),
        MultiFieldPanel(
            [
                FieldPanel(
                    "picture",
                    help_text=_(
                        "Wide pictures look best. The point of interest is set in the library."
                    ),
                ),
                FieldPanel("picture_alt"),
                FieldPanel(
                    "picture_caption",
                    help_text=_("What the picture shows, where and when. Stands under it."),
                ),
                FieldPanel(
                    "picture_credit",
                    help_text=_(
                        "Who took it, or where it comes from; the law on copyright asks for it."
                    ),
                ),
            ],
            _("Picture"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel(
                    "author", help_text=_("Stands under the text; empty when the unit speaks.")
                ),
                FieldPanel("source"),
                FieldPanel(
                    "source_url", help_text=_("Where it was published first, with https://.")
                ),
            ],
            _("Origin"),
        ),
        MultiFieldPanel(
            [FieldPanel("topics"), FieldPanel("references"), FieldPanel("related")],
            _("Topics and connections"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("pinned_until"),
                FieldPanel("expires"),
                FieldPanel(
                    "banner_from",
                    help_text=_(
                        "From then on the title stands at the top of every page, until the "
                        "time beside it."
                    ),
                ),
                FieldPanel("banner_until"),
            ],
            _("How long"),
        ),
        FieldPanel("takes_comments"),
    ]
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "pages/news_article.html"
    search_fields = [*PortalPage.search_fields, index.SearchField("body"),
                     index.FilterField("day")]  # fmt: skip

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    @property
    def route_kind(self) -> str:
        """Routes may tell announcements from articles."""
        return self.kind

    @property
    def cache_keys(self) -> tuple[str, ...]:
        own = super().cache_keys
        return (*own, FRAME) if self.banner_from else own

    def clean(self) -> None:
        super().clean()
        errors: dict[str, object] = {}
        if self.expires and self.expires <= self.day:
            errors["expires"] = _("The end must come after the beginning.")
        if bool(self.banner_from) != bool(self.banner_until):
            errors["banner_until"] = _("Give both days of the banner.")
        elif self.banner_from and self.banner_until <= self.banner_from:
            errors["banner_until"] = _("The end must come after the beginning.")
        if self.picture_id and not self.picture_alt.strip():
            errors["picture_alt"] = _("Say what the picture shows.")
        if unknown := references.unknown(self.references):
            errors["references"] = _("There is no such document here: %(words)s") % {
                "words": "; ".join(unknown)}  # fmt: skip
        if errors:
            raise ValidationError(errors)

    def entry(self) -> Entry:
        return Entry(self.title, self.address, self.summary, self.day)

    def context_for(self, request) -> dict[str, object]:
        audience = audience_of(request)
        return {
            "topics": list(self.topics.all()),
            "documents": references.targets(self.references, request),
            "related": self.related_items(audience),
            "index_page": self.get_parent(),
            "comments": self.shown_comments() if self.takes_comments else [],
            "views": views_of(f"{self._meta.model_name}:{self.pk}"),
            "schema": schema.news_article(self) if self.is_public else None,
        }

    # --- comments ---------------------------------------------------------------------------

    def shown_comments(self) -> list:
        """The newest comments that a moderator let through; one query."""
        return list(self.comments.filter(state="hien").order_by("-at", "-pk")[:MOST_COMMENTS])

    def why_closed(self) -> str:
        return "" if self.takes_comments else gettext("This page takes no comments.")

    def form_title(self) -> str:
        return gettext("Comment: %(title)s") % {"title": self.title}

    def public_form(self, data=None, query=None):
        from portal.pages.commenting import CommentForm

        return CommentForm(data)

    def related_items(self, audience, count: int = 5) -> list[NewsArticle]:
        """Chosen ones first, then the newest with a topic in common; two queries."""
        rows = NewsArticle.objects.visible_to(audience).in_language().for_listing()
        chosen = list(rows.filter(pk__in=[one.pk for one in self.related.all()])[:count])
        names = [tag.pk for tag in self.topics.all()]
        if len(chosen) < count and names:
            taken = [self.pk, *(one.pk for one in chosen)]
            alike = rows.current(today()).filter(tagged_topics__tag__in=names).exclude(pk__in=taken)
            chosen += list(alike.distinct().order_by("-day", "-pk")[: count - len(chosen)])
        return chosen
