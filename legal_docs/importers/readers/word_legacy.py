"""Old .doc files: converted by LibreOffice when it is installed, in a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from .errors import Limits, UnreadableFile

_HOW_TO = "hãy mở bằng Word hoặc LibreOffice và lưu lại thành .docx rồi tải lên."


def is_encrypted_office(data: bytes) -> bool:
    """True for an OLE container that holds an encrypted OOXML package."""
    return (
        "EncryptedPackage".encode("utf-16-le") in data
        or "EncryptionInfo".encode("utf-16-le") in data
    )


def is_word_ole(data: bytes) -> bool:
    """True for an OLE container that holds a Word document."""
    return "WordDocument".encode("utf-16-le") in data


def is_encrypted_doc(data: bytes) -> bool:
    """True when the FIB of a .doc says encrypted (bit 8 of the flags at offset 10)."""
    at = data.find(b"\xec\xa5", 0, 65536)
    return at >= 0 and len(data) > at + 12 and bool(data[at + 11] & 1)


def to_docx(path: Path, folder: Path, limits: Limits) -> Path:
    """Convert a .doc or .rtf to .docx inside ``folder``; raise UnreadableFile when it fails."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise UnreadableFile(
            "no-converter",
            f"Máy chủ chưa cài LibreOffice nên không đọc được tệp Word đời cũ; {_HOW_TO}",
        )
    source = folder / (
        "source" + (path.suffix.lower() if path.suffix.lower() in (".doc", ".rtf") else ".doc")
    )
    shutil.copyfile(path, source)
    with tempfile.TemporaryDirectory() as profile:
        command = [
            program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore",
            "--convert-to", "docx", "--outdir", str(folder / "out"), str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=limits.convert_seconds)
        except subprocess.TimeoutExpired:
            raise UnreadableFile(
                "convert-timeout",
                f"Chuyển đổi tệp Word đời cũ quá {limits.convert_seconds} giây; {_HOW_TO}",
            ) from None
        except (subprocess.CalledProcessError, OSError):
            raise UnreadableFile(
                "damaged", f"Không chuyển đổi được tệp Word đời cũ; {_HOW_TO}"
            ) from None
    made = folder / "out" / "source.docx"
    if not made.is_file():
        raise UnreadableFile(
            "damaged", f"Tệp Word đời cũ bị hỏng nên không chuyển đổi được; {_HOW_TO}"
        )
    return made
