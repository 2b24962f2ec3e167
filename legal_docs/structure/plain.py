"""Blocks from plain text, the wrapped lines of gazette PDFs included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from . import signs
from .blocks import Block, clean
from .marks import classify

GAZETTE = re.compile(
    r"(?:\d{1,4}\s+)?CÔNG BÁO(?:\s?[/|].{0,60}|\s+[A-ZĐÀ-Ỹ. ]{2,30}/.{0,60})?\s?[Ss]ố\s?[\d +&-]+.{0,6}"
    r"Ngày\s?\d{1,2}\s?[-/]\s?\d{1,2}\s?[-/]\s?\d{4}(?:\s+\d{1,4})?\s*$"
)
_STAMP = re.compile(
    r"(?:Người ký|Ký bởi|Email|Cơ quan|Thời gian ký|Ký ngày|Signature Not Verified|Digitally signed)"
    r"\s?[:]?\s"
)
_STAMP_HEAD = re.compile(r"(?:Người ký|Ký bởi)\s?:")
_STAMP_TIME = re.compile(r"(?:Thời gian ký|Ngày ký)\s?:.*\d{4}|.*\d{2}:\d{2}:\d{2} \+07:00\s*$")
_PAGE = re.compile(r"(?:-\s*)?\d{1,4}(?:\s*-)?$|(?:Page|Trang)\s+\d+(?:\s*(?:/|of)\s*\d+)?$")
_DANGLING = re.compile(
    r"(?:\b(?:tại|của|và|hoặc|theo|các|với|từ|đến|là|quy định|khoản|điểm|Điều|số|ngày|tháng|năm|"
    r"cho|trong|bởi|Luật|Nghị định|Thông tư|Chương|Mục|Phần)|[,\-–(/]|khoản \d+|điểm [a-zđ]|\d+ và)$"
)
_STRONG = ("dieu", "phan", "chuong", "muc", "tieu-muc", "phu-luc")
_ENDED = (".", ";", ":", "”", '"', "!", "?", "…")
_DASH = re.compile(r"[-–+•*]\s")
_FIELD = re.compile(r"(?:Số|Luật số)\s?:|Kính gửi|V/v|Độc lập|CỘNG H|.{2,40}, ngày")


def blocks_from_text(text: str) -> list[Block]:
    """Return paragraphs: page headers and stamps dropped, wrapped lines joined again."""
    lines = [line.strip() for line in clean(text).split("\n")]
    return [Block(part) for part in join_lines(drop_page_furniture(lines))]


def drop_page_furniture(lines: Sequence[str]) -> list[str]:
    """Remove the gazette's running header, page numbers beside it, and signature stamps.

    A removed header leaves "\\x0c" so that joining knows the page broke here.
    """
    kept: list[str] = []
    near_header = False
    in_stamp = 0
    for line in lines:
        if in_stamp:
            in_stamp = 0 if _STAMP_TIME.match(line) else in_stamp - 1
            if in_stamp == 0 or _STAMP.match(line) or not line:
                _break(kept)
                continue
            if in_stamp > 1 and (line.isupper() or "@" in line):
                continue
        if _STAMP_HEAD.match(line):
            in_stamp = 6
            continue
        if GAZETTE.match(line):
            while kept and (not kept[-1] or _PAGE.match(kept[-1])):
                kept.pop()
            _break(kept)
            near_header = True
        elif near_header and (not line or _PAGE.match(line)):
            continue
        else:
            near_header = False
            kept.append(line)
    return kept


def _break(kept: list[str]) -> None:
    while kept and not kept[-1]:
        kept.pop()
    if kept and kept[-1] != "\x0c":
        kept.append("\x0c")


def full_width(lines: Iterable[str]) -> int:
    """Return the width at which the lines were wrapped, 0 when they are whole paragraphs."""
    lengths = sorted(len(line) for line in lines if len(line) > 20)
    if len(lengths) < 6:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    full = sum(1 for length in lengths if 0.8 * width <= length <= 1.15 * width)
    return width if width < 160 and full * 4 >= len(lengths) else 0


def join_lines(lines: Sequence[str], width: int | None = None) -> list[str]:
    """Join wrapped lines to paragraphs."""
    wrapped = full_width(lines) if width is None else width
    parts: list[list[str]] = []
    gap = broke = False
    previous = ""
    for line in lines:
        if line == "\x0c":
            broke = True
            continue
        if not line:
            gap = True
            continue
        if previous and wrapped and _continues(previous, line, wrapped, gap and not broke):
            parts[-1].append(line)
        else:
            parts.append([line])
        previous, gap, broke = line, False, False
    return [" ".join(part) for part in parts]


def _continues(previous: str, line: str, width: int, gap: bool) -> bool:
    """True when ``line`` is the rest of the paragraph that ``previous`` belongs to."""
    first = line[0]
    ended = previous.endswith(_ENDED)
    filled = len(previous) + 1 + len(line.split(" ", 1)[0]) > width * 0.93
    if first.islower():
        mark = classify(line)
        if mark is not None and mark.kind == "diem":
            return not ended and _DANGLING.search(previous) is not None
        return not gap or not ended
    mark = classify(line)
    if mark is not None and not mark.weak:
        if mark.kind in _STRONG:
            return not ended and filled and _DANGLING.search(previous) is not None
        if mark.kind in ("khoan", "so", "diem"):
            return (
                not ended
                and filled
                and mark.number != "1"
                and _DANGLING.search(previous) is not None
            )
        if mark.kind in ("la-ma", "chu-cai"):
            return False
    if first in "-–+•*“" and (_DASH.match(line) or first == "“"):
        return first == "“" and not ended and filled
    if not gap and not ended and _DANGLING.search(previous):
        return True
    if gap or previous.isupper() != line.isupper() or not filled:
        return False
    if signs.BASE.match(line) and ended:
        return False
    return not (signs.is_signature(line) or _FIELD.match(line) or previous.endswith("./."))
