"""“Kiểm tra văn bản”: a page to ask from, and an answer on an address of its own.

Nothing that is sent is kept: a file is hashed while it arrives and never written anywhere.
"""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from legal_docs import matching, verifying
from portal.core.cache_guard import share
from portal.core.limits import limited
from portal.organisations.access import audience_of

#: Signs of a pasted text; the longest code of the country has about a million.
LONGEST = 5_000_000


class HashedFile:
    """What is left of an uploaded file: its size and its hash."""

    def __init__(self, name: str, size: int, sha256: str) -> None:
        self.name, self.size, self.sha256 = name, size, sha256
        self.content_type, self.charset, self.content_type_extra = "", None, {}

    def close(self) -> None:
        """Nothing is open."""


class HashingHandler(FileUploadHandler):
    """Hashes the bytes as they arrive and forgets them."""

    def new_file(self, *args, **kwargs) -> None:
        super().new_file(*args, **kwargs)
        self._hash, self._size = hashlib.sha256(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._hash.update(raw_data)
        self._size += len(raw_data)
        if self._size > settings.MAX_UPLOAD_MB * 1024 * 1024:
            raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> HashedFile:
        return HashedFile(self.file_name, self._size, self._hash.hexdigest())


def page(request: HttpRequest) -> HttpResponse:
    """The form; the same for everybody, so that caches may keep it."""
    context = {"limit": settings.MAX_UPLOAD_MB}
    response = render(request, "pages/verify.html", context)
    return share(response, 300) if audience_of(request).is_public else response


@csrf_exempt  # it changes nothing and keeps nothing, and the page of the form is a shared one
@limited("verify")
def answer(request: HttpRequest) -> HttpResponse:
    """What is known of the file, text or place that was sent."""
    if request.method != "POST":
        return redirect("verify")
    request.upload_handlers = [HashingHandler(request)]
    try:
        context = _asked(request)
    except (RequestDataTooBig, TooManyFieldsSent, MultiPartParserError, UnicodeError):
        context = {"fault": _("What was sent could not be read, or it is too large.")}
    status = 400 if context.get("fault") else 200
    response = render(request, "pages/verify_answer.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _asked(request: HttpRequest) -> dict[str, object]:
    audience, day = audience_of(request), timezone.localdate()
    sent = request.POST
    file = request.FILES.get("tep")
    digest = sent.get("bam", "").strip().lower()
    if isinstance(file, HashedFile) and file.size:
        digest = file.sha256
    if len(digest) == 64:
        return {"kind": "file", "digest": digest, "day": day,
                "found": verifying.of_file(digest, audience, day)}  # fmt: skip
    text = sent.get("van-ban", "")[:LONGEST]
    key = digest if len(digest) == matching.LENGTH else matching.key(text)
    if key:
        return {"kind": "text", "digest": key, "day": day,
                "found": verifying.of_text(key, audience, day)}  # fmt: skip
    if place := sent.get("so", "").strip():
        return {"kind": "place", "asked": place[:120], "day": day,
                "found": verifying.of_place(place, audience, day)}  # fmt: skip
    return {"fault": _("Choose a file, paste a text, or write a number or an address.")}
