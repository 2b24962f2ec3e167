"""What a single line opens. All texts are fiction."""

import pytest

from legal_docs.structure.marks import classify
from legal_docs.structure.numerals import canonical, letter_rank, roman, words


@pytest.mark.parametrize(
    ("line", "number", "rest"),
    [
        ("Điều 1. Phạm vi điều chỉnh", "1", "Phạm vi điều chỉnh"),
        ("Điều 1 . Phạm vi", "1", "Phạm vi"),
        ("Điều 1: Phạm vi", "1", "Phạm vi"),
        ("ĐIỀU 12. PHẠM VI", "12", "PHẠM VI"),
        ("Điều 5a. Bổ sung", "5a", "Bổ sung"),
        ("Điều 5 đ. Bổ sung", "5dd", "Bổ sung"),
        ("Điều 3.[2] Giải thích từ ngữ", "3", "Giải thích từ ngữ"),
        ("Điều 3[2]. Giải thích từ ngữ", "3", "Giải thích từ ngữ"),
        ("Điều 3.2 Giải thích từ ngữ", "3", "Giải thích từ ngữ"),
        ("Điều 7", "7", ""),
        ("Điều 07. Tên", "7", "Tên"),
    ],
)
def test_article_lines(line: str, number: str, rest: str) -> None:
    mark = classify(line)
    assert mark is not None
    assert (mark.kind, mark.number, mark.rest) == ("dieu", number, rest)


@pytest.mark.parametrize(
    "line",
    [
        "Điều 5 của Luật này được áp dụng",
        "Điều 5, Điều 6 và Điều 7",
        "Điều 5 và Điều 6 của Nghị định",
        "Điều 12; khoản 3",
        "Điều kiện kinh doanh",
        "Điều này có hiệu lực",
        "Đất đai thuộc sở hữu toàn dân",
        "Chương trình mục tiêu quốc gia",
        "Chương II của Luật này",
        "Phần lớn các hộ",
        "Mục tiêu chung",
        "Mục 2 Chương III Nghị định này",
        "Phụ lục I ban hành kèm theo Thông tư này",
        "1.500 đồng",
        "2.1 triệu",
        "",
        "a",
    ],
)
def test_lines_that_open_nothing(line: str) -> None:
    mark = classify(line)
    assert mark is None or mark.weak or mark.kind in ("la-ma", "chu-cai", "so")


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("Phần thứ nhất", "phan", "1"),
        ("PHẦN THỨ HAI", "phan", "2"),
        ("Phần thứ mười hai", "phan", "12"),
        ("Phần I. Quy định chung", "phan", "1"),
        ("PHẦN A", "phan", "a"),
        ("Chương IV", "chuong", "4"),
        ("CHƯƠNG 4: TỔ CHỨC", "chuong", "4"),
        ("Chương IIa", "chuong", "2a"),
        ("Mục 1. TÊN MỤC", "muc", "1"),
        ("Tiểu mục 2. TÊN", "tieu-muc", "2"),
        ("Phụ lục II", "phu-luc", "2"),
        ("PHỤ LỤC SỐ 03", "phu-luc", "3"),
        ("PHỤ LỤC", "phu-luc", ""),
        ("1. Khoản một", "khoan", "1"),
        ("2a. Khoản", "khoan", "2a"),
        ("3) Khoản", "khoan", "3"),
        ("a) Điểm a", "diem", "a"),
        ("đ) Điểm đ", "diem", "dd"),
        ("d) Điểm d", "diem", "d"),
        ("a1) Điểm chèn", "diem", "a1"),
        ("I. PHẦN ĐẦU", "la-ma", "1"),
        ("B. Phần sau", "chu-cai", "b"),
        ("1.2. Tiết", "so", "1-2"),
    ],
)
def test_other_units(line: str, kind: str, number: str) -> None:
    mark = classify(line)
    assert mark is not None
    assert (mark.kind, mark.number) == (kind, number)


def test_numerals() -> None:
    assert [roman(text) for text in ("I", "IV", "IX", "XIV", "XL", "IIX")] == [
        1,
        4,
        9,
        14,
        40,
        None,
    ]
    assert [words(text) for text in ("thứ nhất", "thứ tư", "mười một", "hai mươi")] == [
        1,
        4,
        11,
        None,
    ]
    assert [canonical(text) for text in ("05", "IV", "5đ", "A", "Va")] == [
        "5",
        "4",
        "5dd",
        "a",
        "5a",
    ]
    assert letter_rank("d") < letter_rank("đ") < letter_rank("e") < letter_rank("aa")
