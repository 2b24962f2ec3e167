"""Files to blocks: .docx, .doc, PDF with text, HTML, Markdown and plain text. No Django."""

from .dispatch import read_file, sniff
from .errors import DEFAULT, Limits, ReadFile, UnreadableFile
from .html import blocks_from_html

__all__ = [
    "DEFAULT",
    "Limits",
    "ReadFile",
    "UnreadableFile",
    "blocks_from_html",
    "read_file",
    "sniff",
]
