"""Search: understand → engine → what this reader may see → page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from legal_docs import effects
from legal_docs.works import kind_of, kinds
from portal.core.cache_guard import share
from portal.organisations.access import audience_of
from portal.organisations.audience import Audience
from search.engine import engine
from search.engines.base import EngineError, Hit, Hits
from search.facets import facets_of, filters_of
from search.lexicon import lexicon
from search.plan import SearchPlan, Sort
from search.understanding import understand

PAGE_SIZE = 10
MAX_PAGE = 100
LONGEST = 400
SORTS = {
    "": Sort.RELEVANCE,
    "moi": Sort.NEWEST,
    "cu": Sort.OLDEST,
    "hieu-luc": Sort.IN_FORCE,
}


@dataclass(frozen=True, slots=True)
class Result:
    """A hit with the row that the database, asked again, still shows to this reader."""

    work: object
    hit: Hit


def search(request) -> HttpResponse:
    """Results for ``?q=``; a number or an article that is meant alone is opened at once."""
    text = request.GET.get("q", "")[:LONGEST]
    audience = audience_of(request)
    plan = plan_for(request, text, audience)
    hits, broken = _ask(plan) if text.strip() or plan.filters else (Hits(0, ()), False)
    results = visible_results(hits, audience)
    if "nguyen-van" not in request.GET and plan.page == 1:
        place = direct_place(plan, results)
        if place:
            return redirect(place)
    context = {
        "q": text,
        "plan": plan,
        "results": results,
        "total": hits.total,
        "loosened": hits.loosened,
        "broken": broken,
        "facets": facets_of(hits, request.GET),
        "page": Paginator(range(min(hits.total, PAGE_SIZE * MAX_PAGE)), PAGE_SIZE).get_page(
            plan.page
        ),
    }
    context["page_range"] = context["page"].paginator.get_elided_page_range(plan.page)
    response = render(request, "pages/search.html", context, status=503 if broken else 200)
    # The index follows a publication a moment later: a page of hits is not kept under its stamp.
    response.may_be_kept = False
    return share(response, 30) if audience.is_public and not broken else response


def plan_for(request, text: str, audience: Audience) -> SearchPlan:
    """The plan of a request: what was typed, with filters, sort and page."""
    plan = understand(text, lexicon(), audience, timezone.localdate())
    page = request.GET.get("trang", "1")
    return replace(
        plan,
        filters=filters_of(request.GET),
        sort=SORTS.get(request.GET.get("xep", ""), Sort.RELEVANCE),
        page=min(max(int(page), 1), MAX_PAGE) if page.isdecimal() and len(page) < 6 else 1,
        page_size=PAGE_SIZE,
        facets=("type", "issuer", "level", "year"),
    )


def _ask(plan: SearchPlan) -> tuple[Hits, bool]:
    try:
        return engine().search(plan), False
    except (EngineError, OSError, ValueError):
        return Hits(0, ()), True


def visible_results(hits: Hits, audience: Audience) -> list[Result]:
    """Hits with their rows; what was withdrawn a moment ago is gone at once."""
    ids: dict[str, list[int]] = {}
    for hit in hits.hits:
        ids.setdefault(hit.kind, []).append(hit.document_id)
    known = {kind.model.work_class for kind in kinds()}
    rows: dict[tuple[str, int], object] = {}
    for kind, pks in ids.items():
        if kind in known:
            visible = kind_of(kind).model.objects.visible_to(audience).for_listing()
            rows |= {(kind, row.pk): row for row in visible.filter(pk__in=pks)}
    statuses = effects.statuses_on([row.identity_id for row in rows.values()], timezone.localdate())
    for row in rows.values():
        row.status_code = statuses.get(row.identity_id, "")
    pairs = ((rows.get((hit.kind, hit.document_id)), hit) for hit in hits.hits)
    return [Result(row, hit) for row, hit in pairs if row is not None]


def direct_place(plan: SearchPlan, results: list[Result]) -> str:
    """Address that was meant, when number or place was all that was asked and one fits."""
    if plan.page > 1 or any(reason.code == "tu_khoa" for reason in plan.because):
        return ""
    if not plan.numbers:
        return ""
    meant = [row for row in results if row.work.number_key in plan.numbers]
    if not meant or (len(meant) > 1 and not plan.law):
        return ""
    newest = max(meant, key=lambda result: plan.numbers.index(result.work.number_key) * -1)
    url = newest.work.get_absolute_url()
    if not plan.provision:
        return url if not plan.law else ""
    article = plan.provision.split(".khoan-")[0].split(".diem-")[0]
    rest = f"#{plan.provision}" if article != plan.provision else ""
    return f"{url}{article}/{rest}"
