"""Traps of real drafting practice, each with a small fictional text."""

import time
import unicodedata

from legal_docs.structure import Block, blocks_from_articles, blocks_from_text, outline, parse


def ids(text: str) -> list[str]:
    return list(outline(parse(blocks_from_text(text))))


def articles_of(text: str) -> list[str]:
    return [
        eid
        for eid in ids(text)
        if eid.rsplit(".", 1)[-1].startswith("dieu-") and "khoan" not in eid
    ]


HEAD = """CƠ QUAN HƯ CẤU
Số: 99/2099/NĐ-HC
Nơi Hư Cấu, ngày 01 tháng 02 năm 2099
NGHỊ ĐỊNH
Quy định một việc hư cấu
Căn cứ Luật Hư cấu số 1/2098/QH99;
Cơ quan hư cấu ban hành Nghị định quy định một việc hư cấu.
"""


def test_full_hierarchy() -> None:
    text = HEAD + (
        "Phần thứ nhất\nPHẦN ĐẦU\nChương I\nQUY ĐỊNH CHUNG\nMục 1\nTÊN MỤC\nTiểu mục 1. TÊN TIỂU MỤC\n"
        "Điều 1. Phạm vi\n1. Khoản một:\na) Điểm a;\nd) Điểm d;\nđ) Điểm đ.\n2. Khoản hai.\n"
        "Chương II\nCHƯƠNG SAU\nĐiều 2. Chỉ có điểm\nGồm có:\na) Một;\nb) Hai.\n"
    )
    assert ids(text) == [
        "phan-1",
        "phan-1.chuong-1",
        "phan-1.chuong-1.muc-1",
        "phan-1.chuong-1.muc-1.tieu-muc-1",
        "dieu-1",
        "dieu-1.khoan-1",
        "dieu-1.khoan-1.diem-a",
        "dieu-1.khoan-1.diem-d",
        "dieu-1.khoan-1.diem-dd",
        "dieu-1.khoan-2",
        "phan-1.chuong-2",
        "dieu-2",
        "dieu-2.diem-a",
        "dieu-2.diem-b",
    ]


def test_headings_on_the_next_line() -> None:
    structure = parse(
        blocks_from_text(
            HEAD + "Chương I\nNHỮNG QUY ĐỊNH CHUNG\nĐiều 1.\nPhạm vi\n1. Một.\n2. Hai.\n"
        )
    )
    chapter = structure.nodes[0]
    assert chapter.heading == "NHỮNG QUY ĐỊNH CHUNG"
    assert chapter.children[0].heading == "Phạm vi"


def test_parts_of_the_frame() -> None:
    text = HEAD + (
        "Điều 1. Hiệu lực\nNghị định này có hiệu lực từ ngày 02 tháng 02 năm 2099.\n"
        "Nơi nhận:\n- Như Điều 1;\n- Lưu: VT.\nTM. CƠ QUAN HƯ CẤU\nBỘ TRƯỞNG\nNguyễn Văn Hư\n"
    )
    structure = parse(blocks_from_text(text))
    assert structure.bases[0].text.startswith("Căn cứ Luật Hư cấu")
    assert [b.text for b in structure.recipients] == ["Nơi nhận:", "- Như Điều 1;", "- Lưu: VT."]
    assert [b.text for b in structure.signature] == [
        "TM. CƠ QUAN HƯ CẤU",
        "BỘ TRƯỞNG",
        "Nguyễn Văn Hư",
    ]
    assert structure.warnings == ()


def test_quoted_articles_of_an_amending_text() -> None:
    for left, right in (("“", "”"), ('"', '"')):
        text = HEAD + (
            "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định hư cấu\n"
            f"1. Sửa đổi Điều 5 như sau:\n{left}Điều 5. Tên mới\n1. Khoản mới.\n2. Khoản nữa.{right}.\n"
            f"2. Bổ sung Điều 5a như sau:\n{left}Điều 5a. Điều chèn\nNội dung.{right}.\n"
            "Điều 2. Hiệu lực thi hành\nCó hiệu lực ngay.\n"
        )
        assert ids(text) == ["dieu-1", "dieu-1.khoan-1", "dieu-1.khoan-2", "dieu-2"]


def test_unquoted_new_wording() -> None:
    text = HEAD + (
        "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định hư cấu như sau:\n"
        "1. Điều 2 được sửa đổi như sau:\nĐiều 2. Tên mới\nNội dung mới.\n"
        "2. Điều 9 được sửa đổi như sau:\nĐiều 9. Tên mới\nNội dung mới.\n"
        "Điều 2. Hiệu lực\nCó hiệu lực ngay.\n"
    )
    assert articles_of(text) == ["dieu-1", "dieu-2"]


def test_unclosed_quotation_does_not_swallow_the_rest() -> None:
    text = HEAD + (
        "Điều 1. Sửa đổi Nghị định hư cấu\nSửa đổi khoản 1 như sau:\n“1. Khoản mới không có dấu đóng.\n"
        "Điều 2. Bãi bỏ\nBãi bỏ một điều.\nĐiều 3. Hiệu lực\nCó hiệu lực ngay.\n"
    )
    assert articles_of(text) == ["dieu-1", "dieu-2", "dieu-3"]


def test_attached_text_has_its_own_articles() -> None:
    body = "{title}\nQuản lý hư cấu\n(Ban hành kèm theo Quyết định số 1/2099/QĐ-HC)\nChương I\nCHUNG\nĐiều 1. Một\nNội dung.\nĐiều 2. Hai\nNội dung.\n"
    text = HEAD + (
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế hư cấu.\nĐiều 2. Hiệu lực.\n"
        "TM. CƠ QUAN HƯ CẤU\nBỘ TRƯỞNG\nNguyễn Văn Hư\n"
    )
    text += (
        body.format(title="QUY CHẾ") + body.format(title="QUY CHẾ") + body.format(title="QUY ĐỊNH")
    )
    assert articles_of(text) == [
        "dieu-1", "dieu-2",
        "quy-che.dieu-1", "quy-che.dieu-2",
        "quy-che-2.dieu-1", "quy-che-2.dieu-2",
        "quy-dinh.dieu-1", "quy-dinh.dieu-2",
    ]  # fmt: skip


def test_forms_in_appendices_are_not_own_articles() -> None:
    text = HEAD + (
        "Điều 1. Một\nNội dung.\nTM. CƠ QUAN HƯ CẤU\nBỘ TRƯỞNG\nNguyễn Văn Hư\n"
        "PHỤ LỤC I\nMẪU QUYẾT ĐỊNH\nQUYẾT ĐỊNH\nĐiều 1. Cho phép ông/bà …\nĐiều 2. Có hiệu lực.\n"
        "PHỤ LỤC II\nDANH MỤC\n1. Một dòng\n"
    )
    structure = parse(blocks_from_text(text))
    assert [node.eid for node in structure.appendices] == ["phu-luc-1", "phu-luc-2"]
    assert [e for e in outline(structure) if "dieu" in e] == ["dieu-1"]


def test_unnumbered_appendix_and_forms_without_heading() -> None:
    text = (
        HEAD
        + "Điều 1. Một\nNội dung.\nTM. CƠ QUAN HƯ CẤU\nBỘ TRƯỞNG\nNguyễn Văn Hư\nPHỤ LỤC\nMẪU ĐƠN\nĐiều 1. …\n"
    )
    assert ids(text) == ["dieu-1", "phu-luc"]


def test_old_documents_without_articles() -> None:
    text = HEAD + (
        "I. QUY ĐỊNH CHUNG\n1. Mục đích:\na) Một;\nb) Hai.\n2. Yêu cầu.\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Phân công:\n1.1. Cơ quan một;\n1.2. Cơ quan hai.\n"
    )
    assert ids(text) == [
        "muc-1", "muc-1.khoan-1", "muc-1.khoan-1.diem-a", "muc-1.khoan-1.diem-b", "muc-1.khoan-2",
        "muc-2", "muc-2.khoan-1", "muc-2.khoan-1.khoan-1-1", "muc-2.khoan-1.khoan-1-2",
    ]  # fmt: skip


def test_parts_by_letter() -> None:
    text = (
        HEAD + "A. PHẦN MỘT\nI. MỤC MỘT\n1. Một điểm.\nB. PHẦN HAI\nI. MỤC MỘT\n1. Một điểm nữa.\n"
    )
    assert ids(text) == [
        "phan-a", "phan-a.muc-1", "phan-a.muc-1.khoan-1",
        "phan-b", "phan-b.muc-1", "phan-b.muc-1.khoan-1",
    ]  # fmt: skip


def test_letter_without_any_items() -> None:
    text = (
        "CƠ QUAN HƯ CẤU\nSố: 12/CQ-HC\nV/v trả lời hư cấu\nKính gửi: Ông Hư\n"
        "Cơ quan hư cấu nhận được thư của ông và trả lời như sau: mọi việc trong thư này đều là hư cấu, "
        "không có điều khoản nào cả và không có gì để đánh số.\nTrân trọng./.\nNơi nhận:\n- Như trên;\n"
        "TL. BỘ TRƯỞNG\nVỤ TRƯỞNG\nTrần Thị Cấu\n"
    )
    structure = parse(blocks_from_text(text))
    assert structure.nodes == ()
    assert [w.code for w in structure.warnings] == ["no-provisions"]
    assert structure.signature[-1].text == "Trần Thị Cấu"


def test_directive_with_numbered_items() -> None:
    text = (
        "THỦ TƯỚNG HƯ CẤU\nSố: 5/CT-HC\nCHỈ THỊ\nVề một việc hư cấu\nĐể làm tốt việc hư cấu, yêu cầu:\n"
        "1. Các bộ:\na) Làm một;\nb) Làm hai.\n2. Các tỉnh làm ba.\n"
    )
    assert ids(text) == ["khoan-1", "khoan-1.diem-a", "khoan-1.diem-b", "khoan-2"]


def test_table_of_contents_is_not_the_text() -> None:
    text = HEAD + (
        "Điều 1. Một\nĐiều 2. Hai\nĐiều 3. Ba\nĐiều 1. Một\nNội dung một.\nĐiều 2. Hai\nNội dung hai.\n"
        "Điều 3. Ba\nNội dung ba.\n"
    )
    structure = parse(blocks_from_text(text))
    assert list(outline(structure)) == ["dieu-1", "dieu-2", "dieu-3"]
    assert structure.warnings == ()


def test_gap_and_repetition_are_warned_about() -> None:
    text = (
        HEAD
        + "Điều 1. Một\nNội dung.\nĐiều 3. Ba\nNội dung.\nĐiều 3. Ba nữa\nNội dung.\nĐiều 4. Bốn\nNội dung.\n"
    )
    structure = parse(blocks_from_text(text))
    assert list(outline(structure)) == ["dieu-1", "dieu-3", "dieu-3~2", "dieu-4"]
    assert [(w.code, w.message_vi) for w in structure.warnings] == [
        ("gap", "Không thấy Điều 2 trước Điều 3."),
        ("repeated", "Điều 3 xuất hiện nhiều lần."),
    ]


def test_inserted_articles_in_a_consolidated_text() -> None:
    text = HEAD + "".join(f"Điều {n}. Tên {n}\nNội dung.\n" for n in ("1", "2", "2a", "2b", "3"))
    assert articles_of(text) == ["dieu-1", "dieu-2", "dieu-2a", "dieu-2b", "dieu-3"]


def test_unicode_forms() -> None:
    text = HEAD + "Ðiều 1. Một\nNội dung.\nĐiều\u00a02.\u200b Hai\nNội dung.\n"
    assert articles_of(unicodedata.normalize("NFD", text)) == ["dieu-1", "dieu-2"]


WRAPPED = """
2 CÔNG BÁO/Số 11 + 12/Ngày 02-02-2099

CƠ QUAN HƯ CẤU CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Điều 1. Phạm vi điều chỉnh của một văn bản hư cấu dài đến mức phải xuống dòng
trong bản in
1. Cơ quan, tổ chức, cá nhân hư cấu có trách nhiệm thực hiện các quy định tại
Điều 2 của Nghị định này và các quy định khác của pháp luật hư cấu về quản lý, sử
dụng tài sản hư cấu, được ban hành ngày 20 tháng 6 năm
2098. Việc thực hiện do cơ quan hư cấu quyết định.
2. Tổ chức hư cấu có trách nhiệm báo cáo kết quả thực hiện với cơ quan hư cấu cấp

CÔNG BÁO/Số 11 + 12/Ngày 02-02-2099
3

trên trực tiếp trước ngày cuối cùng của mỗi quý, theo mẫu do cơ quan hư cấu ban hành.
Điều 2. Đối tượng áp dụng của văn bản hư cấu này là mọi tổ chức và cá nhân hư cấu
ở mọi nơi
Nội dung của điều thứ hai cũng đủ dài để phải xuống dòng một lần nữa trong bản in
hư cấu.
"""


def test_wrapped_gazette_text() -> None:
    structure = parse(blocks_from_text(WRAPPED))
    assert list(outline(structure)) == ["dieu-1", "dieu-1.khoan-1", "dieu-1.khoan-2", "dieu-2"]
    first, second = structure.nodes
    assert first.heading.endswith("trong bản in")
    assert "cấp trên trực tiếp" in first.children[1].blocks[0].text
    assert "CÔNG BÁO" not in first.children[1].blocks[0].text
    assert second.heading.endswith("ở mọi nơi")


def test_article_lists_are_authoritative() -> None:
    items = [
        {"so": "Điều 4", "tieu_de": "Nguyên tắc.", "noi_dung": "1. Một:\na) Điểm.\n2. Hai."},
        {
            "so": "Điều 9",
            "tieu_de": "",
            "noi_dung": "Ngắn\nĐiều 10. Trích dẫn không phải điều của văn bản.",
        },
        {"so": "Điều 9a", "tieu_de": "Chèn", "noi_dung": "Nội dung."},
    ]
    structure = parse(blocks_from_articles(items))
    assert list(outline(structure)) == [
        "dieu-4", "dieu-4.khoan-1", "dieu-4.khoan-1.diem-a", "dieu-4.khoan-2", "dieu-9", "dieu-9a",
    ]  # fmt: skip
    assert [node.heading for node in structure.nodes] == ["Nguyên tắc.", "", "Chèn"]
    assert [node.label for node in structure.nodes] == ["Điều 4.", "Điều 9.", "Điều 9a."]


def test_signature_table_is_split() -> None:
    rows = (("Nơi nhận:\n- Như Điều 2;", "TM. CƠ QUAN HƯ CẤU\nBỘ TRƯỞNG\n\nNguyễn Văn Hư"),)
    blocks = [Block("Điều 1. Một"), Block("Nội dung."), Block("Nơi nhận…", kind="table", rows=rows)]
    structure = parse(blocks)
    assert [b.text for b in structure.recipients] == ["Nơi nhận:", "- Như Điều 2;"]
    assert structure.signature[-1].text == "Nguyễn Văn Hư"


def test_long_and_hostile_texts_take_linear_time() -> None:
    big = HEAD + "".join(
        f"Điều {n}. Tên\n1. Một:\na) Điểm;\nb) Điểm.\n2. Hai.\n" for n in range(1, 2001)
    )
    hostile = [
        "“" * 20000,
        "Điều " * 5000,
        "1" * 50000,
        "((((" * 10000,
        "Phần thứ " + "một " * 20000,
        "Điều 1. x\n" * 4000,
    ]
    start = time.process_time()
    assert len(ids(big)) == 2000 * 5
    first = time.process_time() - start
    for text in hostile:
        parse(blocks_from_text(text))
    assert first < 30
    assert time.process_time() - start < 60


def test_loose_and_struck_headings() -> None:
    text = HEAD + (
        "Điều 1. Giải thích từ ngữ\nCác từ ngữ dưới đây được hiểu như sau:\n1. Hư là không thật.\n"
        "Điều 2 Tên điều không có dấu chấm\nNội dung.\nĐiều 3.4 (được bãi bỏ)\nĐiều 4. Hiệu lực\nCó hiệu lực ngay.\n"
    )
    assert articles_of(text) == ["dieu-1", "dieu-2", "dieu-3", "dieu-4"]


def test_stray_quotation_mark_in_a_definition() -> None:
    text = HEAD + (
        "Điều 1. Giải thích từ ngữ\n1. “Hư cấu là chuyện không có thật.\nĐiều 2. Hai\nNội dung.\nĐiều 3. Ba\n"
        "Theo nghĩa của từ hư cấu”.\nĐiều 4. Bốn\nNội dung.\n"
    )
    assert articles_of(text) == ["dieu-1", "dieu-2", "dieu-3", "dieu-4"]
