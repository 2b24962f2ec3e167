"""Wagtail's app of accounts with our view set."""

from wagtail.users.apps import WagtailUsersAppConfig


class PortalUsersConfig(WagtailUsersAppConfig):
    user_viewset = "portal.organisations.admin.accounts.PeopleViewSet"
