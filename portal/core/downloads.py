"""Serve an uploaded file so that it can do nothing but be read.

The attack: an upload that a browser takes for a page of ours (HTML, SVG, a PDF with a wrong
type) would run with our origin. So the type is the one found by content, never guessed by the
browser; only PDF and pictures may open in the window, in a sandbox; all else is saved.
"""

from __future__ import annotations

from django.http import FileResponse

INLINE = frozenset(
    {"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"}
)


def safe_file_response(stream, name: str, media_type: str, *, inline: bool) -> FileResponse:
    """Answer with a file under safe headers."""
    opens = inline and media_type in INLINE
    response = FileResponse(stream, as_attachment=not opens, filename=name)
    response["Content-Type"] = media_type if opens else "application/octet-stream"
    if media_type == "application/pdf":
        response["Content-Type"] = media_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    if media_type == "application/pdf":
        # Browsers refuse their own PDF viewer inside a sandbox.
        response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'self'"
    response["Cache-Control"] = "private, no-cache"
    return response
