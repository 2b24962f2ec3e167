"""Home, and what machines ask first."""

from __future__ import annotations

from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from portal.core.cache_guard import share
from portal.organisations.access import audience_of
from portal.pages.models import HomePage
from portal.pages.registry import listings

from .serving import answer


def home(request) -> HttpResponse:
    """The home page that editors published; until there is one, the lists of the content apps."""
    audience = audience_of(request)
    page = HomePage.objects.visible_to(audience).order_by("path").first()
    if page is not None:
        return answer(request, page)
    lists = [(one, one.rows(audience)) for one in listings() if one.on_home]
    context = {
        "lists": [pair for pair in lists if pair[1]],
        "is_empty": not any(rows for _one, rows in lists),
    }
    response = render(request, "pages/home.html", context)
    return share(response) if audience.is_public else response


def health(request) -> JsonResponse:
    """Whether the portal can read its database; for watchers and start scripts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    response = JsonResponse({"status": "ok"})
    response["Cache-Control"] = "no-store"
    return response


@never_cache
def choose_language(request) -> HttpResponse:
    """The two languages as buttons; a form, so never in a shared cache. It leads back to where the
    reader came from, and no page has to say its own address for that."""
    back = request.headers.get("Referer", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    return render(request, "pages/choose_language.html", {"next": back})
