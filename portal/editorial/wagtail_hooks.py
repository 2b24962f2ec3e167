"""Wiring of the admin: nothing is decided here."""

from functools import partial

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.organisations.access import access_of
from portal.organisations.roles import Ability

from .admin import (
    log,
    mandates,
    my_work,
    originals,
    redacting,
    reports,
    review,
    routes,
    rules,
    sharing,
    statistics,
    submitting,
)
from .admin.action_menu import our_acts
from .admin.first_page import our_panels

_ITEM = "<str:label>/<int:pk>/"


@hooks.register("register_admin_urls")
def mandate_urls():
    return [
        path("uy-quyen/", mandates.listing, name="mandates"),
        path("uy-quyen/de-nghi/", mandates.propose, name="mandate_propose"),
        path("uy-quyen/<int:pk>/", mandates.mandate, name="mandate"),
    ]


@hooks.register("register_admin_urls")
def review_urls():
    return [
        path("viec-cua-toi/", my_work.my_work, name="my_work"),
        path("viec-cua-toi/thong-bao/", my_work.notices, name="notices"),
        path("duyet/nhieu/", my_work.several, name="review_several"),
        path(f"duyet/{_ITEM}", review.review, name="review"),
        path(f"duyet/{_ITEM}ban-van/", originals.text, name="review_text"),
        path(f"duyet/{_ITEM}tep/<str:sha256>/", originals.file, name="review_file"),
        path(f"gui-duyet/{_ITEM}", submitting.submit, name="submit"),
        path(f"rut-lai/{_ITEM}", submitting.recall, name="recall"),
        path(f"che-thong-tin/{_ITEM}", redacting.redact, name="redact"),
        path(f"chia-se/{_ITEM}", sharing.share, name="share"),
        path(f"go/{_ITEM}", submitting.take_down, name="take_down"),
        path("tuyen-duyet/", routes.listing, name="routes"),
        path("tuyen-duyet/moi/", routes.route, name="route_new"),
        path("tuyen-duyet/<int:pk>/", routes.route, name="route"),
        path("tuyen-duyet/kiem-tra/", routes.check_settings, name="check_settings"),
        path("nhat-ky/", log.log, name="log"),
        path("bao-loi/", reports.listing, name="error_reports"),
        path("bao-loi/<int:pk>/", reports.one, name="error_report"),
        path("thong-ke/", statistics.page, name="review_statistics"),
    ]


@hooks.register("register_admin_urls")
def rule_urls():
    return [
        path("quy-tac/", rules.listing, name="rules"),
        path("quy-tac/moi/", rules.rule, name="rule_new"),
        path("quy-tac/nhat-ky/", rules.log, name="rule_log"),
        path("quy-tac/<int:pk>/", rules.rule, name="rule"),
        path("quy-tac/<int:pk>/thu/", rules.dry_run, name="rule_dry_run"),
    ]


class _Shown(MenuItem):
    """A menu item for those whom ``test`` lets in."""

    def __init__(self, label, name: str, test, icon: str, order: int) -> None:
        self._test = test
        super().__init__(label, reverse(name), name=name, icon_name=icon, order=order)

    def is_shown(self, request) -> bool:
        return self._test(request.user)


def _reads(user) -> bool:
    return access_of(user).can(Ability.READ)


def _keeps_routes(user) -> bool:
    return routes.may_set(user) or access_of(user).can(Ability.COORDINATE)


#: label, name of the address, who sees it, icon, place in the menu
_MENU = (
    (_("My work"), "my_work", _reads, "clipboard-list", 10),
    (_("Mandates"), "mandates", mandates.may_see, "key", 130),
    (_("Reports of errors"), "error_reports", _reads, "warning", 140),
    (_("Routes of review"), "routes", _keeps_routes, "tasks", 710),
    (_("Content rules"), "rules", rules.may_see, "cogs", 720),
    (_("Statistics of review"), "review_statistics", statistics.may_see, "order", 735),
    (_("Log"), "log", log.may_read, "history", 740),
)
for _entry in _MENU:
    hooks.register("register_admin_menu_item", partial(_Shown, *_entry))


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("portal/css/admin.css"))


hooks.register("construct_snippet_action_menu", our_acts)
hooks.register("construct_homepage_panels", our_panels)
