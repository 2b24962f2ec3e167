"""Search inside a document, as it stands on a day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from legal_docs import reading
from legal_docs.expressions import expression_as_at
from legal_docs.models import Expression, Provision
from legal_docs.views.finding import day_asked, redirected, work_at
from portal.core.cache_guard import SEARCH, share
from portal.core.text import clean, squash_spaces
from portal.organisations.access import audience_of
from search.inside import Found, Unit, find
from search.showing import place_of

LONGEST = 200


@redirected
def find_inside(
    request: HttpRequest, prefix: str, issuer: str, number: str, tab: str
) -> HttpResponse:
    """Places of ``?q=`` in the document's text, in its order, with counts in its contents."""
    work = work_at(request, prefix, issuer, number)
    day, asked, unreadable = day_asked(request)
    typed = squash_spaces(clean(request.GET.get("q", "")[:LONGEST]))
    expression = expression_as_at(work.identity_id, day)
    found = find(_units(expression), typed) if expression and typed else Found()
    day_query = f"?ngay={day.isoformat()}" if asked else ""
    context = {
        "work": work,
        "base": work.identity.url,
        "q_inside": typed,
        "found": found,
        "expression": expression,
        "tree": [
            {**row, "count": found.counts.get(str(row["eid"]), 0)}
            for row in reading.contents(expression)
        ],
        "places": [(place, f"{work.identity.url}{place_of(place.eid)}") for place in found.places],
        "day": day,
        "day_asked": asked,
        "day_unreadable": unreadable,
        "day_query": day_query,
    }
    response = render(request, "pages/search_inside.html", context)
    response.may_be_kept = False
    return share(response, keys=(SEARCH,)) if audience_of(request).is_public else response


def _units(expression: Expression) -> list[Unit]:
    rows = Provision.objects.filter(expression=expression).order_by("order")
    return [
        Unit(*row)
        for row in rows.values_list("eid", "kind", "label", "heading", "parent_eid", "text")
    ]
