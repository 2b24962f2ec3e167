"""Wiring of the admin: nothing is decided here."""

from django.urls import path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from portal.editorial.owned_rows import OwnedRowsPolicy

from .models import LegalDocument

register_permission_policy(LegalDocument, OwnedRowsPolicy(LegalDocument))

from .admin import intake  # noqa: E402 - policies must be registered first
from .admin.registers import LawRegisters  # noqa: E402
from .admin.viewsets import LegalDocumentViewSet  # noqa: E402

register_snippet(LegalDocumentViewSet)
modeladmin_register(LawRegisters)


@hooks.register("register_admin_urls")
def intake_urls():
    return [
        path("nhap-van-ban/", intake.listing, name="intake"),
        path("nhap-van-ban/tai-len/", intake.upload, name="intake_upload"),
        path("nhap-van-ban/<int:pk>/", intake.check, name="intake_check"),
        path("nhap-van-ban/<int:pk>/tep/", intake.original, name="intake_original"),
    ]


class IntakeMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return intake.may_read_in(request.user)


@hooks.register("register_admin_menu_item")
def intake_menu_item():
    from django.urls import reverse
    from django.utils.translation import gettext_lazy as _

    return IntakeMenuItem(
        _("Read documents in"), reverse("intake"), icon_name="upload", order=105, name="intake"
    )
