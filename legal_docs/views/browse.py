"""Browse documents by filters."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from legal_docs import effects
from legal_docs.browsing import PAGE_SIZE, SORTS, Browse, Filters
from portal.core.cache_guard import share
from portal.organisations.access import audience_of


def browse(request, work_class: str) -> HttpResponse:
    """All documents of a class, filtered, counted, sorted, paged."""
    return answer(request, work_class, Filters.read(request.GET), {})


def answer(request, work_class: str, filters: Filters, extra: dict) -> HttpResponse:
    """A browse page under some filters; field and issuer pages are made of it too."""
    audience, day = audience_of(request), timezone.localdate()
    page_of = Browse(work_class, filters, audience, day)
    total, facets = page_of.counted()
    paginator = Paginator(page_of.sorted_rows(), PAGE_SIZE)
    paginator.count = total
    page = paginator.get_page(request.GET.get("trang"))
    rows = list(page.object_list)
    statuses = effects.statuses_on([row.identity_id for row in rows], day)
    for row in rows:
        row.status_code = statuses.get(row.identity_id, "")
    response = render(
        request,
        "pages/browse.html",
        {
            "work_class": work_class,
            "filters": filters,
            "facets": facets,
            "rows": rows,
            "page": page,
            "page_range": paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
            "sorts": [(code, label) for code, (label, _order) in SORTS.items()],
            "total": total,
            **extra,
        },
    )
    return share(response) if audience.is_public else response
