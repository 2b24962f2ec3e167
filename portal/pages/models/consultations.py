"""Góp ý dự thảo: a draft on which the public comments for a time, and the comments."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from portal.pages import draft_articles
from portal.pages.admin.forms import PortalPageForm
from portal.pages.blocks import BlocksField
from portal.pages.receiving import TakesComments
from portal.pages.registry import Entry

from .kinds import WithRegion
from .page import PortalPage

_BODY = "portal.pages.blocks.BodyBlock"
#: Comments of one article that its page shows; the rest is counted.
SHOWN = 200


class ConsultationPage(TakesComments, WithRegion):
    """Lấy ý kiến: the text by article, the period, and what was taken up."""

    content_code = "page"
    base_form_class = PortalPageForm

    body = BlocksField(_BODY, verbose_name=_("introduction"), blank=True)
    draft_text = models.TextField(
        _("text of the draft"),
        help_text=_("Paste it as plain text. Each line that begins with “Điều 1.” begins an "
                    "article on which people comment."),
    )  # fmt: skip
    opens = models.DateField(_("comments from"), default=timezone.localdate)
    closes = models.DateField(_("comments until"), help_text=_("The last day, included."))
    contact = models.CharField(
        _("contact"), max_length=300, blank=True,
        help_text=_("Telephone or e-mail of the unit for questions on the draft."),
    )  # fmt: skip
    taken_up = BlocksField(
        _BODY, verbose_name=_("what was taken up"), blank=True,
        help_text=_("After the end: a summary of the comments, and what became of them."),
    )  # fmt: skip

    FROZEN = (*PortalPage.FROZEN, "body", "draft_text", "opens", "closes", "contact", "taken_up",
              *WithRegion.REGION)  # fmt: skip
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("draft_text"),
        MultiFieldPanel(
            [
                FieldPanel("opens", help_text=_("The first day on which comments are taken.")),
                FieldPanel("closes"),
                FieldPanel("contact"),
            ],
            _("Period"),
        ),
        FieldPanel("taken_up"),
        *WithRegion.region_panels,
    ]
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]
    subpage_types: list[str] = []
    template = "pages/consultation.html"
    search_fields = [*PortalPage.search_fields, index.SearchField("draft_text")]

    class Meta:
        verbose_name = _("consultation on a draft")
        verbose_name_plural = _("consultations on drafts")

    def clean(self) -> None:
        super().clean()
        if self.opens and self.closes and self.closes < self.opens:
            raise ValidationError({"closes": _("The end must come after the beginning.")})

    @property
    def articles(self) -> list[draft_articles.Article]:
        return draft_articles.cut(self.draft_text)

    def state(self, day: dt.date) -> str:
        """“before”, “open” or “over” on a day."""
        if day < self.opens:
            return "before"
        return "open" if day <= self.closes else "over"

    def entry(self) -> Entry:
        return Entry(self.title, self.address, self.summary, self.opens)

    def context_for(self, request) -> dict[str, object]:
        """Each article with the comments that are shown; one query."""
        rows = list(self.comments.filter(state=Comment.State.SHOWN).order_by("at", "pk"))
        articles = self.articles
        known = {one.eid for one in articles if one.eid}
        # What was said on an article that is gone belongs to the whole.
        places = [row.eid if row.eid in known else "" for row in rows]
        counts = Counter(places)
        by_place: dict[str, list[Comment]] = {}
        for place, row in zip(places, rows, strict=True):
            if len(by_place.setdefault(place, [])) < SHOWN:
                by_place[place].append(row)
        return {
            "parts": [(one, by_place.get(one.eid, []) if one.eid else [], counts[one.eid])
                      for one in articles],
            "on_whole": by_place.get("", []),
            "count": len(rows),
            "state": self.state(timezone.localdate()),
        }  # fmt: skip

    # --- what the public sends ----------------------------------------------------------------

    def why_closed(self) -> str:
        state = self.state(timezone.localdate())
        if state == "before":
            return gettext("Comments are taken from %(day)s.") % {"day": f"{self.opens:%d/%m/%Y}"}
        if state == "over":
            return gettext("Comments were taken until %(day)s.") % {
                "day": f"{self.closes:%d/%m/%Y}"}  # fmt: skip
        return ""

    def form_title(self) -> str:
        return gettext("Comment on the draft")

    def public_form(self, data=None, query=None):
        from portal.pages.commenting import CommentForm

        wanted = (query or {}).get("dieu", "")
        return CommentForm(data, articles=self.articles, wanted=wanted)


class Comment(models.Model):
    """A comment of the public on an article of a draft, or on a whole page (no ``eid``)."""

    class State(models.TextChoices):
        WAITS = "cho", _("Waits for moderation")
        SHOWN = "hien", _("Shown")
        KEPT_BACK = "khong", _("Not shown")

    page = models.ForeignKey(PortalPage, on_delete=models.PROTECT, related_name="comments")
    eid = models.CharField(max_length=40, blank=True)
    place = models.CharField(_("article"), max_length=40, blank=True)
    text = models.TextField(_("comment"))
    by = models.CharField(_("by"), max_length=160, blank=True)
    at = models.DateTimeField(_("sent"), default=timezone.now)
    state = models.CharField(
        _("state"), max_length=6, choices=State.choices, default=State.WAITS, db_index=True
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    moderated_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("comment of a reader")
        verbose_name_plural = _("comments of readers")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.place} {self.text[:60]}".strip()
