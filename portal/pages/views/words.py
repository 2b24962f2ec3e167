"""The words of the admin's scripts: the library's, and ours over what it lacks."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

_catalogue = JavaScriptCatalog.as_view(domain="djangojs")


def script_words(request) -> HttpResponse:
    """The catalogue in the language of this account."""
    return get_localized_response(_catalogue, request)
