"""A document: its text, its tabs, one provision. Each is a real address without JavaScript."""

from __future__ import annotations

from django.db.models import F
from django.db.models.functions import Substr
from django.http import Http404, HttpResponse
from django.shortcuts import render

from legal_docs import examining, history, reading, schema, signing_words
from legal_docs.expressions import expression_as_at
from legal_docs.models import Expression, LegalDocument, Manifestation, Provision
from portal.core.cache_guard import LISTS, share
from portal.editorial import telling
from portal.organisations.access import audience_of
from portal.organisations.audience import PUBLIC
from portal.pages.registry import mentions_of

from .finding import day_asked, redirected, work_at

#: Stands in the template for the text of the law, which is put in as bytes at the end: a large
#: law would otherwise be copied once for each level of templates.
LAW = "<!-- the text of the law -->"


def _page(request, work, current: str) -> dict[str, object]:
    """What every tab of a document shows: band, subject, status, tabs."""
    day, asked, unreadable = day_asked(request)
    page: dict[str, object] = {
        "work": work,
        "base": work.identity.url,
        "current": current,
        "tabs": reading.tabs(work, current),
        "day": day,
        "day_asked": asked,
        "day_unreadable": unreadable,
        "status": (
            reading.status_line(work, day, audience_of(request))
            if isinstance(work, LegalDocument)
            else None
        ),
        "day_query": f"?ngay={day.isoformat()}" if asked else "",
    }
    public = work.is_visible_to(PUBLIC)
    code = page["status"].code if page["status"] else ""
    page["schema"] = schema.legislation(work, code) if public and not asked else None
    return page


def _answer(request, template: str, context: dict) -> HttpResponse:
    response = render(request, template, context)
    if audience_of(request).is_public:
        response["Last-Modified"] = reading.http_date(context["work"].last_published_at)
        lists = (LISTS,) if context["current"] == "lien-quan" else ()
        share(response, keys=(*context["work"].cache_keys, *lists))
    return response


@redirected
def text(request, prefix: str, issuer: str, number: str) -> HttpResponse:
    """The text as it stands on the day asked for, with its contents."""
    work = work_at(request, prefix, issuer, number)
    context = _page(request, work, "")
    language = "en" if request.GET.get("ngon-ngu") == "en" else "vi"
    expression = expression_as_at(work.identity_id, context["day"], language)
    if expression is not None:
        context["html"] = LAW
    context["expression"] = expression
    context["contents"] = reading.contents_html(expression)
    context["notes"] = reading.margin_notes(context["status"])
    response = _answer(request, "pages/document_text.html", context)
    if expression is not None:
        html = Expression.objects.values_list("html", flat=True).get(pk=expression.pk)
        response.content = response.content.replace(LAW.encode(), html.encode(), 1)
    return response


@redirected
def tab(request, prefix: str, issuer: str, number: str, tab: str) -> HttpResponse:
    """One of the other tabs."""
    work = work_at(request, prefix, issuer, number)
    context = _page(request, work, tab) | TABS[tab](request, work)
    return _answer(request, f"pages/document_{tab.replace('-', '_')}.html", context)


@redirected
def provision(request, prefix: str, issuer: str, number: str, eid: str) -> HttpResponse:
    """One article (or chapter, appendix) on a page of its own."""
    work = work_at(request, prefix, issuer, number)
    context = _page(request, work, "")
    expression = expression_as_at(work.identity_id, context["day"])
    row = _provision_row(expression, eid)
    if row is None:
        raise Http404(eid)
    context |= {
        "expression": expression,
        "provision": row,
        "html": row.html,
        "neighbours": reading.neighbours(expression, row),
        "citation": reading.citation_of(work, row),
    }
    return _answer(request, "pages/provision.html", context)


def _provision_row(expression: Expression | None, eid: str) -> Provision | None:
    """The provision with its own HTML cut out of the text by the database."""
    if expression is None:
        return None
    return (
        Provision.objects.filter(expression=expression, eid=eid)
        .annotate(
            html=Substr("expression__html", F("start") + 1, F("end") - F("start")),
        )
        .defer("text")
        .first()
    )


def _attributes(request, work) -> dict[str, object]:
    return {"attributes": reading.attributes(work)}


def _validity(request, work) -> dict[str, object]:
    if not isinstance(work, LegalDocument):
        raise Http404("hieu-luc")
    return {"timeline": reading.timeline_of(work, audience_of(request))}


def _related(request, work) -> dict[str, object]:
    audience = audience_of(request)
    groups = reading.relation_groups(work, audience)
    return {"groups": groups, "mentions": mentions_of(work, audience)}


def _files(request, work) -> dict[str, object]:
    return {"files": list(Manifestation.objects.filter(work=work.identity_id).live())}


def _originals(request, work) -> dict[str, object]:
    """The files with what their signatures say; that was read before."""
    files = _files(request, work)["files"]
    rows = examining.examined(files)
    for file in files:
        found = examining.signatures_of(rows.get(file.sha256))
        if found is not None and file.extension == "pdf":
            file.signed_summary = signing_words.summary(found)
            file.signed_lines = signing_words.lines(found)
    return {"files": files}


def _history(request, work) -> dict[str, object]:
    lines = history.lines_of([work.identity_id], audience_of(request)).get(work.identity_id, [])
    readable = {line.number for line in telling.readable(lines)}
    return {"lines": [(line, line.number in readable) for line in reversed(lines)]}


@redirected
def version(request, prefix: str, issuer: str, number: str, line: int) -> HttpResponse:
    """What one line of the ledger published, and what it changed."""
    work = work_at(request, prefix, issuer, number)
    found = history.version(work, line, audience_of(request))
    if found is None:
        raise Http404(str(line))
    context = _page(request, work, "lich-su") | {"version": found}
    return _answer(request, "pages/document_version.html", context)


TABS = {
    "thuoc-tinh": _attributes,
    "hieu-luc": _validity,
    "lien-quan": _related,
    "van-ban-goc": _originals,
    "tai-ve": _files,
    "lich-su": _history,
}
