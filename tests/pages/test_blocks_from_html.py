"""What Word and others put on the clipboard, as blocks: nothing lost, nothing of theirs left."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

import portal.pages.blocks_from_html as module
from portal.pages.blocks_from_html import Told, blocks_from_html, lists

#: A page as Word puts it on the clipboard: conditional comments, Office tags, styles without end.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style><!-- p.MsoNormal {margin:0cm; mso-pagination:widow-orphan;} --></style></head>
<body lang=VI link="#0563C1" style='tab-interval:36.0pt'>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<h1>Quy chế<o:p></o:p></h1>
<p class=MsoNormal style='margin-bottom:6.0pt'><b style='mso-bidi-font-weight:normal'><span
style='font-family:"Times New Roman"'>Hồ sơ</span></b><span> gồm
hai tờ</span><a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span
class=MsoFootnoteReference><span style='font-size:13.0pt'>[1]</span></span><![endif]></span></span></a>,
sân 5 m<sup>2</sup>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoCaption>Bảng <span style='mso-element:field-begin'></span>1. Mức thu</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'><td width=100><p class=MsoNormal align=center><b>Loại
 hạt<o:p></o:p></b></p></td><td><p class=MsoNormal><b>Mức thu</b></p></td></tr>
 <tr><td><p class=MsoNormal>Hạt to<o:p></o:p></p></td><td><p class=MsoNormal>12.000<br>đồng</p></td></tr>
 <tr><td><p class=MsoNormal>Hạt nhỏ</p></td><td><p class=MsoNormal><o:p>&nbsp;</o:p></p></td></tr>
 <![if !supportMisalignedColumns]><tr height=0><td width=100></td><td width=90></td></tr><![endif]>
</table>
<p class=MsoNormal>Hết.</p>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all>
<hr align=left size=1 width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1'
href="#_ftnref1" name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> Theo mẫu
của Sở.<o:p></o:p></p></div></div></body></html>"""


def item(level: int, marker: str, words: str, of: str = "l0 level{} lfo1") -> str:
    """A paragraph that Word shows as an item of a list."""
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:{of.format(level)}'>"
        f"<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>{marker}"
        "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>"
        f"{words}<o:p></o:p></p>"
    )


def text_of(html: str, **options) -> str:
    """The one text block that HTML becomes."""
    ((kind, value),) = blocks_from_html(html, **options).blocks
    assert kind == "text"
    return value


def table_of(html: str) -> dict:
    """The one table block that HTML becomes."""
    ((kind, value),) = blocks_from_html(html).blocks
    assert kind == "table"
    return value


def test_the_examples_of_the_module():
    for one in (module, lists):
        tried = doctest.testmod(one)
        assert (tried.attempted > 0, tried.failed) == (True, 0)


def test_a_page_of_word_becomes_text_table_text():
    made = blocks_from_html(WORD)
    assert [kind for kind, _value in made.blocks] == ["text", "table", "text"]
    before, table, after = (value for _kind, value in made.blocks)
    assert before == ("<h3>Quy chế</h3><p><b>Hồ sơ</b> gồm hai tờ[1], sân 5 m<sup>2</sup>.</p>")
    assert table["data"] == [["Loại hạt", "Mức thu"], ["Hạt to", "12.000\nđồng"], ["Hạt nhỏ", ""]]
    assert table["table_caption"] == "Bảng 1. Mức thu"
    assert (table["table_header_choice"], table["first_row_is_table_header"]) == ("row", True)
    assert after == "<p>Hết.</p><p>[1] Theo mẫu của Sở.</p>"
    assert made.told == frozenset()


def test_without_a_place_for_tables_each_row_is_a_paragraph():
    made = blocks_from_html(WORD, tables=False)
    ((kind, text),) = made.blocks
    assert kind == "text"
    assert "<p><b>Loại hạt – Mức thu</b></p><p>Hạt to – 12.000 đồng</p><p>Hạt nhỏ</p>" in text
    assert made.told == {Told.ROWS}


# --- lists --------------------------------------------------------------------------------------


def test_lists_of_word_keep_their_nesting():
    html = (
        item(1, "·", "Một")
        + item(2, "o", "Một hai")
        + item(3, "§", "Một hai ba")
        + item(1, "·", "Hai")
        + item(1, "1.", "Ba", "l1 level{} lfo2")
        + item(2, "a.", "Ba bốn", "l1 level{} lfo2")
        + item(1, "2.", "Năm", "l1 level{} lfo2")
    )
    assert text_of(html) == (
        "<ul><li>Một<ul><li>Một hai<ul><li>Một hai ba</li></ul></li></ul></li><li>Hai</li></ul>"
        "<ol><li>Ba<ol><li>Ba bốn</li></ol></li><li>Năm</li></ol>"
    )


def test_real_lists_keep_their_nesting_too():
    html = (
        "<ul type=disc><li class=MsoNormal>A<ul><li><p>B</p><p>C</p></li></ul></li>"
        "<ul><li>D</li></ul><li>E</li></ul><ol><li>F<ol type=a><li>G</ol><li>H</ol>"
    )
    assert text_of(html) == (
        "<ul><li>A<ul><li>B<br>C</li><li>D</li></ul></li><li>E</li></ul>"
        "<ol><li>F<ol><li>G</li></ol></li><li>H</li></ol>"
    )


@pytest.mark.parametrize(
    "markers", [("3.", "4."), ("a)", "b)"), ("I.", "II."), ("1.", "3."), ("Điều 1.", "Điều 2.")]
)
def test_a_number_that_a_list_would_change_stays_in_words(markers):
    html = "".join(item(1, marker, "Sân phơi") for marker in markers)
    assert text_of(html) == "".join(f"<p>{marker} Sân phơi</p>" for marker in markers)


def test_numbers_go_on_after_a_paragraph():
    html = item(1, "1.", "Một") + "<p>Giữa</p>" + item(1, "2.", "Hai")
    assert text_of(html) == "<p>1. Một</p><p>Giữa</p><p>2. Hai</p>"
    assert text_of("<ol start=5><li>Năm<li>Sáu</ol>") == "<p>5. Năm</p><p>6. Sáu</p>"


def test_a_numbered_heading_keeps_its_number():
    html = (
        "<h2 style='mso-list:l3 level1 lfo4'><span style='mso-list:Ignore'>II.</span>Thủ tục</h2>"
    )
    assert text_of(html) == "<h3>II. Thủ tục</h3>"


# --- tables -------------------------------------------------------------------------------------


def rows(*written: str) -> str:
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in written) + "</table>"


def test_merged_cells_are_repeated_and_told():
    html = rows("<td rowspan=2>A<td>B", "<td>C", "<td colspan=2>Nhóm II", "<td>D<td>E")
    made = blocks_from_html(html)
    assert made.blocks[0][1]["data"] == [["A", "B"], ["A", "C"], ["Nhóm II", ""], ["D", "E"]]
    assert made.told == {Told.MERGED}


def test_a_head_of_two_rows_becomes_one():
    html = rows(
        "<td rowspan=2><b>Loại</b><td colspan=2><b>Mức thu</b>",
        "<td><b>Xã</b><td><b>Phường</b>",
        "<td>Hạt to<td>1<td>2",
    )
    table = table_of(html)
    assert table["data"] == [["Loại", "Mức thu – Xã", "Mức thu – Phường"], ["Hạt to", "1", "2"]]
    assert table["table_header_choice"] == "row"


@pytest.mark.parametrize(
    ("html", "choice"),
    [
        (rows("<td>A<td>B", "<td>1<td>2"), "neither"),
        (rows("<th>A<th>B", "<td>1<td>2"), "row"),
        (rows("<th>A<th>B", "<th>1<td>2"), "both"),
        (rows("<th>A<td>B", "<th>1<td>2"), "column"),
        (rows("<td><b>A</b><td><b>B</b>", "<td>1<td>2"), "row"),
        (rows("<td><b>A</b><td><b>B</b>", "<td><b>1</b><td><b>2</b>"), "neither"),
        (rows("<td style='font-weight:700'>A<td>B", "<td><b>1</b><td>2"), "column"),
        ("<table><thead><tr><td>A<td>B<tbody><tr><td>1<td>2</table>", "row"),
        ("<table><thead><tr><td>A<td>B</table>", "neither"),
    ],
)
def test_the_heads_of_rows_and_columns_are_recognised(html, choice):
    table = table_of(html)
    assert table["table_header_choice"] == choice
    assert table["first_row_is_table_header"] == (choice in ("row", "both"))
    assert table["first_col_is_header"] == (choice in ("column", "both"))
    assert table["data"][0] == ["A", "B"]


@pytest.mark.parametrize(
    ("before", "after", "caption"),
    [
        ("<p>Bảng 2: Mức thu</p>", "", "Bảng 2: Mức thu"),
        ("<p class=MsoCaption>Mức thu năm</p>", "", "Mức thu năm"),
        ("", "<p class=MsoCaption>Bảng 3. Mức thu</p>", "Bảng 3. Mức thu"),
        ("<p>Bảng 2 nêu mức thu.</p>", "", ""),
        ("<p class=MsoCaption>Hình 1. Hạt mít</p>", "", ""),
        ("", "<p class=MsoCaption>Hình 1. Hạt mít</p>", ""),
        ("<p>Mức thu</p>", "", ""),
    ],
)
def test_the_caption_of_a_table_is_told_from_other_lines(before, after, caption):
    made = blocks_from_html(before + rows("<td>A<td>B", "<td>1<td>2") + after)
    tables = [value for kind, value in made.blocks if kind == "table"]
    assert [table["table_caption"] for table in tables] == [caption]
    assert ("text" in [kind for kind, _value in made.blocks]) == (not caption)


def test_a_caption_below_is_that_of_the_next_table():
    one = rows("<td>A<td>B", "<td>1<td>2")
    made = blocks_from_html(f"{one}<p class=MsoCaption>Bảng 2. Sau</p>{one}")
    assert [value["table_caption"] for _kind, value in made.blocks] == ["", "Bảng 2. Sau"]


def test_a_title_from_side_to_side_is_the_caption():
    table = table_of(rows("<td colspan=2><b>MỨC THU</b>", "<td><b>A</b><td><b>B</b>", "<td>1<td>2"))
    assert (table["table_caption"], table["data"]) == ("MỨC THU", [["A", "B"], ["1", "2"]])


def test_columns_that_only_word_sees_are_gone():
    made = blocks_from_html(rows("<td colspan=2>A<td>B", "<td colspan=2>C<td>D"))
    assert made.blocks[0][1]["data"] == [["A", "B"], ["C", "D"]]
    assert made.told == frozenset()


def test_what_stands_in_a_cell_is_kept_as_words():
    cell = (
        item(1, "·", "một")
        + "<p><a href='https://vi-du.vn/'>hai</a> và <a href='https://vi-du.vn/'>https://vi-du.vn/</a></p>"
        + rows("<td>ba<td>bốn")
    )
    made = blocks_from_html(rows(f"<td>A<td>{cell}"))
    said = "- một\nhai (https://vi-du.vn/) và https://vi-du.vn/\nba – bốn"
    assert made.blocks[0][1]["data"] == [["A", said]]
    assert made.told == {Told.NESTED}


def test_a_frame_is_no_table():
    assert text_of(rows("<td><p>Một</p><ul><li>Hai</ul>")) == "<p>Một</p><ul><li>Hai</li></ul>"
    assert blocks_from_html(rows("<td><td>")).blocks == []


def test_a_table_without_end_is_given_as_lines():
    made = blocks_from_html(rows(*["<td colspan=9000>A<td>B"] * 300))
    assert [kind for kind, _value in made.blocks] == ["text"]
    assert made.told == {Told.ROWS}


# --- what is left out ---------------------------------------------------------------------------


def test_nothing_that_acts_or_is_hidden_comes_along():
    text = text_of(
        "<p onclick='x()' style='mso-x:y' class=Mso>A<script>alert(1)</script><img src=x onerror=y>"
        "<span style='display:none'>B</span><span style='mso-hide:all'>C</span>"
        "<a href='javascript:x()'>D</a><a href='file:///C:/x'>E</a><a href='//vi-du.vn'>F</a>"
        "<a href='https://vi-du.vn/?a=1&amp;b=\"2'>G</a>&lt;script&gt;</p>"
    )
    assert text == ('<p>ADEF<a href="https://vi-du.vn/?a=1&amp;b=&quot;2">G</a>&lt;script&gt;</p>')


def test_remarks_and_deleted_words_are_left_out_and_told():
    made = blocks_from_html(
        "<p>Mức <del cite='mailto:x'>mười</del><ins>chín</ins> đồng<span class=MsoCommentReference>"
        "<a class=msocomanchor href='#_msocom_1'>[m1]</a></span></p>"
        "<div style='mso-element:comment-list'><div style='mso-element:comment'>Sai?</div></div>"
    )
    assert made == ([("text", "<p>Mức chín đồng</p>")], {Told.REMARKS})


def test_pictures_are_told_or_given():
    html = "<p>A<img src='/x/b.jpg' alt='Mít'>B</p>" + rows("<td>1<td>2<img src=c.png>")
    assert blocks_from_html(html).told == {Told.PICTURES}
    made = blocks_from_html(html, pictures=True)
    kinds = [kind for kind, _value in made.blocks]
    assert kinds == ["text", "picture", "text", "table", "picture"]
    assert made.blocks[1][1] == {"src": "/x/b.jpg", "alt": "Mít"}
    assert made.told == frozenset()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<a class=sdfootnoteanc href='#sdfootnote1sym'><sup>1</sup></a>", "<p>[1]</p>"),
        ("hai tờ<sup><a href='#ftnt2'>[2]</a></sup>", "<p>hai tờ[2]</p>"),
        ("<p>x<a href='#_edn1'><span class=MsoEndnoteReference>[i]</span></a>", "<p>x[i]</p>"),
        ("<h1>A</h1><h3>B</h3><h4>C</h4>", "<h3>A</h3><h4>B</h4><h4>C</h4>"),
        ("<h5><b>Đậm</b></h5>", "<h3>Đậm</h3>"),
        (
            "<b style='font-weight:normal'><span style='font-weight:700'>A</span>b</b>",
            "<p><b>A</b>b</p>",
        ),
        ("<p>H<span style='vertical-align:sub'>2</span>O</p><hr>", "<p>H<sub>2</sub>O</p><hr>"),
    ],
)
def test_text_is_written_as_the_editor_writes_it(html, text):
    assert text_of(html) == text


def test_a_tree_without_end_is_read_as_words():
    made = blocks_from_html("<ul><li>" * 100_000 + "Một <b>hai</b>")
    assert made == ([("text", "<p>Một</p><p>hai</p>")], {Told.PLAIN})
    assert text_of("<p>" * 100_000 + "x") == "<p>x</p>"


PIECES = (
    "<table>", "</table>", "<tr>", "<td>", "<td colspan=3>", "<td rowspan=2>", "<th>", "<thead>", "<p>",
    "</p>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<b>", "</b>", "<a href='https://vi-du.vn'>", "</a>",
    "<h2>", "</h2>", "<caption>", "<br>", "<hr>", "<p class=MsoCaption>", "<!--", "-->", "<o:p>",
    "<p style='mso-list:l0 level2 lfo1'>", "<span style='mso-list:Ignore'>1.</span>", "<div>", "</div>",
)  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from("αβγδεζ"))), st.booleans())
def test_no_words_are_lost_whatever_stands_around_them(pieces, tables):
    from selectolax.lexbor import LexborHTMLParser

    html = "".join(pieces)
    shown = LexborHTMLParser(html).body.text()
    made = blocks_from_html(html, tables=tables)
    written = "".join(str(value) for _kind, value in made.blocks)
    assert set("αβγδεζ") & set(shown) == set("αβγδεζ") & set(written)
    assert "mso" not in written.lower()
    assert "<o:p" not in written
    for kind, value in made.blocks:
        if kind == "table":
            assert len({len(row) for row in value["data"]}) == 1
