"""Portlets: short things in the regions of home and sections. Each costs one query at most."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from portal.organisations.access import audience_of
from portal.organisations.audience import PUBLIC
from portal.pages import registry

from .body import SHORT_TEXT_FEATURES


def _listing_choices():
    return [(one.code, one.title) for one in registry.listings()]


def audience_in(parent_context):
    """Who reads the page in which a block is rendered; nobody known: a stranger."""
    request = (parent_context or {}).get("request")
    return audience_of(request) if request is not None else PUBLIC


def unknown_filters(code: str, filters: str) -> list[str]:
    """Names in a query string that this kind of rows does not know."""
    listing = registry.listing(code)
    known = set(listing.filter_names) if listing else set()
    return [name for name in QueryDict(filters) if name not in known]


def refuse_unknown_filters(code: str, filters: str) -> None:
    """Raises ValidationError that names the filters which would be left out silently."""
    if unknown := unknown_filters(code, filters):
        message = gettext("This list has no filter “%(names)s”.") % {"names": ", ".join(unknown)}
        raise ValidationError(message)


class Portlet(blocks.StructBlock):
    title = blocks.CharBlock(
        label=_("title"), required=False, max_length=120, help_text=_("Empty: the usual one.")
    )


class ListingPortlet(Portlet):
    kind = blocks.ChoiceBlock(label=_("what it lists"), choices=_listing_choices)
    filters = blocks.CharBlock(
        label=_("filters"),
        required=False,
        max_length=500,
        help_text=_("What stands after “?” in the address of that list when you filter it: "
                    "loai=nghi-dinh&linh-vuc=dat-dai"),
    )  # fmt: skip
    count = blocks.IntegerBlock(label=_("rows"), default=6, min_value=1, max_value=20)

    class Meta:
        icon = "list-ul"
        label = _("List: documents, directives, news…")
        template = "blocks/portlet_listing.html"

    def clean(self, value):
        value = super().clean(value)
        value["filters"] = value["filters"].strip().removeprefix("?")
        try:
            refuse_unknown_filters(value["kind"], value["filters"])
        except ValidationError as error:
            raise blocks.StructBlockValidationError(block_errors={"filters": error}) from error
        return value

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        listing = registry.listing(value["kind"])
        if listing is None:
            return context
        filters = value["filters"] or ""
        address = listing.address
        joint = "&" if "?" in address else "?"
        return context | {
            "listing": listing,
            "rows": listing.rows(audience_in(parent_context), filters, value["count"] or 6),
            "more_url": f"{address}{joint}{filters}" if filters and address else address,
        }


class CollectionPortlet(Portlet):
    collection = blocks.PageChooserBlock(label=_("collection"), page_type="pages.CollectionPage")
    count = blocks.IntegerBlock(label=_("rows"), default=6, min_value=1, max_value=20)

    class Meta:
        icon = "folder-inverse"
        label = _("Collection")
        template = "blocks/portlet_collection.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        page, audience = value["collection"], audience_in(parent_context)
        page = page.specific if page is not None else None
        if page is None or not page.is_visible_to(audience):
            return context
        rows = list(page.rows(audience)[: value["count"] or 6])
        return context | {"collection": page, "listing": page.listing, "rows": rows}


class LinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("words of the link"), max_length=120)
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    url = blocks.CharBlock(
        label=_("or an address"), required=False, max_length=500,
        help_text=_("Beginning with / or https://"),
    )  # fmt: skip

    def clean(self, value):
        value = super().clean(value)
        url = value["url"]
        if not value["page"] and not url:
            raise blocks.StructBlockValidationError(
                block_errors={"url": ValidationError(gettext("Choose a page or give an address."))}
            )
        if url and not (url.startswith(("https://", "http://")) or
                        (url.startswith("/") and not url.startswith("//"))):  # fmt: skip
            raise blocks.StructBlockValidationError(
                block_errors={"url": ValidationError(gettext("Begin with / or https://"))}
            )
        return value


class LinksPortlet(Portlet):
    links = blocks.ListBlock(LinkBlock(), label=_("links"), min_num=1, max_num=30)

    class Meta:
        icon = "link"
        label = _("Links")
        template = "blocks/portlet_links.html"


class HotlinePortlet(Portlet):
    telephone = blocks.CharBlock(label=_("telephone"), max_length=60)
    email = blocks.EmailBlock(label=_("e-mail"), required=False)
    hours = blocks.CharBlock(label=_("hours"), required=False, max_length=200)

    class Meta:
        icon = "mail"
        label = _("Hotline")
        template = "blocks/portlet_hotline.html"


class StatisticsPortlet(Portlet):
    kinds = blocks.MultipleChoiceBlock(label=_("what it counts"), choices=_listing_choices)

    class Meta:
        icon = "order"
        label = _("Statistics")
        template = "blocks/portlet_statistics.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        audience = audience_in(parent_context)
        chosen = [one for code in value["kinds"] if (one := registry.listing(code))]
        empty = QueryDict("")
        counts = [(one, one.query(audience, empty).order_by().count()) for one in chosen]
        return context | {"counts": counts}


class TextPortlet(Portlet):
    text = blocks.RichTextBlock(label=_("text"), features=SHORT_TEXT_FEATURES)

    class Meta:
        icon = "pilcrow"
        label = _("Free text")
        template = "blocks/portlet_text.html"


class NoticePortlet(TextPortlet):
    class Meta:
        icon = "info-circle"
        label = _("Notice")
        template = "blocks/portlet_notice.html"


class CalendarPortlet(Portlet):
    calendar = blocks.PageChooserBlock(label=_("calendar"), page_type="pages.CalendarPage")
    count = blocks.IntegerBlock(label=_("rows"), default=5, min_value=1, max_value=20)

    class Meta:
        icon = "date"
        label = _("Next entries of a calendar")
        template = "blocks/portlet_calendar.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        page = value["calendar"].specific if value["calendar"] is not None else None
        if page is None or not page.is_visible_to(audience_in(parent_context)):
            return context
        return context | {"calendar": page, "coming": page.coming(value["count"] or 5)}


class PortletsBlock(blocks.StreamBlock):
    listing = ListingPortlet()
    collection = CollectionPortlet()
    links = LinksPortlet()
    hotline = HotlinePortlet()
    statistics = StatisticsPortlet()
    calendar = CalendarPortlet()
    text = TextPortlet()
    notice = NoticePortlet()
