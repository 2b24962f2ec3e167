"""Metadata from a document's own text. Names and texts are fiction, symbols are real ones."""

from datetime import date

import pytest

from legal_docs.proposals import Known, Proposals, default_known, propose
from legal_docs.proposals.known import Issuer
from legal_docs.proposals.numbers import canonical
from legal_docs.structure import Block, blocks_from_text

BODY = "Căn cứ Luật Hư cấu;\nTheo đề nghị của Vụ trưởng Vụ Hư cấu;\nĐiều 1. Một\nNội dung.\nĐiều 2. Hiệu lực\n"


def read(text: str) -> Proposals:
    return propose(blocks_from_text(text))


def test_decree_with_a_header_table() -> None:
    rows = (
        (
            "CHÍNH PHỦ\n-------",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n-------",
        ),
        ("Số: 999/2024/NĐ-CP", "Hà Nội, ngày 26 tháng 12 năm 2024"),
    )
    blocks = [
        Block("…", kind="table", rows=rows),
        Block("NGHỊ ĐỊNH"),
        Block("QUY ĐỊNH VỀ VIỆC HƯ CẤU"),
    ]
    blocks += blocks_from_text(
        BODY + "Nghị định này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2025.\n"
        "Nơi nhận:\n- Ban Hư cấu;\n- Lưu: VT.\nTM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\n(Đã ký)\nNguyễn Văn Hư\n"
    )
    found = propose(blocks)
    assert found.number and found.number.value == "999/2024/NĐ-CP"
    assert found.type and found.type.value == "Nghị định"
    assert found.issuers and found.issuers.value == ("Chính phủ",)
    assert found.issued and found.issued.value == date(2024, 12, 26)
    assert found.place and found.place.value == "Hà Nội"
    assert found.subject and found.subject.value == "Quy định về việc hư cấu"
    assert found.in_force and found.in_force.value == date(2025, 1, 1)
    assert found.signers and [(s.name, s.title) for s in found.signers.value] == [
        ("Nguyễn Văn Hư", "Phó thủ tướng")
    ]
    assert found.bases and found.bases.value == (
        "Căn cứ Luật Hư cấu",
        "Theo đề nghị của Vụ trưởng Vụ Hư cấu",
    )
    assert found.recipients and found.recipients.value == ("Ban Hư cấu", "Lưu: VT")
    assert found.number.confidence > 0.9 and "999" in found.number.excerpt


def test_interleaved_pdf_header() -> None:
    found = read(
        "CHÍNH PHỦ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 12/2099/NĐ-CP Hà Nội, ngày 17 tháng 01 năm 2022\nNGHỊ ĐỊNH\nVề hư cấu\n" + BODY
    )
    assert found.number and found.number.value == "12/2099/NĐ-CP"
    assert found.issued and found.issued.value == date(2022, 1, 17)
    assert found.place and found.place.value == "Hà Nội"


def test_law_dated_by_its_adoption() -> None:
    found = read(
        "QUỐC HỘI\nLuật số: 41/2024/QH15\nLUẬT\nVIỆC HƯ CẤU\nCăn cứ Hiến pháp;\nQuốc hội ban hành Luật Việc hư cấu.\n"
        "Điều 1. Một\nNội dung.\nLuật này được Quốc hội khóa XV thông qua ngày 29 tháng 6 năm 2024.\n"
        "CHỦ TỊCH QUỐC HỘI\nTrần Thị Cấu\n"
    )
    assert found.number and found.number.value == "41/2024/QH15"
    assert found.type and found.type.value == "Luật"
    assert found.issuers and found.issuers.value == ("Quốc hội",)
    assert found.issued and found.issued.value == date(2024, 6, 29)
    assert found.subject and found.subject.value == "Việc hư cấu"


def test_joint_circular() -> None:
    found = read(
        "BỘ TƯ PHÁP - BỘ CÔNG AN - BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI\n"
        "Số: 07/2098/TTLT-BTP-BCA-BLĐTBXH\nHà Nội, ngày 1 tháng 2 năm 2014\nTHÔNG TƯ LIÊN TỊCH\nVề hư cấu\n"
        + BODY
    )
    assert found.type and found.type.value == "Thông tư liên tịch"
    assert found.issuers and found.issuers.value == (
        "Bộ Tư pháp",
        "Bộ Công an",
        "Bộ Lao động - Thương binh và Xã hội",
    )


def test_provincial_decision() -> None:
    found = read(
        "UỶ BAN NHÂN DÂN\nTỈNH BẾN TRE\nSố: 05 /2023/QĐ - UBND\nBến Tre, ngày 9 tháng 3 năm 2023\nQUYẾT ĐỊNH\nVề hư cấu\n"
        "ỦY BAN NHÂN DÂN TỈNH BẾN TRE\n" + BODY
    )
    assert found.number and found.number.value == "05/2023/QĐ-UBND"
    assert found.issuers and found.issuers.value == ("Ủy ban nhân dân tỉnh Bến Tre",)
    assert (found.subject and found.subject.value == "Về hư cấu") or found.subject.value == "Hư cấu"


def test_letter() -> None:
    found = read(
        "BỘ TÀI CHÍNH\nTỔNG CỤC THUẾ\nSố: 1234/TCT-CS\nV/v trả lời việc hư cấu\nHà Nội, ngày 5 tháng 5 năm 2020\n"
        "Kính gửi: Cục Thuế hư cấu\nTổng cục Thuế nhận được công văn hư cấu và trả lời là không có gì, vì đây là một văn bản hư "
        "cấu được viết ra chỉ để thử.\nNơi nhận:\n- Như trên;\nTL. TỔNG CỤC TRƯỞNG\nVỤ TRƯỞNG\nLê Văn Thử\n"
    )
    assert found.type and found.type.value == "Công văn"
    assert found.issuers and found.issuers.value == ("Tổng cục Thuế",)
    assert found.subject and found.subject.value == "Trả lời việc hư cấu"
    assert found.signers and found.signers.value[0].title == "Vụ trưởng"


@pytest.mark.parametrize(
    "line", ["Số:      /2024/QĐ-UBND", "Số: …/2024/QĐ-UBND", "Số: ......./QĐ-UBND"]
)
def test_blank_number_and_date(line: str) -> None:
    found = read(
        f"ỦY BAN NHÂN DÂN\nTỈNH CAO BẰNG\n{line}\nCao Bằng, ngày    tháng    năm 2024\nQUYẾT ĐỊNH\nVề hư cấu\n{BODY}"
    )
    assert found.number is None
    assert found.issued is None
    assert found.type and found.type.value == "Quyết định"


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("01 /2025/TT-BTC", "01/2025/TT-BTC"),
        ("168/2024/NÐ-CP", "168/2024/NĐ-CP"),
        ("20/2024/TT- BTC", "20/2024/TT-BTC"),
        ("15/CT–TTg", "15/CT-TTg"),
        ("11/2026/TT-BT\u0421", "11/2026/TT-BTC"),
    ],
)
def test_canonical_numbers(raw: str, number: str) -> None:
    assert canonical(raw) == number


def test_consolidated_text_is_dated_by_its_authentication() -> None:
    found = read(
        "VĂN BẢN HỢP NHẤT - VĂN PHÒNG QUỐC HỘI\nLUẬT\nVIỆC HƯ CẤU\nCăn cứ Hiến pháp;\nĐiều 1. Một\nNội dung.\n"
        "VĂN PHÒNG QUỐC HỘI\nSố: 47/VBHN-VPQH\nXÁC THỰC VĂN BẢN HỢP NHẤT\nHà Nội, ngày 27 tháng 12 năm 2023\nCHỦ NHIỆM\nBùi Văn Thử\n"
    )
    assert found.number and found.number.value == "47/VBHN-VPQH"
    assert found.type and found.type.value == "Văn bản hợp nhất"
    assert found.issuers and found.issuers.value == ("Văn phòng Quốc hội",)
    assert found.issued and found.issued.value == date(2023, 12, 27)


def test_number_that_contradicts_the_type_is_doubted() -> None:
    found = read(
        "CHÍNH PHỦ\nSố: 100/2025/TT-BCA\nHà Nội, ngày 3 tháng 12 năm 2025\nNGHỊ ĐỊNH\nVề hư cấu\n"
        + BODY
    )
    assert found.number and found.number.confidence <= 0.5
    assert found.type and found.type.value == "Nghị định"
    assert found.issuers and found.issuers.value == ("Chính phủ",)


def test_registers_can_be_passed_in() -> None:
    known = Known(
        types=("Khế ước",),
        issuers=(Issuer("Ban Trăng Sao", ("BTS9",)),),
        type_codes=(("KU", "Khế ước"),),
    )
    found = propose(
        blocks_from_text("BAN TRĂNG SAO\nSố: 1/2099/KU-BTS9\nKHẾ ƯỚC\nVề trăng\n" + BODY),
        known=known,
    )
    assert found.type and found.type.value == "Khế ước"
    assert found.issuers and found.issuers.value == ("Ban Trăng Sao",)


def test_nothing_is_invented() -> None:
    assert propose([]) == Proposals()
    found = read("Một đoạn văn hư cấu không phải văn bản hành chính.\nMột đoạn nữa.")
    assert (found.number, found.type, found.issuers, found.issued, found.signers) == (None,) * 5


def test_builtin_register_is_consistent() -> None:
    known = default_known()
    assert known.issuer_of_code("BTC") == "Bộ Tài chính"
    assert known.issuer_of_code("QH15") == "Quốc hội"
    assert known.type_of_code("NĐ") == "Nghị định"
    assert known.names_in("BỘ VĂN HOÁ, THỂ THAO VÀ DU LỊCH") == ["Bộ Văn hóa, Thể thao và Du lịch"]
    assert known.province("TỈNH BẾN TRE") == "tỉnh Bến Tre"
