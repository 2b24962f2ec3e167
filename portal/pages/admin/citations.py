"""What the words of an editor name: asked while he writes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from portal.organisations.access import access_of
from portal.organisations.roles import Ability
from portal.pages.registry import cited_in, find_target

#: Letters of a text that are looked at; the script sends as many.
LONGEST = 60_000
MOST = 30


@require_admin_access
@require_POST
def named(request) -> HttpResponse:
    """The documents and articles that a text names, with their status, as a list in HTML. What is
    not here for the public is said, so that nobody relies on a link that leads to the search."""
    if not access_of(request.user).can(Ability.WRITE):
        raise PermissionDenied
    rows = []
    for words, address in cited_in(request.POST.get("text", "")[:LONGEST])[:MOST]:
        target = find_target(words)
        inside = None if target else find_target(words, request)
        rows.append({"words": words, "address": address, "target": target, "inside": inside})
    return render(request, "admin_pages/pages/named.html", {"rows": rows})


def script() -> str:
    """The script that asks, for the foot of each page of the admin."""
    return format_html(
        '<script id="dan-chieu-nguon" data-url="{}"></script><script src="{}" defer></script>',
        reverse("named"), static("portal/js/admin-citations.js"),
    )  # fmt: skip
