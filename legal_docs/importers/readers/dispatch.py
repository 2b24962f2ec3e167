"""Which reader: decided by the content of the file, never by its name."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path

from legal_docs.structure import blocks_from_text

from .charset import to_text
from .docx import read_docx
from .errors import DEFAULT, Limits, ReadFile, UnreadableFile, megabytes
from .html import read_html
from .markdown import blocks_from_markdown, looks_like_markdown
from .package import check_package
from .pdf import read_pdf
from .word_legacy import is_encrypted_doc, is_encrypted_office, is_word_ole, to_docx

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAMES = {
    "docx": "Word (.docx)",
    "doc": "Word đời cũ (.doc)",
    "pdf": "PDF",
    "html": "HTML",
    "rtf": "RTF",
}
_SUFFIXES = {
    "docx": (".docx", ".docm"), "doc": (".doc", ".dot"), "pdf": (".pdf",), "rtf": (".rtf",),
    "html": (".html", ".htm", ".xhtml", ".mht", ".mhtml"), "text": (".txt", ".text"),
    "markdown": (".md", ".markdown", ".txt"),
}  # fmt: skip
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|span|font|o:p|center|h[1-6])\b",
    re.I,
)
_MAGIC = (
    (b"\x89PNG", "ảnh PNG"), (b"\xff\xd8\xff", "ảnh JPEG"), (b"GIF8", "ảnh GIF"), (b"II*\0", "ảnh TIFF"),
    (b"MM\0*", "ảnh TIFF"), (b"Rar!", "tệp nén RAR"), (b"7z\xbc\xaf", "tệp nén 7z"), (b"\x1f\x8b", "tệp nén gzip"),
    (b"MZ", "chương trình (.exe)"), (b"\x7fELF", "chương trình"), (b"BM", "ảnh BMP"),
)  # fmt: skip


def read_file(path: Path, *, limits: Limits = DEFAULT) -> ReadFile:
    """Read one document file to blocks.

    Raises UnreadableFile with a Vietnamese sentence that names the cause; the caller adds the
    name of the file.
    """
    size = _size(path, limits)
    with path.open("rb") as file:
        head = file.read(65536)
    kind = sniff(head)
    result = _read(path, kind, head, size, limits)
    suffix = path.suffix.lower()
    expected = _SUFFIXES.get(kind) or _SUFFIXES.get(result.format, ())
    if suffix and suffix not in expected and suffix not in _SUFFIXES.get(result.format, ()):
        name = _NAMES.get(kind, "văn bản thuần")
        result.warnings.append(
            f"Tên tệp có đuôi {suffix} nhưng nội dung là {name}; đã đọc theo nội dung."
        )
    return result


def _size(path: Path, limits: Limits) -> int:
    try:
        size = path.stat().st_size
    except OSError:
        raise UnreadableFile("missing", "Không tìm thấy tệp hoặc không có quyền đọc tệp.") from None
    if size == 0:
        raise UnreadableFile("empty", "Tệp rỗng, không có nội dung.")
    if size > limits.file_size:
        raise UnreadableFile(
            "too-large",
            f"Tệp quá lớn ({megabytes(size)}); giới hạn là {megabytes(limits.file_size)}.",
        )
    return size


def sniff(head: bytes) -> str:
    """Return docx (any zip), doc (any OLE), pdf, rtf, html or text from the first bytes."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"
    if head.startswith(_OLE):
        return "doc"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if stripped.startswith(b"{\\rtf"):
        return "rtf"
    for magic, name in _MAGIC:
        if head.startswith(magic) and (magic not in (b"BM", b"MZ") or b"\0" in head[:64]):
            raise UnreadableFile(
                "unknown-format",
                f"Đây là {name}, không phải văn bản; hãy tải lên .docx, PDF, HTML hoặc văn bản thuần.",
            )
    plain = stripped.replace(b"\0", b"")[:8192]
    if stripped.startswith((b"<?xml", b"MIME-Version")):
        return "html"
    tags = len(_HTML.findall(plain))
    return "html" if tags > 2 or (tags and plain.startswith(b"<")) else "text"


def _read(path: Path, kind: str, head: bytes, size: int, limits: Limits) -> ReadFile:
    if kind == "docx":
        check_package(path, limits)
        return read_docx(path)
    if kind == "pdf":
        return read_pdf(path, limits)
    if kind in ("doc", "rtf"):
        return _read_old_word(path, kind, limits)
    text, warnings = to_text(path.read_bytes())
    if not text.strip():
        raise UnreadableFile("empty", "Tệp không có nội dung chữ nào.")
    if kind == "html":
        return _read_html(text, warnings)
    if path.suffix.lower() in (".md", ".markdown") or looks_like_markdown(text):
        return ReadFile(blocks_from_markdown(text), "markdown", "text/markdown", warnings)
    return ReadFile(blocks_from_text(text), "text", "text/plain", warnings)


def _read_html(text: str, warnings: list[str]) -> ReadFile:
    head = text[:4096].lstrip()
    if head.startswith("MIME-Version"):
        raise UnreadableFile(
            "unknown-format",
            "Đây là trang web lưu dạng một tệp (MHTML); hãy lưu lại thành .docx hoặc HTML.",
        )
    if "<!ENTITY" in text[:65536].upper():
        raise UnreadableFile(
            "xml-entities", "Tệp chứa khai báo thực thể XML không an toàn; từ chối đọc."
        )
    if head.startswith("<?xml") and "<html" not in text[:65536].lower():
        raise UnreadableFile(
            "unknown-format", "Đây là tệp XML, không phải văn bản hoặc trang HTML."
        )
    return ReadFile(read_html(text), "html", "text/html", warnings)


def _read_old_word(path: Path, kind: str, limits: Limits) -> ReadFile:
    if kind == "doc":
        data = path.read_bytes()
        if is_encrypted_office(data) or is_encrypted_doc(data):
            raise UnreadableFile(
                "password", "Tệp Word được đặt mật khẩu; hãy gỡ mật khẩu rồi tải lại."
            )
        if not is_word_ole(data):
            raise UnreadableFile(
                "unknown-format",
                "Đây là tệp Office đời cũ nhưng không phải Word (hoặc đã hỏng); hãy lưu thành .docx.",
            )
    with tempfile.TemporaryDirectory() as folder:
        made = to_docx(path, Path(folder), limits)
        check_package(made, limits)
        result = read_docx(made)
    media = "application/msword" if kind == "doc" else "application/rtf"
    return replace(result, format="doc" if kind == "doc" else "rtf", media_type=media)
