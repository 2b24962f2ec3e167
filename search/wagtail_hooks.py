"""Wiring of the admin: nothing is decided here."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import modeladmin_register

from .admin import report
from .admin.registers import WordRegisters

modeladmin_register(WordRegisters)


@hooks.register("register_admin_urls")
def report_urls():
    return [
        path("bao-cao-tim-kiem/", report.report, name="search_report"),
        path("bao-cao-tim-kiem/ghi-nho/", report.accept, name="search_report_accept"),
        path("bao-cao-tim-kiem/<slug:which>.csv", report.table, name="search_report_table"),
    ]


class ReportMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return report.may_see(request.user)


@hooks.register("register_reports_menu_item")
def report_menu_item():
    return ReportMenuItem(
        _("What readers search for"),
        reverse("search_report"),
        icon_name="search",
        order=100,
        name="search-report",
    )
