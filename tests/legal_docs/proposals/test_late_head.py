"""A gazette PDF may give the head of its first page after the text. The text is fiction."""

from datetime import date

from legal_docs.proposals import propose
from legal_docs.structure import blocks_from_text, parse

LATE = """CÔNG BÁO/Số 11/Ngày 27-06-2031
102
THÔNG TƯ
Quy định về giờ mở cửa của vườn hoa
Căn cứ Luật Vườn hoa số 36/2028/QH91 ngày 05 tháng 3 năm 2028;
Điều 1. Phạm vi điều chỉnh
Thông tư này quy định giờ mở cửa.
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 09/2031/TT-BVH
Hà Nội, ngày 11 tháng 6 năm 2031
Điều 2. Hiệu lực
Thông tư này có hiệu lực từ ngày 01 tháng 8 năm 2031.
"""


def test_place_and_date_are_read_from_a_late_head() -> None:
    found = propose(parse(blocks_from_text(LATE)))
    assert found.issued is not None and found.issued.value == date(2031, 6, 11)
    assert found.place is not None and found.place.value == "Hà Nội"


def test_a_date_of_another_text_is_not_taken() -> None:
    without = LATE.replace("Hà Nội, ngày 11 tháng 6 năm 2031\n", "")
    assert propose(parse(blocks_from_text(without))).issued is None
