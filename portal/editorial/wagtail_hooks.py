"""Wiring of the admin: nothing is decided here."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .admin import mandates


@hooks.register("register_admin_urls")
def mandate_urls():
    return [
        path("uy-quyen/", mandates.listing, name="mandates"),
        path("uy-quyen/de-nghi/", mandates.propose, name="mandate_propose"),
        path("uy-quyen/<int:pk>/", mandates.mandate, name="mandate"),
    ]


class MandateMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return mandates.may_see(request.user)


@hooks.register("register_admin_menu_item")
def mandate_menu_item():
    return MandateMenuItem(
        _("Mandates"), reverse("mandates"), icon_name="key", order=130, name="mandates"
    )
