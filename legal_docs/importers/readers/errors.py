"""What a reader gives and why it refuses."""

from __future__ import annotations

from dataclasses import dataclass, field

from legal_docs.structure import Block


class UnreadableFile(Exception):
    """A file that cannot be read. message_vi names the cause in plain Vietnamese."""

    def __init__(self, code: str, message_vi: str) -> None:
        super().__init__(f"{code}: {message_vi}")
        self.code = code
        self.message_vi = message_vi


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; seconds for the converter of old Word files."""

    file_size: int = 100 * 1024 * 1024
    unpacked_size: int = 400 * 1024 * 1024
    entry_ratio: int = 200
    entries: int = 5000
    pages: int = 3000
    convert_seconds: int = 90


DEFAULT = Limits()


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The paragraphs of a file. format: docx, doc, html, text, markdown or pdf."""

    blocks: list[Block]
    format: str
    media_type: str
    warnings: list[str] = field(default_factory=list)
    page_count: int | None = None


def megabytes(size: int) -> str:
    """Return a size for messages: "100 MB"."""
    return f"{max(1, round(size / 1024 / 1024))} MB"
