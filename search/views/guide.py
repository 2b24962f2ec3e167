"""How to search, with examples that are links."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.core.cache_guard import FRAME, share
from portal.organisations.access import audience_of


def guide(request: HttpRequest) -> HttpResponse:
    """The help page of search."""
    response = render(request, "pages/search_guide.html")
    return share(response, 600, (FRAME,)) if audience_of(request).is_public else response
