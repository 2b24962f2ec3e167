"""Answers of the API. Only reading; a stranger gets what is public."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from portal.core.cache_guard import FRAME, SEARCH, share
from portal.organisations.access import audience_of
from search import limits
from search.beside import pages_found
from search.engines.base import Hits
from search.facets import NAMES, labelled
from search.labels import Labels
from search.plan import SearchPlan
from search.showing import Answer, Result, answer, direct_result, place_meant, snippet
from search.suggesting import suggestions

from .params import is_empty, plan_of
from .problems import BadParameters, problem

SECONDS = 30
OPENAPI = Path(__file__).with_name("openapi.json")


def api(what: str) -> Callable:
    """A view of the API: GET only, limited, problems as problems, open to other sites."""

    def decorate(view: Callable[[HttpRequest], dict]) -> Callable[[HttpRequest], HttpResponse]:
        @wraps(view)
        def wrapped(request: HttpRequest) -> HttpResponse:
            if request.method == "OPTIONS":
                return _open(HttpResponse(status=204))
            if request.method not in ("GET", "HEAD"):
                response = problem(405)
                response["Allow"] = "GET, HEAD, OPTIONS"
                return _open(response)
            if wait := limits.seconds_to_wait(request, what):
                detail = _("Wait %(seconds)d seconds.") % {"seconds": wait}
                response = problem(429, detail)
                response["Retry-After"] = str(wait)
                return _open(response)
            try:
                body = view(request)
            except BadParameters as error:
                return _open(problem(400, faults=error.faults))
            if body is None:
                return _open(problem(503))
            return _answered(request, body)

        return wrapped

    return decorate


def _answered(request: HttpRequest, body: dict) -> HttpResponse:
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    response = HttpResponse(content, content_type="application/json")
    if not audience_of(request).is_public:
        response["Cache-Control"] = "private, no-store"
        return response
    response["ETag"] = f'W/"{hashlib.sha256(content).hexdigest()[:20]}"'
    share(_open(response), SECONDS, (SEARCH,))
    return get_conditional_response(request, etag=response["ETag"], response=response)


def _open(response: HttpResponse) -> HttpResponse:
    """Let scripts of other sites read, without anybody's session."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Allow-Headers"] = "If-None-Match"
    response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    response["Access-Control-Max-Age"] = "86400"
    return response


@api("search")
def search(request: HttpRequest) -> dict | None:
    """One page of results."""
    plan, names, pages = plan_of(request.GET, audience_of(request))
    if pages:
        return _pages(plan)
    found = Answer(Hits(0, ()), []) if is_empty(plan) else answer(plan, issuers=True)
    if found.broken and not found.results:
        return None
    return {
        "query": plan.text,
        "understood": [
            {"code": reason.code, "words": reason.words, "value": reason.value}
            for reason in plan.because
        ],
        "total": found.hits.total if not found.broken else len(found.results),
        "results": [_result(result) for result in found.results],
        "facets": _facets(found.hits, plan, names),
        "suggestion": next((r.value for r in plan.because if r.code == "goi_y"), None),
        "direct": _direct(plan, found.results),
    }


def _pages(plan: SearchPlan) -> dict | None:
    """One page of news and pages."""
    found = pages_found(plan)
    if found.broken:
        return None
    return {
        "query": plan.text,
        "total": found.total,
        "results": [
            {
                "kind": one.code,
                "type": one.label,
                "title": one.row.title,
                "unit": one.row.unit or None,
                "date": one.row.day.isoformat() if one.row.day else None,
                "snippet": str(snippet(one.excerpt)),
                "url": f"{settings.PORTAL_URL}{one.url}",
            }
            for one in found.results
        ],
    }


def _result(result: Result) -> dict[str, object]:
    work = result.work
    return {
        "number": work.number,
        "type": work.type.label,
        "title": work.subject,
        "issuers": _issuers(work),
        "date": work.issued.isoformat() if work.issued else None,
        "status": work.status_code or None,
        "url": f"{settings.PORTAL_URL}{work.get_absolute_url()}",
        "provisions": [
            {
                "id": part.eid,
                "label": part.label,
                "heading": part.heading,
                "snippet": str(snippet(part.excerpt)),
                "url": f"{settings.PORTAL_URL}{part.url}",
            }
            for part in result.parts
        ],
    }


def _issuers(work) -> list[str]:
    """All who issued it, the first one first."""
    joint = [issuer.name for issuer in work.issuers.all()]
    return list(dict.fromkeys([work.lead_issuer.name, *joint]))


def _facets(hits: Hits, plan: SearchPlan, names: Labels) -> dict[str, list[dict[str, object]]]:
    counted = {facet.field: facet.counts for facet in hits.facets}
    called = labelled(counted, plan.filters, names)
    return {
        field: [
            {"value": called[field][value][0], "label": called[field][value][1], "count": count}
            for value, count in counted.get(field, ())
            if value in called[field]
        ]
        for field, _label in NAMES.values()
    }


def _direct(plan: SearchPlan, results: list[Result]) -> dict[str, object] | None:
    meant = direct_result(plan, results)
    if meant is None:
        return None
    place = place_meant(plan, meant)
    return {
        "number": meant.work.number,
        "type": meant.work.type.label,
        "title": meant.work.subject,
        "url": f"{settings.PORTAL_URL}{place}",
    }


@api("suggest")
def suggest(request: HttpRequest) -> dict:
    """Completions of what was typed so far."""
    found = suggestions(request.GET.get("q", ""), audience_of(request))
    return {
        "suggestions": [{"kind": one.kind, "value": one.value, "hint": one.hint} for one in found]
    }


@lru_cache(maxsize=1)
def described() -> dict:
    """The OpenAPI document, with the address of this portal."""
    body = json.loads(OPENAPI.read_text(encoding="utf-8"))
    body["servers"] = [{"url": settings.PORTAL_URL}]
    return body


def openapi(request: HttpRequest) -> HttpResponse:
    """The description for programs."""
    content = json.dumps(described(), ensure_ascii=False, indent=1)
    return share(_open(HttpResponse(content, content_type="application/json")), 600, (FRAME,))


def readable(request: HttpRequest) -> HttpResponse:
    """The description for people, made of the same document."""
    parameters = described()["paths"]["/api/v1/search"]["get"]["parameters"]
    # Of a parameter that may be repeated, the values of one.
    each = [{**one, "schema": one["schema"].get("items", one["schema"])} for one in parameters]
    context = {"api": described(), "parameters": each, "limits": limits.LIMITS}
    response = render(request, "pages/api.html", context)
    return share(response, 600, (FRAME,)) if audience_of(request).is_public else response
