"""Addresses of legal documents; they are for ever (docs/addresses.md)."""

from django.urls import path, register_converter

from .addresses import Eid, TabName, WorkKey
from .views import (
    browse,
    citation,
    document,
    files,
    follow_by_mail,
    following,
    places,
    verify,
)

register_converter(WorkKey, "workkey")
register_converter(TabName, "tab")
register_converter(Eid, "eid")


def work_urls(prefix: str, work_class: str, name: str) -> list:
    """Addresses of one class of works."""
    place = f"{prefix}/<slug:issuer>/<workkey:number>/"
    extra = {"prefix": prefix}
    return [
        path(f"{prefix}/", browse.browse, {"work_class": work_class}, name=f"{name}-browse"),
        path(f"{prefix}/<slug:issuer>/", places.issuer_of_path, name=f"{name}-issuer"),
        path(place, document.text, extra, name=name),
        path(f"{place}<tab:tab>/", document.tab, extra, name=f"{name}-tab"),
        path(f"{place}atom.xml", following.feed, extra, name=f"{name}-feed"),
        path(f"{place}theo-doi/", follow_by_mail.follow, extra, name=f"{name}-follow"),
        path(f"{place}<eid:eid>/", document.provision, extra, name=f"{name}-provision"),
        path(f"{place}lich-su/<int:line>/", document.version, extra, name=f"{name}-version"),
        path(f"{place}tep/<int:pk>/", files.download, extra, name=f"{name}-file"),
    ]


urlpatterns = [
    *work_urls("van-ban", "legal", "work"),
    path("linh-vuc/", places.fields, name="fields"),
    path("linh-vuc/<slug:slug>/", places.field, name="field"),
    path("co-quan/", places.organisations, name="organisations"),
    path("co-quan/<slug:slug>/", places.organisation, name="organisation"),
    path("kiem-tra-van-ban/", verify.page, name="verify"),
    path("kiem-tra-van-ban/ket-qua/", verify.answer, name="verify-answer"),
    path("theo-doi/da-nhan/", follow_by_mail.taken, name="follow-taken"),
    path("theo-doi/xac-nhan/<str:token>/", follow_by_mail.confirm, name="follow-confirm"),
    path("theo-doi/<str:token>/", follow_by_mail.listing, name="follow-list"),
    path("theo-doi/<str:token>/thoi/", follow_by_mail.stop, name="follow-stop"),
    path("dan-chieu/", citation.follow, name="citation"),
]
