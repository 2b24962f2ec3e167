"""Wiring of the admin: nothing is decided here."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from portal.editorial.owned_rows import OwnedRowsPolicy

from .models import Directive

register_permission_policy(Directive, OwnedRowsPolicy(Directive))

from legal_docs.admin import panels  # noqa: E402 - policies must be registered first
from legal_docs.admin.viewsets import State, work_viewset  # noqa: E402

DirectiveViewSet = work_viewset(
    Directive,
    icon="mail",
    menu_label=_("Direction and steering"),
    menu_name="directives",
    menu_order=120,
    edit_handler=panels.DIRECTIVE,
    list_display=[
        "__str__",
        Column("subject", label=_("Subject"), accessor="short_subject"),
        Column("lead_issuer", label=_("Issuer")),
        Column("issued", label=_("Issued"), sort_key="issued"),
        Column("urgency", label=_("Urgency"), accessor="get_urgency_display"),
        Column("owner", label=_("Unit")),
        State(),
    ],
)
register_snippet(DirectiveViewSet)
