"""Wiring of the admin: nothing is decided here."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .admin import buttons, duties


@hooks.register("construct_main_menu")
def leave_out_foreign_help(request, menu_items) -> None:
    """Wagtail's help leads to pages of another site in another language."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]


@hooks.register("register_admin_urls")
def duty_urls():
    return [
        path("chuyen-muc-bat-buoc/", duties.listing, name="section_duties"),
        path("chuyen-muc-bat-buoc/moi/", duties.duty, name="section_duty_new"),
        path("chuyen-muc-bat-buoc/<int:pk>/", duties.duty, name="section_duty"),
    ]


class _Duties(MenuItem):
    def is_shown(self, request) -> bool:
        return duties.may_see(request.user)


@hooks.register("register_admin_menu_item")
def duties_item():
    return _Duties(
        _("Mandatory sections"), reverse("section_duties"), name="section_duties",
        icon_name="list-ul", order=145,
    )  # fmt: skip


hooks.register("construct_page_action_menu", buttons.our_acts)
hooks.register("after_edit_page", buttons.go_to_review)
hooks.register("after_create_page", buttons.go_to_review)
