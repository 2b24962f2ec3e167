"""Wiring of the admin: nothing is decided here."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy

from .admin import buttons, duties
from .library import LibraryPolicy
from .models import Attachment, Picture
from .permissions import explorable

# Exact ones stand before those that Wagtail registers later.
register_permission_policy(Picture, LibraryPolicy(Picture), exact_class=True)
register_permission_policy(Attachment, LibraryPolicy(Attachment), exact_class=True)


@hooks.register("construct_main_menu")
def leave_out_foreign_help(request, menu_items) -> None:
    """Wagtail's help leads to pages of another site in another language."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]
    for item in menu_items:  # beside legal documents, the files of the library are files
        if item.name == "documents":
            item.label = _("Files")


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


@hooks.register("construct_explorer_page_queryset")
def known_pages_in_explorer(parent_page, pages, request):
    """Pages of other units that are not live are not listed."""
    return pages & explorable(request.user)


@hooks.register("construct_page_chooser_queryset")
def known_pages_in_chooser(pages, request):
    return pages & explorable(request.user)


@hooks.register("construct_reports_menu")
def no_foreign_reports(request, menu_items) -> None:
    """Wagtail's reports tell of all units; ours stand in the menu itself."""
    menu_items.clear()
