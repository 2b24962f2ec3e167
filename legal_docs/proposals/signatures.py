"""Names and titles of the signers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .model import Proposal, Signer

_ON_BEHALF = re.compile(r"^(?:TM|KT|TL|TUQ|T/M|K/T|T/L|Q)\s?[./]?\s", re.I)
_OFFICE = re.compile(
    r"^(?:(?:QUYỀN|PHÓ|PHỤ TRÁCH)\s)?(?:BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|CHỦ TỊCH|THỐNG ĐỐC|TỔNG THANH TRA|"
    r"TỔNG KIỂM TOÁN|CHÁNH ÁN|VIỆN TRƯỞNG|CHỦ NHIỆM|TỔNG GIÁM ĐỐC|GIÁM ĐỐC|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|"
    r"VỤ TRƯỞNG|CHÁNH VĂN PHÒNG|TRƯỞNG BAN|BÍ THƯ|TỔNG BÍ THƯ|TRƯỞNG PHÒNG|HIỆU TRƯỞNG|CHÁNH THANH TRA|"
    r"ỦY VIÊN|UỶ VIÊN|THƯỜNG TRỰC|TỔNG TRƯỞNG)\b",
    re.I,
)
_RANK = re.compile(
    r"^(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)|GS|PGS|TS|ThS|Th\.S|BS)\b\.?[\s,.]*", re.I
)
_NOT_NAME = re.compile(
    r"\d|[:;/()\"“”]|^(?:Nơi nhận|Lưu|Như|Đã ký|XÁC THỰC|VĂN PHÒNG|BỘ |CHÍNH PHỦ|QUỐC HỘI|ỦY BAN|UỶ BAN|HỘI ĐỒNG|"
    r"PHỤ LỤC|BAN |NGÂN HÀNG|TÒA ÁN|VIỆN KIỂM|THANH TRA|DANH |KHOÁ|KHÓA|NƯỚC|TỈNH|THÀNH PHỐ)",
    re.I,
)
_SURNAMES = frozenset(
    [
        "nguyễn",
        "trần",
        "lê",
        "phạm",
        "hoàng",
        "huỳnh",
        "phan",
        "vũ",
        "võ",
        "đặng",
        "bùi",
        "đỗ",
        "hồ",
        "ngô",
        "dương",
        "lý",
        "đinh",
        "trương",
        "trịnh",
        "đoàn",
        "lương",
        "lưu",
        "mai",
        "đào",
        "tô",
        "hà",
        "cao",
        "tạ",
        "phùng",
        "chu",
        "châu",
        "tăng",
        "quách",
        "thái",
        "triệu",
        "nông",
        "lâm",
        "vi",
        "lò",
        "lù",
        "giàng",
        "hầu",
        "ma",
        "sùng",
        "vàng",
        "thào",
        "cầm",
        "quàng",
        "điểu",
        "y",
        "h'",
        "kpă",
        "ksor",
        "rơ",
        "thạch",
        "sơn",
        "danh",
        "kim",
        "tòng",
        "đậu",
        "văn",
        "tống",
        "khuất",
        "thân",
        "ninh",
        "từ",
        "la",
        "mạc",
        "nghiêm",
        "kiều",
        "bạch",
        "viên",
        "thiều",
        "an",
        "cù",
        "doãn",
        "khổng",
        "lại",
        "phí",
        "đồng",
        "quản",
        "giáp",
        "sầm",
        "hứa",
        "âu",
        "ông",
        "tiêu",
    ]
)


def find_signers(tail: Sequence[str]) -> Proposal[tuple[Signer, ...]] | None:
    """Return the signers in the order of the text."""
    signers: list[Signer] = []
    titles: list[str] = []
    excerpt: list[str] = []
    for line in tail:
        bare = re.sub(r"^\(?\s*[Đđ]ã\s+ký\s*\)?:?\s*|\s*\([Đđ]ã ký\)$", "", line).strip()
        if not bare:
            continue
        if _ON_BEHALF.match(bare) and bare[:2].isupper():
            titles.append(_after_behalf(bare))
            excerpt.append(line)
        elif _OFFICE.match(bare) and len(bare) < 110:
            titles.append(bare)
            excerpt.append(line)
        elif titles and (name := _name(bare)):
            signers.append(Signer(name, _title(titles)))
            excerpt.append(line)
            titles = []
    if not signers:
        return None
    return Proposal(tuple(signers), " / ".join(excerpt), 0.9 if len(signers) == 1 else 0.8)


def _after_behalf(line: str) -> str:
    """The office inside "KT. BỘ TRƯỞNG THỨ TRƯỞNG" when one line holds both."""
    found = [m.start() for m in re.finditer(r"(?:PHÓ|THỨ TRƯỞNG|CHÁNH|VỤ TRƯỞNG)\b", line)]
    return line[found[-1] :] if found and found[-1] > 4 else ""


def _title(titles: Sequence[str]) -> str:
    given = [title for title in titles if title]
    if not given:
        return ""
    text = given[-1].strip(" ,.")
    return text[:1].upper() + text[1:].lower() if text.isupper() else text


def _name(line: str) -> str | None:
    if _NOT_NAME.search(line) or len(line) > 60:
        return None
    rank = _RANK.match(line)
    bare = line[rank.end() :] if rank else line
    while (again := _RANK.match(bare)) is not None:
        bare = bare[again.end() :]
    words = bare.split()
    if not 2 <= len(words) <= 6 or not all(
        word[0].isupper() for word in words if word[0].isalpha()
    ):
        return None
    if words[0].lower() not in _SURNAMES and (bare.isupper() or len(words) > 5):
        return None
    return " ".join(word.capitalize() if word.isupper() else word for word in words)
