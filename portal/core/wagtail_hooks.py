"""What Wagtail's admin asks for and this portal does not have."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import path
from wagtail import hooks


class NoDocumentLibrary:
    """Every admin page of Wagtail 8.0 asks for the address of a document library.

    A second library of files would be a second door past the guard, so the address is there and
    nothing answers.
    """

    class model:
        """Base of no model: the router asks whose endpoint this is."""

    @classmethod
    def get_urlpatterns(cls) -> list:
        return [path("", cls.answer, name="listing")]

    @staticmethod
    def answer(request) -> HttpResponse:
        raise Http404


@hooks.register("construct_admin_api")
def add_missing_endpoints(router) -> None:
    router.register_endpoint("documents", NoDocumentLibrary)
