"""Files of works: checked by content, stored by checksum, once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from django.core.files import File

from legal_docs.models import Manifestation
from legal_docs.models.manifestation import file_path

from .records import IncomingFile, Rejected

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "html": "text/html",
    "txt": "text/plain",
    "md": "text/markdown",
}


def manifestations(identity_id: int, files: Sequence[IncomingFile]) -> list[Manifestation]:
    """Unsaved rows for files whose bytes now lie in the storage.

    Raises:
        Rejected: a file is missing.
    """
    return [manifestation(identity_id, file.path, file.name, file.role) for file in files]


def manifestation(identity_id: int, path: Path, name: str, role: str) -> Manifestation:
    """One of them."""
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            size = stream.tell()
            extension = extension_of(path, stream)
            row = Manifestation(
                work_id=identity_id,
                role=role,
                name=name[:255],
                media_type=MEDIA_TYPES.get(extension, "application/octet-stream"),
                extension=extension,
                size=size,
                sha256=digest,
            )
            storage = row.file.storage
            stored = file_path(row, name)
            if not storage.exists(stored):
                stream.seek(0)
                stored = storage.save(stored, File(stream))
            row.file.name = stored
            return row
    except OSError as error:
        raise Rejected(f"“{name}”: không mở được tệp ({error.strerror}).") from None


def extension_of(path: Path, stream) -> str:
    """What the content is, whatever the name says."""
    stream.seek(0)
    head = stream.read(8)
    if head.startswith(b"%PDF"):
        return "pdf"
    if head.startswith(b"PK"):
        return "docx"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "doc"
    known = path.suffix.lower().lstrip(".")
    return known if known in ("html", "txt", "md") else "bin"
