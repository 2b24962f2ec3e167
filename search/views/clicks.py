"""A reader opened a result: the beacon of ``clicks.js``, counted without cookie or session."""

from __future__ import annotations

from urllib.parse import parse_qs

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from legal_docs.works import kinds
from search import limits
from search.query_log import note_click

LONGEST = 1024


@csrf_exempt
def clicked(request: HttpRequest) -> HttpResponse:
    """Note ``q``, ``vb`` (legal-12) and ``eid``. The answer is the same whatever was sent."""
    if request.method == "POST" and _from_own_page(request):
        told = _told(request)
        if told and not limits.seconds_to_wait(request, "click"):
            note_click(request, *told)
    response = HttpResponse(status=204)
    response["Cache-Control"] = "private, no-store"
    return response


def _from_own_page(request: HttpRequest) -> bool:
    """Other sites may not vote; browsers that do not say where they are from may."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def _told(request: HttpRequest) -> tuple[str, tuple[str, int], str] | None:
    """The words, the document and the provision; None for what no page of ours sends."""
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdecimal() or not 0 < int(size) <= LONGEST:
        return None
    try:
        body = parse_qs(request.read(LONGEST).decode(), max_num_fields=8)
    except (OSError, ValueError):
        return None
    text, name, eid = (body.get(key, [""])[0] for key in ("q", "vb", "eid"))
    kind, _dash, pk = name.partition("-")
    known = {one.model.work_class for one in kinds()}
    if not text or kind not in known or not (pk.isascii() and pk.isdecimal() and len(pk) < 12):
        return None
    return text.replace("\x00", ""), (kind, int(pk)), eid.replace("\x00", "")
