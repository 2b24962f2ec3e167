"""Is this zip a Word file that may be opened? Checked before any entry is unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path

from .errors import Limits, UnreadableFile, megabytes

_MAIN = "word/document.xml"


def check_package(path: Path, limits: Limits) -> None:
    """Raise UnreadableFile unless the file is a sound .docx within the limits."""
    try:
        with zipfile.ZipFile(path) as package:
            infos = package.infolist()
            _check_entries(infos, limits)
            names = {info.filename for info in infos}
            if _MAIN not in names:
                raise UnreadableFile("unknown-format", _not_word(names))
            for info in infos:
                if info.filename.endswith((".xml", ".rels")):
                    _refuse_doctype(package, info)
    # NotImplementedError: the archive says that it is packed in a way that nobody knows.
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError):
        raise UnreadableFile(
            "damaged", "Tệp Word (.docx) bị hỏng hoặc bị cắt giữa chừng, không mở được."
        ) from None


def _check_entries(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(infos) > limits.entries:
        raise UnreadableFile("zip-bomb", f"Tệp nén chứa quá nhiều mục ({len(infos)}); từ chối mở.")
    total = 0
    for info in infos:
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
            raise UnreadableFile("unsafe-zip", "Tệp nén chứa đường dẫn không an toàn; từ chối mở.")
        if info.flag_bits & 1:
            raise UnreadableFile(
                "password", "Tệp Word được đặt mật khẩu; hãy gỡ mật khẩu rồi tải lại."
            )
        total += info.file_size
        big = info.file_size > 1024 * 1024
        if big and info.file_size > limits.entry_ratio * max(1, info.compress_size):
            raise UnreadableFile(
                "zip-bomb", "Tệp nén có tỉ lệ nén bất thường (bom nén); từ chối mở."
            )
    if total > limits.unpacked_size:
        raise UnreadableFile(
            "zip-bomb",
            f"Tệp giải nén ra quá lớn ({megabytes(total)}, giới hạn {megabytes(limits.unpacked_size)}); từ chối mở.",
        )


def _refuse_doctype(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    with package.open(info) as entry:
        head = entry.read(64 * 1024)
    squeezed = head.replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in squeezed or b"<!ENTITY" in squeezed:
        raise UnreadableFile(
            "xml-entities", "Tệp Word chứa khai báo DTD/thực thể XML không an toàn; từ chối mở."
        )


def _not_word(names: set[str]) -> str:
    if any(name.startswith("xl/") for name in names):
        return "Đây là tệp Excel, không phải văn bản Word; hãy tải lên tệp .docx hoặc PDF."
    if any(name.startswith("ppt/") for name in names):
        return "Đây là tệp PowerPoint, không phải văn bản Word; hãy tải lên tệp .docx hoặc PDF."
    if "content.xml" in names:
        return "Đây là tệp OpenDocument (.odt); hãy lưu lại thành .docx rồi tải lên."
    return "Đây là tệp nén (zip), không phải văn bản; hãy giải nén và tải lên từng tệp."
