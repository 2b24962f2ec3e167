"""The page of results: understand → engine → what this reader may see → page."""

from __future__ import annotations

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.core import page_cache
from portal.core.cache_guard import SEARCH, share
from portal.organisations.access import audience_of
from search.asking import DEPTH, PAGE_SIZE, SORTS, Question, read
from search.beside import (
    GROUP,
    PAGES,
    PARAMETER,
    PageAnswer,
    page_plan,
    pages_found,
    wants_group,
)
from search.chips import sort_of, understood
from search.engines.base import Hits
from search.facets import facets_of
from search.helping import ways_on
from search.plan import SearchPlan
from search.query_log import note_query
from search.showing import Answer, answer, direct_result, opened_at_once, place_meant

#: A page of hits is kept by shared caches for this long: the index follows a publication.
SECONDS = 30


def search(request: HttpRequest) -> HttpResponse:
    """Results for ``?q=``; a number or an article that is meant alone is opened at once."""
    question = read(request)
    request.page_stamp = page_cache.stamp(question.names.newest)
    if question.query.get(PARAMETER) == PAGES:
        return _pages_only(request, question)
    found = Answer(Hits(0, ()), []) if question.is_empty else answer(question.plan)
    if not question.verbatim and not question.errors:
        place = opened_at_once(question.plan, found.results)
        if place:
            path, sign, fragment = place.partition("#")
            return redirect(f"{path}{question.day_query}{sign}{fragment}")
    if not found.broken and not question.too_deep and question.text.strip():
        note_query(request, question.plan, found.hits.total or len(found.results))
    context = context_of(question, found)
    if wants_group(question.plan, question.query):
        context["beside"] = pages_found(replace(_page_plan(question), page_size=GROUP))
    response = render(request, "pages/search.html", context, status=503 if found.broken else 200)
    public = audience_of(request).is_public and not found.broken
    return share(response, SECONDS, (SEARCH,)) if public else response


def _page_plan(question: Question) -> SearchPlan:
    without = frozenset(question.query.getlist("bo"))
    return page_plan(
        question.plan, question.names.lexicon, without, verbatim=question.verbatim
    )  # fmt: skip


def _pages_only(request: HttpRequest, question: Question) -> HttpResponse:
    """News and pages alone, ``?muc=tin``: documents are not asked for."""
    question = replace(question, plan=_page_plan(question))
    found = PageAnswer() if question.too_deep else pages_found(question.plan)
    pages = Paginator(range(min(found.total, DEPTH)), PAGE_SIZE)
    page = pages.get_page(question.plan.page)
    context = {
        "q": question.text,
        "question": question,
        "plan": question.plan,
        "understood": understood(question, []),
        "found": found,
        "total": found.total,
        "sort": sort_of(question),
        "page": page,
        "page_range": pages.get_elided_page_range(page.number),
        "depth": DEPTH,
    }
    status = 503 if found.broken else 200
    response = render(request, "pages/search_pages.html", context, status=status)
    public = audience_of(request).is_public and not found.broken
    return share(response, SECONDS, (SEARCH,)) if public else response


def context_of(question: Question, found: Answer) -> dict[str, object]:
    """What the template shows."""
    plan, hits = question.plan, found.hits
    total = len(found.results) if found.broken else hits.total
    facets = facets_of(hits, question.query, plan.filters, question.given, question.names)
    pages = Paginator(range(min(total, DEPTH)), PAGE_SIZE)
    direct = None if question.verbatim else direct_result(plan, found.results)
    line = understood(question, facets)
    nothing = not found.results and not question.is_empty and not question.too_deep
    return {
        "q": question.text,
        "question": question,
        "plan": plan,
        "results": [] if question.too_deep else found.results,
        "direct": direct if not question.too_deep else None,
        "direct_url": place_meant(plan, direct) if direct else "",
        "total": total,
        "loosened": hits.loosened,
        "broken": found.broken,
        "facets": facets,
        "understood": line,
        "sorts": list(SORTS),
        "sort": sort_of(question),
        "errors": {error.field: error.message for error in question.errors},
        "page": pages.get_page(plan.page),
        "past_the_end": plan.page > 1 and not found.results and total > 0,
        "page_range": pages.get_elided_page_range(pages.get_page(plan.page).number),
        "depth": DEPTH,
        "ways_on": ways_on(question, line) if nothing else None,
    }
