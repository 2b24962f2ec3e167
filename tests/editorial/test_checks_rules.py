"""The rules under the publication checks, without a database. All persons are fiction."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import personal_data
from portal.core.legacy_encodings import leftovers
from portal.editorial.checks.links import malformed
from portal.editorial.checks.names_by_date import Name, wrong_names
from portal.editorial.checks.pictures import says_nothing
from portal.editorial.checks.secrecy import mark_in

ODD = st.text(alphabet=st.characters(codec="utf-8"), max_size=400)
#: Pieces of which patterns are made, so that hypothesis comes near to what they read.
NEAR = st.lists(
    st.sampled_from(
        ["0", "9", "12", "0912", " ", ".", "-", "/", "CMND", "số", "tài khoản", "STK", ":", "sinh",
         "ngày", "năm", "1980", "khiếu nại", "ông", "Nguyễn", "Văn", "\n", "®", "kho¶n", "ñ", "Ã¡",
         "MẬT", "TỐI", "Độ mật", "<p>", "</p>", "<td>", "&nbsp;", "\u0301", "\u200b", "Đ"]
    ),
    max_size=200,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        ("CCCD số 001085012345 cấp ngày", "identity", "001085012345"),
        ("chứng minh nhân dân: 123 456 789", "identity", "123 456 789"),
        ("hộ chiếu số B1234567.", "identity", "B1234567"),
        ("gọi 0912.345.678 để", "telephone", "0912.345.678"),
        ("gọi +84 912 345 678", "telephone", "+84 912 345 678"),
        ("Số tài khoản: 0451 0001 23456 tại Ngân hàng", "account", "0451 0001 23456"),
        ("ông Mít sinh ngày 12/03/1971", "birth", "12/03/1971"),
        ("bà Na, sinh năm 1971, trú tại", "birth", "1971"),
        ("khiếu nại của ông Nguyễn Văn Mít", "complaint", "Nguyễn Văn Mít"),
    ],
)
def test_personal_data_is_found(text, kind, hidden):
    assert [(one.kind, one.text) for one in personal_data.find(text)] == [(kind, hidden)]


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định 168/2024/NĐ-CP ngày 26/12/2024",
        "kinh phí 1.234.567.890.123 đồng; 0912345678901234",
        "tài khoản số 3741.0.1057777 tại Kho bạc Nhà nước",
        "người sinh ngày 01/01/1960 trở về trước",
        "Ngày sinh: …………",
        "giải quyết khiếu nại của Chủ tịch Ủy ban nhân dân",
        "điện thoại 024.38045444",
        "mã số 0101-2345-6789-0123",
    ],
)
def test_what_is_nobody_s_is_left(text):
    assert personal_data.find(text) == []


@pytest.mark.parametrize(
    ("head", "mark"),
    [
        ("<p>MẬT</p><p>Số: 1</p>", "MẬT"),
        ("<table><tr><td>UBND TỈNH</td><td><b>TUYỆT MẬT</b></td></tr></table>", "TUYỆT MẬT"),
        ("Số: 12\n[TỐI MẬT]\n", "TỐI MẬT"),
        ("<p>Độ mật: Mật</p>", "Độ mật: Mật"),
        ("<p>Bảo vệ bí mật nhà nước</p><p>tài liệu mật</p>", ""),
        ("<p>DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TỐI MẬT</p>", ""),
        ("MẬT ONG", ""),
    ],
)
def test_a_mark_of_secrecy_stands_alone(head, mark):
    assert mark_in(head) == mark


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        ("Quy ®Þnh kho¶n 2", {"TCVN3"}),
        ("Ñieàu 5 quy ñònh cuûa", {"VNI"}),
        ("Nghá»‹ Ä‘á»‹nh", {"UTF-8"}),
        ("Nghi\u0323 định", {"tổ hợp"}),
        ("lỗi \ufffd ở đây", {"UTF-8"}),
        ("Müller, Café, São Paulo, Ångström, côté; 5 µm, 3 µg/m³; Windows® © 2020 ½ ±5°", set()),
        ("Điều 5. “Quy định” – khoản 2", set()),
    ],
)
def test_leftovers_of_encodings(text, encodings):
    assert {name for _word, name in leftovers(text)} == encodings


def test_links_and_pictures():
    good = ("https://a.vn/x?y=1", "/van-ban/", "#dieu-5", "mailto:a@b.vn", "?trang=2")
    bad = (
        "",
        " ",
        "www.a.vn",
        "htp://a",
        "http://",
        "javascript:alert(1)",
        "https://a b.vn",
        "http://[::1",
    )
    assert [malformed(one) for one in good] == [False] * len(good)
    assert [malformed(one) for one in bad] == [True] * len(bad)
    assert says_nothing("") and says_nothing("image 3") and says_nothing("so-do.png")
    assert not says_nothing("Sơ đồ tổ chức của Sở Hạt Mít")


def test_names_know_their_days():
    import datetime as dt

    old = Name("tỉnh Bến Tre", None, dt.date(2025, 7, 1))
    new = Name("Bộ Nông nghiệp và Môi trường", dt.date(2025, 3, 1), None)
    text = "Ủy ban nhân dân tỉnh Bến Tre và Bộ Nông nghiệp và Môi trường"
    assert list(wrong_names(text, [old, new], dt.date(2026, 1, 1))) == [(old, 1)]
    assert list(wrong_names(text, [old, new], dt.date(2020, 1, 1))) == [(new, 1)]
    past = "tỉnh Bến Tre (cũ); Quyết định số 5/QĐ-UBND của Ủy ban nhân dân tỉnh Bến Tre"
    assert list(wrong_names(past, [old], dt.date(2026, 1, 1))) == []


@given(ODD | NEAR)
def test_no_text_breaks_a_rule(text):
    for one in personal_data.find(text):
        assert text[one.start : one.end] == one.text
    leftovers(text)
    mark_in(text)
    malformed(text)
    says_nothing(text)


@pytest.mark.parametrize(
    "unit",
    ["0", "0 ", "9.", "sinh ngày ", "khiếu nại ông ", "CMND ", "A ", "Nguyễn ", "số tài khoản ",
     "®", "ñ", "<", "<p>", "MẬT ", "Độ mật: ", "á»", "e\u0301", "khiếu nại", "(", "\u00a0", "a-", "www."],
)  # fmt: skip
def test_long_repetitions_take_no_time(unit):
    text = unit * (300_000 // len(unit))
    begun = time.perf_counter()
    personal_data.find(text)
    leftovers(text)
    mark_in(text)
    malformed(text)
    says_nothing(text)
    assert time.perf_counter() - begun < 3
