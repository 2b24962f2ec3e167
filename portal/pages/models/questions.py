"""Hỏi đáp: the page of answered questions, an answer, and what the public asked."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from portal.core import text
from portal.organisations.access import audience_of
from portal.organisations.models import Organisation
from portal.pages import references
from portal.pages.admin.forms import PortalPageForm
from portal.pages.blocks import BlocksField
from portal.pages.receiving import TakesFromPublic
from portal.pages.registry import Entry

from .kinds import WithRegion
from .page import PortalPage

ROWS = 20
#: Days after an answer or a refusal until it is forgotten who asked.
FORGET_AFTER = 30
#: Days after the question until that is forgotten whatever happened.
FORGET_IN_ANY_CASE = 180


class QuestionsPage(TakesFromPublic, WithRegion):
    """Trang hỏi đáp: newest answers first; the public asks under it."""

    content_code = "page"
    base_form_class = PortalPageForm

    takes_questions = models.BooleanField(_("the public may ask"), default=True)
    days = models.PositiveSmallIntegerField(_("working days for an answer"), default=10)

    FROZEN = (*PortalPage.FROZEN, "takes_questions", "days", *WithRegion.REGION)
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel(
                    "takes_questions",
                    help_text=_("Without the mark answers stay and nobody can ask."),
                ),
                FieldPanel(
                    "days",
                    help_text=_(
                        "The deadline of each question is counted from it; the page tells it to "
                        "who asks."
                    ),
                ),
            ],
            _("Questions"),
        ),
        *WithRegion.region_panels,
    ]
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]
    subpage_types = ["pages.AnswerPage"]
    template = "pages/questions.html"
    show_in_menus_default = True

    class Meta:
        verbose_name = _("questions and answers")
        verbose_name_plural = _("questions and answers")

    def answers(self, audience):
        """Answers under this page that this reader may see, the newest first."""
        rows = AnswerPage.objects.visible_to(audience).child_of(self)
        return rows.select_related("unit").defer("body").order_by("-answered_on", "-pk")

    def feed_entries(self, audience, count: int) -> list[Entry]:
        return [row.entry() for row in self.answers(audience)[:count]]

    def context_for(self, request) -> dict[str, object]:
        """Rows by words of their titles (accents are not needed) and by topic."""
        audience = audience_of(request)
        rows = self.answers(audience)
        words, topic = (request.GET.get(name, "")[:100] for name in ("q", "chu-de"))
        for word in text.slugify(words).split("-")[:12]:
            rows = rows.filter(search_key__contains=word)
        if topic:
            rows = rows.filter(tagged_topics__tag__slug=topic)
        topics = AnswerTopic.tag_model().objects.filter(
            pk__in=AnswerTopic.objects.filter(
                content_object__in=self.answers(audience).order_by()
            ).values("tag")
        )
        found = list(topics.order_by("name")[:60])
        return {
            "rows": Paginator(rows, ROWS).get_page(request.GET.get("trang")),
            "words": words,
            "topic": next((tag for tag in found if tag.slug == topic), None),
            "topic_slug": topic,
            "topics": found,
        }

    # --- what the public sends ----------------------------------------------------------------

    def why_closed(self) -> str:
        return "" if self.takes_questions else gettext("This page takes no questions now.")

    def form_title(self) -> str:
        return gettext("Ask a question")

    def privacy_notice(self) -> str:
        return gettext(
            "No account is needed. The question and its answer may be published, your name and "
            "e-mail address never: they serve the answer alone and are deleted %(days)d days "
            "after it. Leave out what is personal."
        ) % {"days": FORGET_AFTER}

    def public_form(self, data=None, query=None):
        from portal.pages.asking import QuestionForm

        return QuestionForm(data)

    def take(self, form) -> None:
        from portal.pages import asking

        asking.take(self, **form.kept)

    def thanks(self) -> str:
        return ngettext(
            "The unit answers within %(days)d working day. If you gave an e-mail address, we "
            "write to you when the answer is published.",
            "The unit answers within %(days)d working days. If you gave an e-mail address, we "
            "write to you when the answer is published.",
            self.days,
        ) % {"days": self.days}


class AnswerTopic(TaggedItemBase):
    content_object = ParentalKey(
        "pages.AnswerPage", on_delete=models.CASCADE, related_name="tagged_topics"
    )


class AnswerPage(PortalPage):
    """Câu trả lời: a question of the public and what the unit answers."""

    content_code = "page"
    base_form_class = PortalPageForm

    question = models.TextField(
        _("question"), max_length=4000,
        help_text=_(
            "As it was asked, without what is personal; the title says it in one "
            "sentence."
        ),
    )  # fmt: skip
    body = BlocksField("portal.pages.blocks.BodyBlock", verbose_name=_("answer"), blank=True)
    asked_on = models.DateField(_("asked on"), default=timezone.localdate)
    answered_on = models.DateField(_("answered on"), default=timezone.localdate, db_index=True)
    references = models.TextField(
        _("articles that it rests on"), blank=True,
        help_text=_("One a line, as people write them: Điều 5 Luật Đất đai 2024. "
                    "Search learns from them which article answers the question."),
    )  # fmt: skip
    topics = ClusterTaggableManager(through=AnswerTopic, verbose_name=_("topics"), blank=True)

    FROZEN = (*PortalPage.FROZEN, "question", "body", "asked_on", "answered_on", "references")
    MANY_FIELDS = ("topics",)
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("question"),
        FieldPanel("body"),
        FieldPanel("references"),
        MultiFieldPanel(
            [
                FieldPanel("asked_on", help_text=_("The day on which the question came.")),
                FieldPanel(
                    "answered_on", help_text=_("The day of the answer; newest answers come first.")
                ),
                FieldPanel("topics"),
            ],
            _("Dates and topics"),
        ),
    ]
    parent_page_types = ["pages.QuestionsPage"]
    subpage_types: list[str] = []
    template = "pages/answer.html"
    search_fields = [*PortalPage.search_fields, index.SearchField("question"),
                     index.SearchField("body")]  # fmt: skip

    class Meta:
        verbose_name = _("answer to a question")
        verbose_name_plural = _("answers to questions")

    def clean(self) -> None:
        super().clean()
        errors: dict[str, object] = {}
        if not self.body:
            errors["body"] = _("Write the answer.")
        if self.answered_on and self.asked_on and self.answered_on < self.asked_on:
            errors["answered_on"] = _("The answer comes after the question.")
        if unknown := references.unknown(self.references):
            errors["references"] = _("There is no such document here: %(words)s") % {
                "words": "; ".join(unknown)}  # fmt: skip
        if errors:
            raise ValidationError(errors)

    def entry(self) -> Entry:
        return Entry(self.title, self.address, self.summary, self.answered_on)

    def context_for(self, request) -> dict[str, object]:
        return {
            "topics": list(self.topics.all()),
            "documents": references.targets(self.references, request),
            "index_page": self.get_parent().specific,
        }


class Question(models.Model):
    """What somebody asked, in the queue of the unit that answers. Who asked stands apart."""

    class State(models.TextChoices):
        NEW = "moi", _("New")
        DRAFT = "dang-soan", _("An answer is being made")
        ANSWERED = "da-dang", _("Answered")
        REFUSED = "tu-choi", _("Refused")

    #: Neither an answer nor a refusal went out.
    WAITING = (State.NEW, State.DRAFT)

    page = models.ForeignKey(QuestionsPage, on_delete=models.PROTECT, related_name="asked")
    unit = models.ForeignKey(
        Organisation, verbose_name=_("unit that answers"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    title = models.CharField(_("question in one sentence"), max_length=255)
    text = models.TextField(_("question"))
    at = models.DateTimeField(_("asked"), default=timezone.now)
    due = models.DateField(_("answer until"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.NEW, db_index=True
    )
    reason = models.TextField(_("reason of the refusal"), blank=True)
    answer = models.ForeignKey(
        AnswerPage, null=True, on_delete=models.SET_NULL, related_name="questions"
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    handled_at = models.DateTimeField(null=True)
    told_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("question of the public")
        verbose_name_plural = _("questions of the public")
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def waits(self) -> bool:
        """Whether neither an answer nor a refusal went out."""
        return self.state in self.WAITING

    @property
    def overdue(self) -> bool:
        """Late only after the day itself, and only while it waits."""
        return self.waits and self.due < timezone.localdate()


class QuestionInput(models.Model):
    """What another unit contributes to an answer (phối hợp). Never public."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="inputs")
    unit = models.ForeignKey(
        Organisation, verbose_name=_("unit that is asked"), on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    wish = models.TextField(_("what it shall contribute"))
    due = models.DateField(_("until"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("contribution"), blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("contribution of a unit")
        verbose_name_plural = _("contributions of units")
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "unit"], condition=models.Q(given_at=None),
                name="one_open_input_of_a_unit",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.question_id} {self.unit_id}"

    @property
    def overdue(self) -> bool:
        """Late only after the day itself, and only while nothing was said."""
        return self.given_at is None and self.due < timezone.localdate()


class Asker(models.Model):
    """Who asked: kept apart from the question, for the answer alone, and deleted by the clock."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="asker")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    class Meta:
        verbose_name = _("who asked")
        verbose_name_plural = _("who asked")

    def __str__(self) -> str:
        return f"{self.question_id}"


def forget_before(today: dt.date) -> models.Q:
    """Which askers are to be forgotten on a day."""
    handled = today - dt.timedelta(days=FORGET_AFTER)
    asked = today - dt.timedelta(days=FORGET_IN_ANY_CASE)
    return models.Q(question__handled_at__date__lt=handled) | models.Q(question__at__date__lt=asked)
