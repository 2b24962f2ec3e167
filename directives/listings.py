"""Directives on shared pages: short lists, collections, site map."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from legal_docs.browsing import SORTS, Browse, Filters
from legal_docs.listings import TEMPLATE, WORK_COLUMNS, entry, site_map_of
from portal.organisations.audience import Audience
from portal.pages.registry import Column, Listing, register_listing, register_site_map

from .models import Directive

FILTERS = ("cap", "loai", "co-quan", "tinh", "linh-vuc", "nam", "do-khan", "xep")
COLUMNS = (
    *WORK_COLUMNS,
    Column("urgency", _("Urgency"), lambda row: str(row.get_urgency_display())),
)
ORDERS = tuple((code, label) for code, (label, _fields) in SORTS.items() if code != "hieu-luc")


def newest(audience: Audience, filters: QueryDict) -> QuerySet[Directive]:
    """Directives by the filters of the browse page, newest first."""
    return Browse("directive", Filters.read(filters), audience, timezone.localdate()).sorted_rows()


def register() -> None:
    register_listing(
        Listing("chi-dao", _("Directives"), "/chi-dao/", newest, TEMPLATE, entry, 30, COLUMNS,
                FILTERS, ORDERS)
    )  # fmt: skip
    register_site_map(site_map_of("chi-dao", Directive))
