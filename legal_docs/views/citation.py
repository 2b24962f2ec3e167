"""Follow a citation in a text to what it means today, for this reader.

Links in stored texts name the target in words of the law (number, law name, provision), so that
they stay right when documents arrive, move or leave.
"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode

from legal_docs import targets
from portal.organisations.access import audience_of


def follow(request) -> HttpResponse:
    """Redirect to the document or article; to a search when it is not here or not certain."""
    number = request.GET.get("so", "")[:120]
    law, year = request.GET.get("luat", "")[:200], request.GET.get("nam", "")[:4]
    eid = request.GET.get("dieu", "")[:120]
    audience = audience_of(request)
    if number:
        work = targets.by_number(number, audience)
    else:
        work = targets.by_name(law, year, audience)
    if work is None:
        words = " ".join(filter(None, [number or law, year]))
        return redirect(f"/tim-kiem/?{urlencode({'q': words})}")
    article = eid.split(".khoan-")[0].split(".diem-")[0]
    fragment = f"#{eid}" if eid and eid != article else ""
    url = work.identity.url
    return redirect(f"{url}{article}/{fragment}" if article else url)
