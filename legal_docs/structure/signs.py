"""Words that tell the parts of a document apart: bases, signature, closing, attached texts."""

from __future__ import annotations

import re

BASE = re.compile(
    r"(?:[-–+*]\s*)?(?:Căn cứ|CĂN CỨ|Căn Cứ|Xét |Theo đề nghị|Thực hiện |Thi hành |Sau khi |Để |Chiểu |"
    r"Trên cơ sở |Qua |Được sự |Theo )"
)
FIRST_BASE = re.compile(r"(?:[-–+*]\s*)?(?:Căn cứ|CĂN CỨ|Căn Cứ|Xét |Theo đề nghị |Chiểu )")
ENACTING = re.compile(
    r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|CHỈ THỊ|RA LỆNH|NGHỊ ĐỊNH|LỆNH|Quyết định|Quyết nghị|THÔNG TƯ)\s*:?$"
)
CLOSING = re.compile(
    r"(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Hiến pháp|Bộ Luật)\s+(?:này\s+)?(?:đã\s+|đó\s+)?được\s.{0,160}?thông qua",
    re.S,
)
RECIPIENTS = re.compile(r"\W{0,3}N[ơƠ][iI] [nN][hH][ậẬ][nN]\s*[:.]?|NƠI NHẬN")
ON_BEHALF = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|T/M|K/T|T/L|TM/|KT/)(?:\s?[./]\s?|\s)|Q\.\s?)(?=[A-ZĐÀ-Ỹ]{2})[A-ZĐÀ-Ỹ ,.\-–()/]{3,}"
)
_OFFICES = (
    "(?:QUYỀN |Q\\. ?|PHÓ )?(?:BỘ TRƯỞNG|THỦ TƯỚNG|CHỦ TỊCH|THỐNG ĐỐC|TỔNG THANH TRA|TỔNG KIỂM TOÁN|"
    "CHÁNH ÁN|VIỆN TRƯỞNG|CHỦ NHIỆM|TỔNG GIÁM ĐỐC|GIÁM ĐỐC|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|VỤ TRƯỞNG|"
    "THỨ TRƯỞNG|CHÁNH VĂN PHÒNG|TRƯỞNG BAN|TỔNG BÍ THƯ|BÍ THƯ|TRƯỞNG ĐOÀN|HIỆU TRƯỞNG|CHÁNH THANH TRA|"
    "TỔNG BIÊN TẬP|TRƯỞNG PHÒNG|XÁC THỰC VĂN BẢN)"
)
OFFICE = re.compile(rf"{_OFFICES}[A-ZĐÀ-Ỹ ,.\-–()/&]{{0,90}}$")
END = re.compile(r"\.\s?/\s?\.?\s*[”\"]?\s*$")
ATTACHED_WORDS = re.compile(
    r"(?:ban hành\s+(?:kèm|theo)|kèm theo|đính kèm|được ban hành|[Bb]an hành tại)", re.I
)
BODY_TYPES: dict[str, str] = {
    "QUY CHẾ": "quy-che",
    "QUY ĐỊNH": "quy-dinh",
    "QUI ĐỊNH": "quy-dinh",
    "QUI CHẾ": "quy-che",
    "QUY TRÌNH": "quy-trinh",
    "QUY TẮC": "quy-tac",
    "QUY CHUẨN": "quy-chuan",
    "QUY PHẠM": "quy-pham",
    "QUY HOẠCH": "quy-hoach",
    "ĐIỀU LỆ": "dieu-le",
    "NỘI QUY": "noi-quy",
    "CHƯƠNG TRÌNH": "chuong-trinh",
    "KẾ HOẠCH": "ke-hoach",
    "ĐỀ ÁN": "de-an",
    "CHIẾN LƯỢC": "chien-luoc",
    "HƯỚNG DẪN": "huong-dan",
    "PHƯƠNG ÁN": "phuong-an",
    "CHUẨN MỰC": "chuan-muc",
    "CHẾ ĐỘ": "che-do",
    "BẢN QUY ĐỊNH": "quy-dinh",
    "BẢN QUY CHẾ": "quy-che",
    "ĐỊNH MỨC": "dinh-muc",
    "HỆ THỐNG": "he-thong",
    "DANH MỤC": "danh-muc",
    "BỘ QUY TẮC": "quy-tac",
    "HIỆP ĐỊNH": "hiep-dinh",
    "NGHỊ ĐỊNH THƯ": "nghi-dinh-thu",
    "THỎA THUẬN": "thoa-thuan",
    "THOẢ THUẬN": "thoa-thuan",
}
_BODY = re.compile("(" + "|".join(sorted(BODY_TYPES, key=len, reverse=True)) + r")(?=$|[\s:(])")
AMENDING = re.compile(r"sửa đổi|bổ sung|thay thế|đính chính|viết lại|được sửa", re.I)
AMENDING_TITLE = re.compile(
    r"Điều\s+\S+\s+(?:Sửa đổi|Bổ sung|Thay thế|Thay cụm từ|Sửa |Đính chính)"
)
LEADS_IN = re.compile(r":\s*[\"”“]?\s*$")
FORM = re.compile(
    r"(?:MẪU|Mẫu|BIỂU|Biểu)\s+(?:mẫu\s+)?(?:số|SỐ|Số)?\s*:?\s*[\dA-Z]|(?:MẪU|BIỂU) SỐ|BIỂU MẪU"
)
CONTENTS = re.compile(r"(?:MỤC LỤC|Mục lục)\s*$")


def body_slug(line: str) -> str:
    """Return the id word of an attached text's title line ("QUY CHẾ" -> "quy-che"), or ""."""
    if line[:1] not in "QĐNCKHPBDT" or line.endswith((";", ",")):
        return ""
    match = _BODY.match(line)
    if match is None or not line.isupper():
        return ""
    return BODY_TYPES[match[1]]


def is_signature(line: str) -> bool:
    """True when a line opens the signature: "TM. CHÍNH PHỦ", "BỘ TRƯỞNG", "Nơi nhận:" …"""
    first = line[:1]
    if first in "TKQ" and ON_BEHALF.match(line) and len(line) < 120:
        return True
    if first in 'NK“"*-( ' and RECIPIENTS.match(line):
        return len(line) < 400
    return first in "QPBTCVGX" and len(line) < 100 and OFFICE.match(line) is not None
