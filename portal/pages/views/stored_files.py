"""Pictures and other stored files: only where their owner says that this reader may."""

from __future__ import annotations

from django.http import FileResponse, Http404

from portal.core.downloads import safe_file_response
from portal.organisations.access import audience_of
from portal.pages.registry import file_for


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
    if answer.public and audience_of(request).is_public:
        response["Cache-Control"] = "public, max-age=3600"
    return response
