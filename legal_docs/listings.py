"""Documents on shared pages: short lists, collections, what words lead to, site map."""

from __future__ import annotations

import datetime as dt

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from legal_docs.browsing import SORTS, Browse, Filters
from legal_docs.models import LegalDocument, ValidityInterval
from legal_docs.models.work import Work
from portal.organisations.audience import PUBLIC, Audience
from portal.pages.registry import (
    Column,
    Entry,
    Listing,
    SiteMap,
    register_citer,
    register_linker,
    register_listing,
    register_site_map,
    register_target_finder,
)

from . import effects, page_links, targets

TEMPLATE = "components/document_row.html"
FILTERS = ("cap", "loai", "co-quan", "tinh", "linh-vuc", "hieu-luc", "nam", "xep")


def with_status(rows, day: dt.date) -> list:
    """Give each row its status code; one query."""
    rows = list(rows)
    statuses = effects.statuses_on([row.identity_id for row in rows], day)
    for row in rows:
        row.status_code = statuses.get(row.identity_id, "")
    return rows


def annotated(rows: QuerySet, day: dt.date) -> QuerySet:
    """Rows with their status code, in the same query."""
    spans = ValidityInterval.objects.filter(
        work=OuterRef("identity"), since__lte=day, until__gt=day
    )
    return rows.annotate(status_code=Subquery(spans.values("status")[:1]))


def newest(audience: Audience, filters: QueryDict) -> QuerySet[LegalDocument]:
    """Documents by the filters of the browse page, newest first."""
    day = timezone.localdate()
    return annotated(Browse("legal", Filters.read(filters), audience, day).sorted_rows(), day)


def soon_in_force(audience: Audience, filters: QueryDict) -> QuerySet[LegalDocument]:
    day = timezone.localdate()
    rows = (
        Browse("legal", Filters.read(filters), audience, day).sorted_rows().filter(in_force__gt=day)
    )
    return annotated(rows.order_by("in_force", "pk"), day)


def entry(row: Work) -> Entry:
    """A work as feeds say it."""
    return Entry(
        f"{row.title_short}: {row.short_subject}", row.identity.url, row.subject, row.issued
    )


def _day(value: dt.date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


WORK_COLUMNS = (
    Column("number", _("Number and notation"), lambda row: row.number),
    Column("type", _("Type of document"), lambda row: row.type.label),
    Column("subject", _("Subject"), lambda row: row.subject),
    Column("issuer", _("Issuer"), lambda row: row.lead_issuer.name),
    Column("issued", _("Issued"), lambda row: _day(row.issued)),
)
COLUMNS = (
    *WORK_COLUMNS,
    Column("in_force", _("In force from"), lambda row: _day(row.in_force)),
)
ORDERS = tuple((code, label) for code, (label, _fields) in SORTS.items())


def site_map_of(code: str, model: type[Work]) -> SiteMap:
    """Addresses of the public works of a class, oldest row first, so that parts stay the same."""

    def count() -> int:
        return model.objects.visible_to(PUBLIC).count()

    def part(start: int, end: int):
        rows = model.objects.visible_to(PUBLIC).order_by("pk")
        pairs = rows.values_list("identity__path", "last_published_at")[start:end]
        for path, moment in pairs.iterator():
            yield f"/{path}/", moment.date() if moment else None

    return SiteMap(code, count, part)


def register() -> None:
    soon = "/van-ban/?hieu-luc=chua_co_hieu_luc&xep=hieu-luc"
    register_listing(
        Listing("moi", _("New documents"), "/van-ban/", newest, TEMPLATE, entry, 10, COLUMNS,
                FILTERS, ORDERS, counted=_("Legal documents"))
    )  # fmt: skip
    register_listing(
        Listing("sap-hieu-luc", _("Entering into force soon"), soon, soon_in_force, TEMPLATE,
                entry, 20, COLUMNS, FILTERS)
    )  # fmt: skip
    register_site_map(site_map_of("van-ban", LegalDocument))
    register_target_finder(targets.find)
    register_linker(page_links.linked)
    register_citer(page_links.cited)
