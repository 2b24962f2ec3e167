"""Thủ tục hành chính: pages that lead to the procedures of the national service, by field."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from portal.core import text
from portal.organisations.access import audience_of
from portal.pages import references
from portal.pages.admin.forms import PortalPageForm
from portal.pages.blocks import BlocksField

from .kinds import WithRegion
from .page import PortalPage

ROWS = 100


class ProcedureLevel(models.TextChoices):
    """Cấp giải quyết. Levels of a government in two levels, with what ministries keep."""

    CENTRAL = "bo", _("Central")
    PROVINCE = "tinh", _("Province")
    COMMUNE = "xa", _("Commune")


class ProceduresPage(WithRegion):
    """Danh mục thủ tục hành chính: what stands under it, by field."""

    content_code = "page"
    base_form_class = PortalPageForm

    FROZEN = (*PortalPage.FROZEN, *WithRegion.REGION)
    content_panels = [*PortalPage.content_panels, FieldPanel("summary"), *WithRegion.region_panels]
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]
    subpage_types = ["pages.ProcedurePage"]
    template = "pages/procedures.html"
    show_in_menus_default = True

    class Meta:
        verbose_name = _("list of procedures")
        verbose_name_plural = _("lists of procedures")

    def context_for(self, request) -> dict[str, object]:
        """Rows by words (accents are not needed), code, level and field, grouped by field."""
        rows = ProcedurePage.objects.visible_to(audience_of(request)).child_of(self).defer("body")
        fields = sorted(set(rows.values_list("field", flat=True)), key=text.fold)
        words, level, field = (request.GET.get(name, "")[:100] for name in ("q", "cap", "linh-vuc"))
        by_words = models.Q()
        for word in text.slugify(words).split("-")[:12]:
            by_words &= models.Q(search_key__contains=word)
        if words.strip():
            rows = rows.filter(by_words | models.Q(code__iexact=words.strip()))
        if level in ProcedureLevel.values:
            rows = rows.filter(level=level)
        if field:
            rows = rows.filter(field=field)
        page = Paginator(rows.order_by("field", "title", "pk"), ROWS).get_page(
            request.GET.get("trang")
        )
        return {
            "rows": page,
            "groups": [(name, list(some)) for name, some in groupby(page, lambda row: row.field)],
            "fields": fields, "levels": ProcedureLevel.choices,
            "words": words, "level": level, "field": field,
        }  # fmt: skip


class ProcedurePage(PortalPage):
    """Thủ tục: its title is its name."""

    content_code = "page"
    base_form_class = PortalPageForm

    code = models.CharField(
        _("code"), max_length=40, blank=True, help_text=_("Of the national database: 1.004227")
    )
    field = models.CharField(_("field"), max_length=120, help_text=_("Procedures stand under it."))
    level = models.CharField(
        _("level"), max_length=6, choices=ProcedureLevel.choices, default=ProcedureLevel.COMMUNE
    )
    who = models.CharField(_("who handles it"), max_length=200, blank=True)
    link = models.URLField(
        _("address of the service"), max_length=500, blank=True,
        help_text=_("On the national portal of public services; begins with https://"),
    )  # fmt: skip
    body = BlocksField("portal.pages.blocks.BodyBlock", verbose_name=_("text"), blank=True)
    references = models.TextField(
        _("legal basis"), blank=True,
        help_text=_("One a line, as people write them: 168/2024/NĐ-CP."),
    )  # fmt: skip

    FROZEN = (*PortalPage.FROZEN, "code", "field", "level", "who", "link", "body", "references")
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("code"),
                FieldPanel("field"),
                FieldPanel("level", help_text=_("Which level of government handles it.")),
                FieldPanel(
                    "who", help_text=_("The office that takes the file, as people know it.")
                ),
                FieldPanel("link"),
            ],
            _("Procedure"),
        ),
        FieldPanel("body"),
        FieldPanel("references"),
    ]
    parent_page_types = ["pages.ProceduresPage"]
    subpage_types: list[str] = []
    template = "pages/procedure.html"
    search_fields = [*PortalPage.search_fields, index.SearchField("code")]

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")

    def clean(self) -> None:
        super().clean()
        errors: dict[str, object] = {}
        self.field = " ".join(self.field.split())
        if self.link and urlsplit(self.link).scheme != "https":
            errors["link"] = _("Begin with https://")
        if unknown := references.unknown(self.references):
            errors["references"] = _("There is no such document here: %(words)s") % {
                "words": "; ".join(unknown)}  # fmt: skip
        if errors:
            raise ValidationError(errors)

    def context_for(self, request) -> dict[str, object]:
        return {"documents": references.targets(self.references, request)}
