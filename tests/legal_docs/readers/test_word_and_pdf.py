"""Word and PDF, made here or real ones beside the repository. Made contents are fiction."""

import io
import re
import shutil
from pathlib import Path

import docx
import pytest

from legal_docs.importers.readers import read_file
from legal_docs.structure import articles, outline, parse
from tests.conftest import absent
from tests.real_data import real

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def element(xml: str):
    from docx.oxml import parse_xml

    return parse_xml(xml.replace(">", f' xmlns:w="{W}">', 1) if "xmlns:w" not in xml else xml)


def save(document, tmp_path: Path) -> Path:
    path = tmp_path / "a.docx"
    document.save(str(path))
    return path


def number(paragraph, num_id: int, level: int) -> None:
    paragraph._p.get_or_add_pPr().append(
        element(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')
    )


def add_numbering(document, num_id: int = 77) -> None:
    levels = ((0, "decimal", "Điều %1."), (1, "decimal", "%2."), (2, "lowerLetter", "%3)"))
    inner = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, form, text in levels
    )
    root = document.part.numbering_part.element
    root.insert(0, element(f'<w:abstractNum w:abstractNumId="{num_id}">{inner}</w:abstractNum>'))
    root.append(element(f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{num_id}"/></w:num>'))


def test_automatic_numbers_become_text(tmp_path: Path) -> None:
    document = docx.Document()
    add_numbering(document)
    for level, text in (
        (0, "Một"),
        (1, "Khoản"),
        (2, "Điểm"),
        (2, "Điểm"),
        (1, "Khoản"),
        (0, "Hai"),
        (1, "Khoản"),
    ):
        number(document.add_paragraph(text), 77, level)
    blocks = read_file(save(document, tmp_path)).blocks
    assert [block.text for block in blocks] == [
        "Điều 1. Một", "1. Khoản", "a) Điểm", "b) Điểm", "2. Khoản", "Điều 2. Hai", "1. Khoản",
    ]  # fmt: skip
    assert outline(parse(blocks))[-1] == "dieu-2.khoan-1"


def test_runs_tables_and_breaks(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("1. ")
    paragraph.add_run("Từ ngữ").bold = True
    paragraph.add_run(" hư cấu").add_break()
    paragraph.add_run("dòng sau")
    paragraph.alignment = 3
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "gộp ngang"
    table.cell(1, 0).text, table.cell(1, 1).text = "a", "b"
    tall = document.add_table(rows=2, cols=2)
    tall.cell(0, 0).merge(tall.cell(1, 0)).text = "gộp dọc"
    clause, wide, high = read_file(save(document, tmp_path)).blocks
    assert (clause.text, clause.align) == ("1. Từ ngữ hư cấu\ndòng sau", "justify")
    assert clause.html == "1. <b>Từ ngữ</b> hư cấu<br>dòng sau"
    assert wide.rows == (("gộp ngang",), ("a", "b"))
    assert '<td colspan="2">gộp ngang</td>' in wide.html
    assert '<td rowspan="2">gộp dọc</td>' in high.html


def test_tracked_changes(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Giữ ")
    paragraph._p.append(
        element('<w:del w:id="1" w:author="x"><w:r><w:delText>bỏ </w:delText></w:r></w:del>')
    )
    paragraph._p.append(element('<w:ins w:id="2" w:author="x"><w:r><w:t>thêm</w:t></w:r></w:ins>'))
    result = read_file(save(document, tmp_path))
    assert result.blocks[0].text == "Giữ thêm"
    assert "track changes" in result.warnings[0]


def test_legacy_fonts(tmp_path: Path) -> None:
    document = docx.Document()
    for font, text in (
        (".VnTimeH", "nghÞ ®Þnh"),
        (".VnTime", "§iÒu 1. Mét"),
        ("VNI-Times", "Ñieàu 2. Hai naêm"),
    ):
        run = document.add_paragraph().add_run(text)
        run.font.name = font
    result = read_file(save(document, tmp_path))
    assert [block.text for block in result.blocks] == [
        "NGHỊ ĐỊNH",
        "Điều 1. Một",
        "Điều 2. Hai năm",
    ]
    assert "TCVN3" in result.warnings[0] and "VNI" in result.warnings[0]


def test_doc_by_libreoffice(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        absent("LibreOffice")
    path = tmp_path / "a.rtf"
    path.write_bytes(b"{\\rtf1\\ansi Dieu 1. Mot\\par Noi dung.\\par}")
    result = read_file(path)
    assert (result.format, result.blocks[0].text) == ("rtf", "Dieu 1. Mot")


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("tvpl_docx/100_2015_QH13_296661.docx", 426),
        ("tvpl_docx/145_2020_ND-CP_459400.docx", 115),
        ("tvpl_docx/168_2024_ND-CP_619502.docx", 55),
        ("nd30_2020_original/30_2020_ND_CP.docx", 38),
        ("congbao_pdf_2026/nghi-dinh-so-12-2022-nd-cp-36716.pdf", 64),
        ("tvpl_pdf_laws/Bộ luật dân sự 2015.pdf", 689),
        ("makelegal_pdf_2026/89-2025-QH15.pdf", 79),
    ],
)
def test_real_files(name: str, count: int) -> None:
    result = read_file(real(f"files/{name}"))
    structure = parse(result.blocks)
    assert len(articles(structure)) == count
    assert structure.warnings == ()
    assert not any(re.match(r"\d* ?CÔNG BÁO", block.text) for block in result.blocks)


def test_memory_only_docx_round(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Chương I", 1)
    document.add_paragraph("QUY ĐỊNH CHUNG")
    document.add_paragraph("Điều 1. Một")
    document.add_paragraph("Nội dung.")
    buffer = io.BytesIO()
    document.save(buffer)
    path = tmp_path / "a.bin"
    path.write_bytes(buffer.getvalue())
    result = read_file(path)
    assert result.blocks[0].bold
    assert outline(parse(result.blocks)) == ("chuong-1", "dieu-1")
