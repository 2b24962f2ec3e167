"""Short lists of documents for the home page and for portlets."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from legal_docs.models import LegalDocument
from portal.organisations.audience import Audience
from portal.pages.registry import Listing, register_listing

from . import effects

ROWS = 6


def with_status(rows, day: dt.date) -> list:
    """Give each row its status code; one query."""
    rows = list(rows)
    statuses = effects.statuses_on([row.identity_id for row in rows], day)
    for row in rows:
        row.status_code = statuses.get(row.identity_id, "")
    return rows


def newest(audience: Audience) -> list[LegalDocument]:
    rows = LegalDocument.objects.visible_to(audience).for_listing()[:ROWS]
    return with_status(rows, timezone.localdate())


def soon_in_force(audience: Audience) -> list[LegalDocument]:
    day = timezone.localdate()
    rows = LegalDocument.objects.visible_to(audience).filter(in_force__gt=day)
    rows = rows.select_related("identity", "type", "lead_issuer").order_by("in_force", "pk")[:ROWS]
    return with_status(rows, day)


def register() -> None:
    template = "components/document_row.html"
    soon = "/van-ban/?hieu-luc=chua_co_hieu_luc&xep=hieu-luc"
    register_listing(Listing("moi", _("New documents"), "/van-ban/", newest, template, 10))
    register_listing(
        Listing("sap-hieu-luc", _("Entering into force soon"), soon, soon_in_force, template, 20)
    )
