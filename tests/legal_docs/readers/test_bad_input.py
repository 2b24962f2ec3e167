"""Files that must be refused, each with a sentence that names the cause. Contents are fiction."""

import io
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest

from legal_docs.importers.readers import Limits, UnreadableFile, read_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def docx_bytes(*lines: str) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf_bytes(password: str = "", image_only: bool = True) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    buffer = io.BytesIO()
    encryption = pikepdf.Encryption(user=password, owner=password) if password else False
    pdf.save(buffer, encryption=encryption)
    return buffer.getvalue()


def repack(data: bytes, changes: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            if info.filename not in changes:
                new.writestr(info, old.read(info))
        for name, content in changes.items():
            new.writestr(name, content)
    return buffer.getvalue()


def refused(tmp_path: Path, name: str, data: bytes, limits: Limits | None = None) -> UnreadableFile:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as caught:
        read_file(path, limits=limits or Limits())
    return caught.value


GOOD = docx_bytes("Điều 1. Một", "Nội dung hư cấu.")
BOMB = repack(GOOD, {"word/media/x.xml": b" " * 30_000_000})
ENTITIES = repack(
    GOOD, {"word/document.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}
)
CASES = {
    "empty": ("a.docx", b"", "empty", "rỗng"),
    "blank": ("a.txt", b" \n\n ", "empty", "không có nội dung"),
    "truncated docx": ("a.docx", GOOD[: len(GOOD) // 2], "damaged", "cắt giữa chừng"),
    "damaged xml": ("a.docx", repack(GOOD, {"word/document.xml": b"<w:document"}), "damaged", "hỏng"),
    "truncated pdf": ("a.pdf", b"%PDF-1.7\n1 0 obj\n<<", "damaged", "hỏng"),
    "pdf password": ("a.pdf", pdf_bytes("bimat"), "password", "mật khẩu"),
    "scan": ("a.pdf", pdf_bytes(), "scanned", "OCR"),
    "docx password": ("a.docx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password", "mật khẩu"),
    "other ole": ("a.doc", OLE + b"\0" * 2000, "unknown-format", "không phải Word"),
    "zip bomb": ("a.docx", BOMB, "zip-bomb", "bom nén"),
    "traversal": ("a.docx", repack(GOOD, {"../x.xml": b"x"}), "unsafe-zip", "không an toàn"),
    "entities": ("a.docx", ENTITIES, "xml-entities", "DTD"),
    "plain zip": ("a.docx", repack(GOOD, {})[:0] or b"PK\x05\x06" + b"\0" * 18, "unknown-format", "zip"),
    "xlsx": ("a.docx", b"", "unknown-format", "Excel"),
    "image": ("a.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "unknown-format", "ảnh PNG"),
    "program": ("a.docx", b"MZ\x90\0" + b"\0" * 80, "unknown-format", "chương trình"),
    "bad utf-8": ("a.txt", "Điều 1. Nội dung của văn bản hư cấu được quy định\n".encode() * 3 + b"\xff\xfe\xff", "bad-encoding", "UTF-8"),
    "unknown bytes": ("a.txt", bytes(range(128, 256)) * 4, "bad-encoding", "bảng mã"),
    "html without text": ("a.html", b"<html><body><script>1</script></body></html>", "no-text", "không có nội dung"),
    "html entities": ("a.html", b'<!DOCTYPE html [<!ENTITY x "y">]><html><body>&x;</body></html>', "xml-entities", "thực thể"),
    "mht": ("a.doc", b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "unknown-format", "MHTML"),
    "docx without text": ("a.docx", docx_bytes(), "no-text", "không có nội dung"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_refused_with_a_cause(tmp_path: Path, case: str) -> None:
    name, data, code, word = CASES[case]
    if case == "xlsx":
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as book:
            book.writestr("xl/workbook.xml", "<x/>")
        data = buffer.getvalue()
    error = refused(tmp_path, name, data)
    assert error.code == code
    assert word in error.message_vi
    assert error.message_vi[0].isupper() and error.message_vi.endswith(".")


def test_size_is_checked_before_reading(tmp_path: Path) -> None:
    error = refused(tmp_path, "a.txt", b"x" * 2000, Limits(file_size=1000))
    assert (error.code, "quá lớn" in error.message_vi) == ("too-large", True)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_file(tmp_path / "none.pdf")
    assert caught.value.code == "missing"


def test_many_entries(tmp_path: Path) -> None:
    error = refused(tmp_path, "a.docx", GOOD, Limits(entries=3))
    assert error.code == "zip-bomb"


def test_unpacked_size(tmp_path: Path) -> None:
    error = refused(tmp_path, "a.docx", GOOD, Limits(unpacked_size=1000))
    assert error.code == "zip-bomb"


def test_doc_needs_a_converter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    error = refused(tmp_path, "a.doc", OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"))
    assert error.code == "no-converter"
    assert ".docx" in error.message_vi
    assert refused(tmp_path, "a.doc", b"{\\rtf1 Dieu 1}").code == "no-converter"


def test_mislabelled_files_are_read_by_content(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(GOOD)
    result = read_file(path)
    assert result.format == "docx"
    assert any("đuôi .pdf" in warning for warning in result.warnings)
    page = tmp_path / "b.doc"
    page.write_text(
        "<html><body><p>Điều 1. Một</p><p>Nội dung.</p></body></html>", encoding="utf-8"
    )
    assert read_file(page).format == "html"
