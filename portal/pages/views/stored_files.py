"""Pictures and other stored files: only where their owner says that this reader may."""

from __future__ import annotations

from django.http import FileResponse, Http404

from portal.core.cache_guard import SHARED_SECONDS
from portal.core.downloads import safe_file_response
from portal.organisations.access import audience_of
from portal.pages.registry import file_for
from portal.pages.usage.counting import note_download


def serve_file(request, name: str) -> FileResponse:
    """A stored file by its name in the storage.

    Raises:
        Http404: nobody owns it, or its owner does not show it to this reader.
    """
    answer = file_for(name, audience_of(request))
    if answer is None or not answer.path.is_file():
        raise Http404(name)
    response = safe_file_response(
        answer.path.open("rb"), answer.name, answer.media_type, inline=answer.inline
    )
    if not answer.public or not audience_of(request).is_public:
        return response
    if answer.counts_as:  # asked for here each time: it is counted, and gone when it is taken down
        response["Cache-Control"] = "private, max-age=600"
        note_download(request, answer.counts_as)
    else:
        response["Cache-Control"] = f"public, max-age=3600, s-maxage={SHARED_SECONDS}"
    return response
