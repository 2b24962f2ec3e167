"""Follow a citation in a text to what it means today, for this reader.

Links in stored texts name the target in words of the law (number, law name, provision), so that
they stay right when documents arrive, move or leave.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from legal_docs import numbering
from legal_docs.models import LegalDocument, WorkIdentity
from legal_docs.works import visible_works
from portal.core import text
from portal.organisations.access import audience_of


def follow(request) -> HttpResponse:
    """Redirect to the document or article; to a search when it is not here or not certain."""
    number = request.GET.get("so", "")[:120]
    law, year = request.GET.get("luat", "")[:200], request.GET.get("nam", "")[:4]
    eid = request.GET.get("dieu", "")[:120]
    url = _by_number(request, number) if number else _by_law(request, law, year)
    if not url:
        words = " ".join(filter(None, [number or law, year]))
        return redirect(f"/tim-kiem/?{urlencode({'q': words})}")
    article = eid.split(".khoan-")[0].split(".diem-")[0]
    fragment = f"#{eid}" if eid and eid != article else ""
    return redirect(f"{url}{article}/{fragment}" if article else url)


def _by_number(request, number: str) -> str:
    rows = WorkIdentity.objects.filter(number_key=numbering.key(number)).exclude(work_class="")
    works = visible_works(rows[:20], audience_of(request))
    return next(iter(works.values())).identity.url if len(works) == 1 else ""


def _by_law(request, law: str, year: str) -> str:
    if not law:
        return ""
    wanted = text.slugify(law)
    rows = (
        LegalDocument.objects.visible_to(audience_of(request))
        .filter(type__code__in=["luat", "bo-luat", "phap-lenh", "hien-phap"])
        .select_related("identity", "type")
        .order_by("-issued")
    )
    if year.isdecimal() and 1900 < int(year) < 2200:
        rows = rows.filter(issued__year=int(year))
    for row in rows:
        names = {text.slugify(row.subject), text.slugify(f"{row.type.label} {row.subject}")}
        if wanted in names:
            return row.identity.url
    return ""
