"""Pages of the tree for the public search: what is read of each, and what a reader may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.text import slugify
from portal.organisations.audience import Audience

from .models import (
    AnswerPage,
    CalendarPage,
    CollectionPage,
    ConsultationPage,
    FormPage,
    PortalPage,
    ProcedurePage,
    ProceduresPage,
    QuestionsPage,
    SectionPage,
    StandardPage,
)
from .registry import FoundRow, Searchable, SearchText, TextPart, register_searchable, searchables


def parts_of(body) -> tuple[TextPart, ...]:
    """The text of a body, cut at its headings. Nothing is rendered: pictures stay in their
    files, and what a block looks up (a document's status, a chart) is not the page's own text."""
    found: dict[str, tuple[str, list[str]]] = {}
    here = found.setdefault("", ("", []))[1]
    for block in body:
        if block.block_type == "heading":
            here = found.setdefault(slugify(block.value), (block.value, []))[1]
        else:
            here += block.block.get_searchable_content(block.value)
    return tuple(
        TextPart(anchor, heading, " ".join(" ".join(map(str, texts)).split()))
        for anchor, (heading, texts) in found.items()
        if heading or texts
    )


def text_of(page: PortalPage, **more: Any) -> SearchText:
    """What is searched in a page of any kind; a kind gives ``more``."""
    body = getattr(page, "body", None)
    said: dict[str, Any] = {
        "title": page.title,
        "tokens": page.audience_tokens(),
        "lead": page.summary,
        "parts": parts_of(body) if body else (),
        "unit": page.unit_id,
        "day": _published(page),
    }
    return SearchText(**said | more)


def found(audience: Audience, pks: Sequence[int]) -> dict[int, FoundRow]:
    """Those of some pages, of whatever kind, that this reader may see now; one query."""
    days = [one.day for one in searchables() if one.found is found and one.day]
    own = {f"own_day_{number}": F(path) for number, path in enumerate(days)}
    rows = PortalPage.objects.visible_to(audience).filter(pk__in=pks).select_related("unit")
    return {
        row.pk: FoundRow(
            row.title,
            row.address,
            row.summary,
            row.unit.name if row.unit else "",
            next((day for name in own if (day := getattr(row, name))), None) or _published(row),
            row.audience != "public",
        )
        for row in rows.annotate(**own)
    }


def _published(page: PortalPage) -> dt.date | None:
    at = page.last_published_at
    return timezone.localtime(at).date() if at else None


def register_kind(
    code: str,
    label: str | Promise,
    model: type[PortalPage],
    text: Callable[[Any], SearchText] = text_of,
    *,
    day: str = "",
    reads: tuple[str, ...] = (),
) -> None:
    """Let search find a kind of pages; ``reads`` names further relations that ``text`` reads."""

    def live() -> QuerySet:
        return model.objects.filter(live=True).prefetch_related("audience_units", *reads)

    register_searchable(Searchable(code, label, model, live, text, found, day))


def consultation_text(page: ConsultationPage) -> SearchText:
    """The draft itself is searched too, article by article."""
    parts = parts_of(page.body) if getattr(page, "body", None) else ()
    draft = (TextPart("", "", " ".join(page.draft_text.split())),)
    return text_of(page, parts=(*parts, *draft))


def procedure_text(page: ProcedurePage) -> SearchText:
    """People ask for a procedure by its code and field too."""
    return text_of(page, keywords=f"{page.code} {page.field}")


def register() -> None:
    register_kind("section", _("Section"), SectionPage)
    register_kind("page", _("Page"), StandardPage)
    register_kind("collection", _("Collection"), CollectionPage)
    register_kind("questions", _("Questions and answers"), QuestionsPage)
    register_kind("answer", _("Answer"), AnswerPage)
    register_kind("consult", _("Consultation"), ConsultationPage, consultation_text)
    register_kind("calendar", _("Calendar"), CalendarPage)
    register_kind("form", _("Form"), FormPage)
    register_kind("procedures", _("Procedures"), ProceduresPage)
    register_kind("procedure", _("Procedure"), ProcedurePage, procedure_text)
