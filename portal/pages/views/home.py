"""Home, the style page, and what machines ask first."""

from __future__ import annotations

from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render

from portal.core.cache_guard import share
from portal.organisations.access import access_of, audience_of
from portal.pages.registry import listings


def home(request) -> HttpResponse:
    """One search bar, then the short lists that content apps registered."""
    audience = audience_of(request)
    lists = [(listing, list(listing.rows(audience))) for listing in listings()]
    context = {
        "lists": [pair for pair in lists if pair[1]],
        "is_empty": not any(r for _l, r in lists),
    }
    response = render(request, "pages/home.html", context)
    return share(response) if audience.is_public else response


def style_guide(request) -> HttpResponse:
    """All components in all their states, for the people who work on the portal."""
    if not access_of(getattr(request, "user", None)).grants:
        raise Http404
    return render(request, "pages/style_guide.html")


def health(request) -> JsonResponse:
    """Whether the portal can read its database; for watchers and start scripts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    response = JsonResponse({"status": "ok"})
    response["Cache-Control"] = "no-store"
    return response


def robots(request) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /dang-nhap/", "Disallow: /tep/", ""]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    return share(response, 3600)
