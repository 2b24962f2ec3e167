"""Plain text, Markdown, HTML and old encodings. Contents are fiction."""

from pathlib import Path

import pytest

from legal_docs.importers.readers import blocks_from_html, read_file
from legal_docs.importers.readers.markdown import blocks_from_markdown
from legal_docs.structure import outline, parse
from portal.core.legacy_encodings import (
    detect,
    font_encoding,
    from_tcvn3,
    from_vni,
)

SENTENCE = "Điều 1. Cơ quan hư cấu của nước được quy định các việc theo ngày tháng năm"
TO_TCVN3 = dict(
    zip(
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
        strict=True,
    )
)


def tcvn3(text: str) -> str:
    return "".join(TO_TCVN3.get(char, char) for char in text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_unicode_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"{SENTENCE}\nNội\u00a0dung\u200b.\n".encode(encoding))
    result = read_file(path)
    assert [block.text for block in result.blocks] == [SENTENCE, "Nội dung."]
    assert (result.format, result.media_type, result.warnings) == ("text", "text/plain", [])


def test_windows_1258(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(
        "Ca\u0301c cơ quan va\u0300 tô\u0309 chư\u0301c theo quy đi\u0323nh cu\u0309a nươ\u0301c".encode(
            "cp1258"
        )
    )
    result = read_file(path)
    assert result.blocks[0].text == "Các cơ quan và tổ chức theo quy định của nước"
    assert "Windows-1258" in result.warnings[0]


def test_tcvn3_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(tcvn3(SENTENCE).encode("latin-1"))
    result = read_file(path)
    assert result.blocks[0].text == SENTENCE
    assert "TCVN3" in result.warnings[0]


def test_vni_text(tmp_path: Path) -> None:
    raw = "Ñieàu 1. Cô quan cuûa nöôùc ñöôïc quy ñònh caùc vieäc theo ngaøy thaùng naêm"
    path = tmp_path / "a.txt"
    path.write_bytes(raw.encode("cp1252"))
    result = read_file(path)
    assert (
        result.blocks[0].text
        == "Điều 1. Cơ quan của nước được quy định các việc theo ngày tháng năm"
    )
    assert "VNI" in result.warnings[0]


def test_legacy_tables() -> None:
    assert from_tcvn3(tcvn3("Nghị định số một"), capitals=True) == "NGHỊ ĐỊNH SỐ MỘT"
    assert (
        from_vni("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam") == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    )
    assert [font_encoding(f) for f in (".VnTime", ".VnTimeH", "VNI-Times", "Arial")] == [
        "tcvn3",
        "tcvn3-caps",
        "vni",
        "",
    ]
    assert detect(SENTENCE) == ""


def test_html_is_cleaned_and_kept_rich() -> None:
    blocks = blocks_from_html(
        "<html><head><title>x</title><style>p{}</style></head><body onload=x()>"
        "<script>alert(1)</script><p align=center><b>NGHỊ ĐỊNH</b></p>"
        '<p style="text-align:right"><i>Nơi Hư Cấu, ngày 1</i></p>'
        "<p>1. <b>Từ ngữ</b> là <a href='javascript:x()'>hư cấu</a><br>dòng sau</p>"
        "<table><tr><td colspan=2 onclick=x()>A<script>1</script></td></tr><tr><td>B</td><td>C<br>D</td></tr></table>"
        "<div style='display:none'>ẩn</div></body></html>"
    )
    title, place, clause, table = blocks
    assert (title.text, title.align, title.bold) == ("NGHỊ ĐỊNH", "center", True)
    assert (place.align, place.italic) == ("right", True)
    assert clause.text == "1. Từ ngữ là hư cấu\ndòng sau"
    assert clause.html == "1. <b>Từ ngữ</b> là hư cấu<br>dòng sau"
    assert table.rows == (("A",), ("B", "C\nD"))
    assert 'colspan="2"' in table.html
    assert not any(word in table.html for word in ("script", "onclick"))


def test_hostile_html_is_survived() -> None:
    for text in (
        "<table><tr><td>" * 3000 + "x",
        "<div>" * 20000 + "x",
        "<b>" * 20000 + "x",
        "<" * 50000,
        "",
    ):
        blocks_from_html(text)


def test_markdown(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "Hư cấu"\n---\n\n# Nghị định hư cấu\n\n## Chương I\n\nQUY ĐỊNH CHUNG\n\n### Điều 1. Một\n\n'
        "1. **Khoản** một\n\n- a) Điểm a\n\n| Cột | Cột |\n|---|---|\n| một | hai |\n\n**Điều 2. Hai**\n\nNội dung [a](http://b).\n"
    )
    blocks = blocks_from_markdown(text)
    assert outline(parse(blocks)) == (
        "chuong-1",
        "dieu-1",
        "dieu-1.khoan-1",
        "dieu-1.khoan-1.diem-a",
        "dieu-2",
    )
    assert next(block for block in blocks if block.kind == "table").rows == (
        ("Cột", "Cột"),
        ("một", "hai"),
    )
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    assert read_file(path).format == "markdown"
