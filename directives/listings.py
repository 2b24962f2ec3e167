"""Short lists of directives for the home page and for portlets."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.organisations.audience import Audience
from portal.pages.registry import Listing, register_listing

from .models import Directive

ROWS = 6


def newest(audience: Audience) -> list[Directive]:
    return list(Directive.objects.visible_to(audience).for_listing()[:ROWS])


def register() -> None:
    template = "components/document_row.html"
    register_listing(Listing("chi-dao", _("Directives"), "/chi-dao/", newest, template, 30))
