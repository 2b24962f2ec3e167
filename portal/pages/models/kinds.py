"""The kinds of pages: home, section, page, collection."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from portal.organisations.access import audience_of
from portal.pages import registry
from portal.pages.admin.forms import CollectionForm, PortalPageForm
from portal.pages.blocks import BlocksField
from portal.pages.blocks.portlets import refuse_unknown_filters

from .page import PortalPage

_BODY = "portal.pages.blocks.BodyBlock"
_PORTLETS = "portal.pages.blocks.PortletsBlock"


class HomePage(PortalPage):
    """Trang chủ: the search bar, then what editors put together from portlets."""

    content_code = "page"
    base_form_class = PortalPageForm

    heading = models.CharField(
        _("heading over the search bar"), max_length=120, blank=True,
        help_text=_("Empty: “Look up legal documents and directives”."),
    )  # fmt: skip
    examples = models.CharField(
        _("examples of searches"), max_length=300, blank=True,
        help_text=_("Up to five, with ; between them."),
    )  # fmt: skip
    main = BlocksField(_PORTLETS, verbose_name=_("main region"), blank=True)
    aside = BlocksField(_PORTLETS, verbose_name=_("side region"), blank=True)

    FROZEN = (*PortalPage.FROZEN, "heading", "examples", "main", "aside")
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("heading"),
        FieldPanel("examples"),
        FieldPanel(
            "main",
            help_text=_(
                "Lists of the home page, in this order. Each shows a few rows and leads to all "
                "of them."
            ),
        ),
        FieldPanel(
            "aside", help_text=_("Pages under it show this region too, unless they stop it.")
        ),
    ]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "pages/home.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @property
    def example_list(self) -> list[str]:
        return [one.strip() for one in self.examples.split(";") if one.strip()][:5]

    def context_for(self, request) -> dict[str, object]:
        from portal.pages.framing import frame_of
        from portal.pages.schema import organisation

        return {
            "examples": self.example_list,
            "heading": self.heading,
            "schema": organisation(frame_of(request)),
        }


class WithRegion(PortalPage):
    """Abstract: a page beside which stands a region that it inherits from above."""

    aside = BlocksField(_PORTLETS, verbose_name=_("side region"), blank=True)
    stops_inherited = models.BooleanField(
        _("leave out what pages above put into the side region"), default=False
    )

    REGION = ("aside", "stops_inherited")
    region_panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "aside",
                    help_text=_("Boxes beside the text. Pages under this one show them too."),
                ),
                FieldPanel(
                    "stops_inherited",
                    help_text=_(
                        "Only the boxes that stand here remain beside this page and those under it."
                    ),
                ),
            ],
            _("Side region"),
            classname="collapsed",
        )
    ]

    class Meta:
        abstract = True


class SectionPage(WithRegion):
    """Chuyên mục: a place in the tree that shows what is under it."""

    content_code = "page"
    base_form_class = PortalPageForm

    body = BlocksField(_BODY, verbose_name=_("text"), blank=True)

    FROZEN = (*PortalPage.FROZEN, "body", *WithRegion.REGION)
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        *WithRegion.region_panels,
    ]
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]
    template = "pages/section.html"
    search_fields = [*PortalPage.search_fields, index.SearchField("body")]
    show_in_menus_default = True

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def context_for(self, request) -> dict[str, object]:
        """The pages under it that this reader may see, in the order of the tree."""
        rows = PortalPage.objects.visible_to(audience_of(request)).child_of(self)
        return {"children": rows.order_by("path")}


class StandardPage(WithRegion):
    """Trang nội dung."""

    content_code = "page"
    base_form_class = PortalPageForm

    body = BlocksField(_BODY, verbose_name=_("text"))

    FROZEN = (*PortalPage.FROZEN, "body", *WithRegion.REGION)
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        *WithRegion.region_panels,
    ]
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]
    subpage_types: list[str] = []
    template = "pages/standard.html"
    search_fields = [*PortalPage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")


class CollectionPage(WithRegion):
    """Bộ sưu tập: a saved query over one kind of rows, shown as a list or a table."""

    content_code = "page"
    base_form_class = CollectionForm

    source = models.CharField(_("what it lists"), max_length=40)
    filters = models.CharField(
        _("filters"),
        max_length=500,
        blank=True,
        help_text=_("What stands after “?” in the address of that list when you filter it: "
                    "loai=nghi-dinh&linh-vuc=dat-dai"),
    )  # fmt: skip
    columns = models.JSONField(
        _("columns"), default=list, blank=True,
        help_text=_("None: a list with titles; otherwise a table."),
    )  # fmt: skip
    order = models.CharField(_("order"), max_length=40, blank=True)
    per_page = models.PositiveSmallIntegerField(_("rows on a page"), default=20)

    FROZEN = (*PortalPage.FROZEN, "source", "filters", "columns", "order", "per_page",
              *WithRegion.REGION)  # fmt: skip
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel(
                    "source",
                    help_text=_("What is listed. Columns, order and filters below follow from it."),
                ),
                FieldPanel("filters"),
                FieldPanel("columns"),
                FieldPanel("order", help_text=_("How the rows are sorted.")),
                FieldPanel("per_page", help_text=_("Longer lists go on on further pages.")),
            ],
            _("Query"),
        ),
        *WithRegion.region_panels,
    ]
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]
    subpage_types: list[str] = []
    template = "pages/collection.html"

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    @property
    def listing(self) -> registry.Listing | None:
        return registry.listing(self.source)

    def rows(self, audience):
        """All rows that this reader may see, in the order that was chosen."""
        query = QueryDict(self.filters, mutable=True)
        if self.order:
            query["xep"] = self.order
        return self.listing.query(audience, query)

    def feed_entries(self, audience, count: int) -> list[registry.Entry]:
        listing = self.listing
        return [listing.entry(row) for row in self.rows(audience)[:count]] if listing else []

    def shown_columns(self) -> list[registry.Column]:
        known = {column.code: column for column in self.listing.columns}
        return [known[code] for code in self.columns if code in known]

    def clean(self) -> None:
        super().clean()
        if self.listing is None:
            raise ValidationError({"source": _("There is no such list.")})
        try:
            refuse_unknown_filters(self.source, self.filters)
        except ValidationError as error:
            raise ValidationError({"filters": error}) from error
        if not 1 <= self.per_page <= 100:
            raise ValidationError({"per_page": _("Between 1 and 100.")})
        orders = {code for code, _label in self.listing.orders}
        if self.order and self.order not in orders:
            raise ValidationError({"order": _("This list has no such order.")})

    def context_for(self, request) -> dict[str, object]:
        if self.listing is None:
            return {"rows": None}
        pages = Paginator(self.rows(audience_of(request)), self.per_page)
        return {
            "listing": self.listing,
            "columns": self.shown_columns(),
            "rows": pages.get_page(request.GET.get("trang")),
        }
