"""Lists of the pages of this room for the home page, portlets and collections."""

from __future__ import annotations

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.audience import PUBLIC, Audience

from .models import AnswerPage, ConsultationPage, QuestionsPage
from .registry import Column, Listing, register_listing


def answers(audience: Audience, filters: QueryDict):
    """Answers of all pages that this reader may see, by topic."""
    rows = (
        AnswerPage.objects.visible_to(audience).in_language().select_related("unit").defer("body")
    )
    if topic := filters.get("chu-de", ""):
        rows = rows.filter(tagged_topics__tag__slug=topic)
    return rows.order_by("-answered_on", "-pk")


def open_consultations(audience: Audience, filters: QueryDict):
    """Drafts on which this reader may comment today, those that end first before the others."""
    today = timezone.localdate()
    rows = ConsultationPage.objects.visible_to(audience).in_language()
    rows = rows.filter(opens__lte=today, closes__gte=today)
    return rows.select_related("unit").defer("body", "draft_text").order_by("closes", "pk")


def address_of(model) -> str:
    """Of the first page of a kind that everybody may read; empty when there is none."""
    page = model.objects.visible_to(PUBLIC).in_language().order_by("path").first()
    return page.address if page else ""


ANSWER_COLUMNS = (
    Column("title", _("Question"), lambda row: row.title),
    Column("answered", _("Answered on"), lambda row: f"{row.answered_on:%d/%m/%Y}"),
    Column("unit", _("Unit"), lambda row: str(row.unit or "")),
)


CONSULTATION_COLUMNS = (
    Column("title", _("Draft"), lambda row: row.title),
    Column("closes", _("Comments until"), lambda row: f"{row.closes:%d/%m/%Y}"),
    Column("unit", _("Unit"), lambda row: str(row.unit or "")),
)


def register() -> None:
    register_listing(
        Listing("hoi-dap", _("Questions and answers"), lambda: address_of(QuestionsPage), answers,
                "components/answer_row.html", AnswerPage.entry, 60, ANSWER_COLUMNS, ("chu-de",))
    )  # fmt: skip
    register_listing(
        Listing("lay-y-kien", _("Drafts open for comments"), "", open_consultations,
                "components/consultation_row.html", ConsultationPage.entry, 70,
                CONSULTATION_COLUMNS)
    )  # fmt: skip
