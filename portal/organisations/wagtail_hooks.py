"""Wiring of the admin: nothing is decided here."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .access import access_of
from .admin import people
from .roles import Ability


@hooks.register("register_admin_urls")
def people_urls():
    return [
        path("vai-tro/", people.roles, name="roles"),
        path("vai-tro/nguoi/<int:pk>/", people.person, name="person"),
        path("giao-quyen/", people.delegations, name="delegations"),
    ]


class RolesMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return people.may_see_roles(request.user)


class DelegationsMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return access_of(request.user).can(Ability.READ)


@hooks.register("register_admin_menu_item")
def roles_menu_item():
    return RolesMenuItem(_("Roles"), reverse("roles"), icon_name="group", order=720, name="roles")


@hooks.register("register_admin_menu_item")
def delegations_menu_item():
    url = reverse("delegations")
    return DelegationsMenuItem(
        _("Delegations"), url, icon_name="user", order=730, name="delegations"
    )
