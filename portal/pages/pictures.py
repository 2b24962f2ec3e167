"""Who may see a picture's file, original or rendition."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.conf import settings

from portal.organisations.audience import PUBLIC, Audience

from .models import Picture, PictureRendition
from .registry import FileAnswer


def answer_for(name: str, audience: Audience) -> FileAnswer | None:
    """Leave to serve one stored file of a picture."""
    rendition = PictureRendition.objects.filter(file=name).select_related("image").first()
    picture = rendition.image if rendition else Picture.objects.filter(file=name).first()
    if picture is None or not picture.is_visible_to(audience):
        return None
    return FileAnswer(
        path=Path(settings.MEDIA_ROOT) / name,
        name=Path(name).name,
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        inline=True,
        public=picture.is_visible_to(PUBLIC),
    )
