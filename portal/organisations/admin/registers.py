"""Agencies, their names, identifiers and successions; memberships."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail_modeladmin.options import ModelAdmin

from portal.core.admin_search import FoldedSearch
from portal.organisations.models import (
    AgencyIdentifier,
    Membership,
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


class MembershipForm(WagtailAdminModelForm):
    """Nobody gives himself a role or widens his own: another administrator does."""

    def clean(self) -> dict:
        cleaned = super().clean()
        people = {cleaned.get("user"), self.instance.user if self.instance.pk else None}
        if self.for_user in people:
            raise ValidationError(_("You can't change your own roles: another administrator does."))
        return cleaned


class MembershipAdmin(ModelAdmin):
    model = Membership
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("user", "unit", "role", "valid_from", "valid_to")],
        base_form_class=MembershipForm,
    )
    menu_icon = "user"
    list_display = ("user", "unit", "role", "valid_from", "valid_to")
    list_filter = ("role",)
    list_select_related = ("user", "unit")


REGISTERS = (
    OrganisationAdmin,
    OrganisationNameAdmin,
    AgencyIdentifierAdmin,
    SuccessionAdmin,
    MembershipAdmin,
)
