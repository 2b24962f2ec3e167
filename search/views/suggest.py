"""Completions for the search bar, as the combobox of ``search.js`` asks for them."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from portal.core.cache_guard import SEARCH, share
from portal.organisations.access import audience_of
from search import limits
from search.suggesting import suggestions

SECONDS = 60


@limits.limited("suggest")
def suggest(request: HttpRequest) -> JsonResponse:
    """``{"suggestions": [{kind, value, hint}]}`` for ``?q=``."""
    audience = audience_of(request)
    found = suggestions(request.GET.get("q", ""), audience)
    response = JsonResponse(
        {"suggestions": [{"kind": one.kind, "value": one.value, "hint": one.hint} for one in found]}
    )
    if audience.is_public:
        return share(response, SECONDS, (SEARCH,))
    response["Cache-Control"] = "private, no-store"
    return response
