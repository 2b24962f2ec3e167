"""Bytes to text: UTF-8, UTF-16, Windows-1258, TCVN3, VNI."""

from __future__ import annotations

import re
import unicodedata

from legal_docs.structure import clean
from portal.core.legacy_encodings import decode, detect

from .errors import UnreadableFile

_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_WORDS = re.compile(r"\b(?:của|và|các|được|định|điều|khoản|theo|ngày|quy|không|nước)\b", re.I)
_TAGS = re.compile(r"<[^<>]{0,2000}>")


def to_text(data: bytes) -> tuple[str, list[str]]:
    """Return NFC text and warnings; raise UnreadableFile when no encoding fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16"), []
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    elif _looks_utf16(data):
        little = data[1:4000:2].count(0) >= data[0:4000:2].count(0)
        return _strict(data, "utf-16-le" if little else "utf-16-be"), []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, error)
    if b"\0" in data[:4096]:
        raise UnreadableFile("binary", "Tệp không phải là văn bản chữ (có dữ liệu nhị phân).")
    kind = detect(text)
    if kind:
        return clean(decode(text, kind)), [_converted(kind)]
    return clean(text), []


def _looks_utf16(data: bytes) -> bool:
    head = data[:400]
    if len(head) < 8:
        return False
    half = len(head) // 2
    return head[1::2].count(0) > half * 0.3 or head[0::2].count(0) > half * 0.3


def _strict(data: bytes, encoding: str) -> str:
    try:
        return clean(data.decode(encoding))
    except UnicodeDecodeError:
        raise UnreadableFile(
            "bad-encoding", "Tệp ghi theo UTF-16 nhưng bị hỏng hoặc bị cắt giữa chừng."
        ) from None


def _converted(kind: str) -> str:
    name = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI", "cp1258": "Windows-1258"}[kind]
    return f"Văn bản dùng bảng mã {name} đã được chuyển sang Unicode; cần soát lại dấu."


def _legacy(data: bytes, error: UnicodeDecodeError) -> tuple[str, list[str]]:
    broken = data.decode("utf-8", "replace")
    if _mostly_utf8(data, broken):
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            "bad-encoding",
            f"Tệp ghi theo UTF-8 nhưng có byte sai ở dòng {line}; hãy lưu lại tệp theo UTF-8.",
        )
    western = data.decode("cp1252", "replace")
    kind = detect(_TAGS.sub(" ", western))
    if kind:
        return clean(decode(data.decode("latin-1"), kind)), [_converted(kind)]
    viet = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    if len(_WORDS.findall(viet)) >= 2 and viet.count("\ufffd") * 200 < len(viet):
        return clean(viet), [_converted("cp1258")]
    raise UnreadableFile(
        "bad-encoding",
        "Không nhận ra bảng mã của tệp; hãy lưu lại tệp theo UTF-8 (Unicode) rồi tải lên.",
    )


def _mostly_utf8(data: bytes, broken: str) -> bool:
    """True for UTF-8 with a few bad bytes: many good multi-byte letters beside them."""
    bad = broken.count("\ufffd")
    good = len(_VIETNAMESE.findall(broken))
    return good > bad * 2
