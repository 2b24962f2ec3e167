"""“Why this result?”, for one hit of a search."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from legal_docs.works import kinds
from portal.core.cache_guard import SEARCH, share
from portal.organisations.access import audience_of
from portal.organisations.roles import Role
from search import limits
from search.asking import Question, read
from search.chips import CORRECTIONS, understood, wording
from search.engines.base import EngineError, Hit, Hits
from search.second_stage import find
from search.showing import Result, visible_results
from search.why import Why
from search.why import why as reasons_for


@limits.limited("search")
def why(request: HttpRequest) -> HttpResponse:
    """Reasons for ``?vb=legal-12`` among the results of ``?q=``."""
    question = read(request)
    result = _result(question)
    try:
        told = reasons_for(question.plan, result)
    except (EngineError, OSError, ValueError):
        told = Why(())
    keeps = bool(getattr(request, "access", None) and request.access.has_role(Role.ADMINISTRATOR))
    context = {
        "q": question.text,
        "question": question,
        "plan": question.plan,
        "result": result,
        "why": told,
        "keeps": keeps,
        "steps": [
            (reason.code, reason.words, wording(reason))
            for reason in question.plan.because
            if reason.code != "goi_y"
        ],
        "understood": understood(question, ()),
        "corrections": CORRECTIONS,
    }
    response = render(request, "pages/search_why.html", context)
    response.may_be_kept = False
    return share(response, keys=(SEARCH,)) if audience_of(request).is_public else response


def _result(question: Question) -> Result:
    """The hit as the page has it, else the bare document; 404 for what the reader may not see."""
    kind, _dash, pk = question.query.get("vb", "").partition("-")
    known = {one.model.work_class for one in kinds()}
    if kind not in known or not (pk.isascii() and pk.isdecimal() and len(pk) < 12):
        raise Http404("vb")
    ref = (kind, int(pk))
    hit = Hit(ref[1], kind, 0.0)
    try:
        found = find(replace(question.plan, facets=(), page=1, page_size=50))
        hit = next((h for h in found.hits if (h.kind, h.document_id) == ref), hit)
    except (EngineError, OSError, ValueError):
        pass
    rows = visible_results(Hits(1, (hit,)), question.plan)
    if not rows:
        raise Http404("vb")
    return rows[0]
