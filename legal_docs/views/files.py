"""Files of a document, served after asking who reads."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse

from legal_docs.models import Manifestation
from portal.core.downloads import safe_file_response
from portal.pages.usage.counting import note_download

from .finding import redirected, work_at


@redirected
def download(
    request, prefix: str, issuer: str, number: str, pk: int
) -> FileResponse | HttpResponse:
    """A published file of a document that this reader may see."""
    work = work_at(request, prefix, issuer, number)
    row = Manifestation.objects.filter(work=work.identity_id, pk=pk).live().first()
    if row is None or not row.file.storage.exists(row.file.name):
        raise Http404(str(pk))
    note_download(request, f"file:{work._meta.model_name}:{work.pk}")
    return safe_file_response(
        row.file.open("rb"), row.name, row.media_type, inline="tai" not in request.GET
    )
