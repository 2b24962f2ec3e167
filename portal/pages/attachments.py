"""Who may get a file of the library."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.conf import settings

from portal.organisations.audience import PUBLIC, Audience

from .models import Attachment
from .registry import FileAnswer

#: What a browser shows by itself without running anything in it.
_INLINE = frozenset({"application/pdf", "video/mp4", "video/webm", "text/vtt"})


def answer_for(name: str, audience: Audience) -> FileAnswer | None:
    """Leave to serve one stored file of the library."""
    row = Attachment.objects.filter(file=name).first()
    if row is None or not row.is_visible_to(audience):
        return None
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return FileAnswer(
        path=Path(settings.MEDIA_ROOT) / name,
        name=row.filename,
        media_type=media_type,
        inline=media_type in _INLINE,
        public=row.is_visible_to(PUBLIC),
        counts_as=f"file:attachment:{row.pk}",
    )
