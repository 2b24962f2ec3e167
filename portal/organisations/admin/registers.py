"""Agencies, their names, identifiers and successions."""

from wagtail_modeladmin.options import ModelAdmin

from portal.core.admin_search import FoldedSearch
from portal.organisations.models import (
    AgencyIdentifier,
    Organisation,
    OrganisationName,
    Succession,
)


class OrganisationAdmin(ModelAdmin):
    model = Organisation
    menu_icon = "group"
    list_display = ("name", "level", "kind", "parent", "valid_from", "valid_to")
    list_filter = ("level", "kind")
    search_fields = ("name", "abbreviation")
    search_handler_class = FoldedSearch
    list_select_related = ("parent",)


class OrganisationNameAdmin(ModelAdmin):
    model = OrganisationName
    menu_icon = "edit"
    list_display = ("name", "organisation", "use")
    search_fields = ("name",)
    search_handler_class = FoldedSearch
    list_select_related = ("organisation",)


class AgencyIdentifierAdmin(ModelAdmin):
    model = AgencyIdentifier
    menu_icon = "key"
    list_display = ("code", "organisation", "scheme", "valid_from", "valid_to")
    search_fields = ("code",)
    search_handler_class = FoldedSearch
    list_select_related = ("organisation",)


class SuccessionAdmin(ModelAdmin):
    model = Succession
    menu_icon = "resubmit"
    list_display = ("predecessor", "successor", "since", "main")
    list_select_related = ("predecessor", "successor")


REGISTERS = (
    OrganisationAdmin,
    OrganisationNameAdmin,
    AgencyIdentifierAdmin,
    SuccessionAdmin,
)
