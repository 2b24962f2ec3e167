"""PDF with a text layer to blocks. One process per job: pdfium is not thread-safe."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from legal_docs.structure import Block, clean, drop_page_furniture, join_lines

from .errors import Limits, ReadFile, UnreadableFile

_PAGE_NUMBER = re.compile(r"(?:[-–]\s*)?\d{1,4}(?:\s*[-–])?$|(?:Trang|Page)\s+\d+(?:\s*/\s*\d+)?$")
_DIGITS = re.compile(r"\d+")
_HYPHEN_BREAK = "\ufffe"


def read_pdf(path: Path, limits: Limits) -> ReadFile:
    """Return the text of a PDF with page headers, footers and numbers cut and lines joined."""
    pages = _pages(path, limits)
    letters = sum(sum(map(str.isalpha, page)) for page in pages)
    empty = sum(1 for page in pages if sum(map(str.isalpha, page)) < 30)
    if letters < 40 * max(1, min(len(pages), 3)):
        raise UnreadableFile(
            "scanned",
            "Tệp PDF này chỉ có ảnh chụp trang, không có lớp chữ; cần nhận dạng chữ (OCR) trước.",
        )
    warnings: list[str] = []
    if empty:
        warnings.append(
            f"{empty} trên {len(pages)} trang không có lớp chữ (trang ảnh hoặc trang trống)."
        )
    if _garbled(pages):
        warnings.append("Lớp chữ của tệp PDF có nhiều ký tự lạ; cần so lại với bản gốc.")
    lines = _without_running_lines([[line.strip() for line in page.split("\n")] for page in pages])
    blocks = [Block(part) for part in join_lines(drop_page_furniture(lines))]
    return ReadFile(blocks, "pdf", "application/pdf", warnings, len(pages))


def _pages(path: Path, limits: Limits) -> list[str]:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise UnreadableFile(
                "password", "Tệp PDF được đặt mật khẩu; hãy gỡ mật khẩu rồi tải lại."
            ) from None
        raise UnreadableFile(
            "damaged", "Tệp PDF bị hỏng hoặc bị cắt giữa chừng, không mở được."
        ) from None
    try:
        if len(document) == 0:
            raise UnreadableFile("empty", "Tệp PDF không có trang nào.")
        if len(document) > limits.pages:
            raise UnreadableFile(
                "too-many-pages",
                f"Tệp PDF có {len(document)} trang, quá giới hạn {limits.pages} trang.",
            )
        return [_page_text(document, number) for number in range(len(document))]
    except pdfium.PdfiumError:
        raise UnreadableFile("damaged", "Tệp PDF bị hỏng: có trang không đọc được.") from None
    finally:
        document.close()


def _page_text(document: object, number: int) -> str:
    page = document[number]  # type: ignore[index]
    text_page = page.get_textpage()
    try:
        text = text_page.get_text_range()
    finally:
        text_page.close()
        page.close()
    return clean(text.replace(_HYPHEN_BREAK, ""))


def _without_running_lines(pages: list[list[str]]) -> list[str]:
    """Drop page numbers and lines that repeat at the top or bottom of most pages."""
    tops: Counter[str] = Counter()
    for page in pages:
        edge = [line for line in page if line]
        tops.update({_DIGITS.sub("#", line) for line in (*edge[:2], *edge[-2:]) if len(line) < 150})
    often = max(3, int(len(pages) * 0.5))
    running = {line for line, count in tops.items() if count >= often}
    lines: list[str] = []
    for page in pages:
        filled = [at for at, line in enumerate(page) if line]
        edges = {*filled[:2], *filled[-2:]}
        for at, line in enumerate(page):
            if at in edges and (_PAGE_NUMBER.match(line) or _DIGITS.sub("#", line) in running):
                continue
            lines.append(line)
        lines.append("\x0c")
    return lines


def _garbled(pages: list[str]) -> bool:
    text = "".join(pages[:20])
    odd = sum(1 for char in text if "\ue000" <= char <= "\uf8ff" or char == "\ufffd")
    return odd * 100 > len(text)
