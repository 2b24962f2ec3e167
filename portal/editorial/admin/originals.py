"""What a reviewer compares with: the files that wait, and the text as it is going to look."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from wagtail.admin.auth import require_admin_access

from portal.core.downloads import safe_file_response

from .items import item_at


@require_admin_access
def file(request, label: str, pk: int, sha256: str) -> FileResponse:
    """A file of an item under review, under the headers of all uploads."""
    found = item_at(request, label, pk).review_file(sha256)
    if found is None:
        raise Http404
    stored, name, media_type = found
    try:
        stream = stored.open("rb")
    except OSError:
        raise Http404 from None
    return safe_file_response(stream, name, media_type, inline=True)


@require_admin_access
def text(request, label: str, pk: int) -> HttpResponse:
    """The text that waits, with its tables, as readers are going to see it."""
    item = item_at(request, label, pk)
    context = {"item": item, "texts": item.as_readers_see_it()}
    return render(request, "admin_pages/review/text.html", context)
