"""The HTML of a structure: complete, escaped, with exact places. Texts are fiction."""

import re
from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from legal_docs.importers.readers import blocks_from_html
from legal_docs.structure import Block, blocks_from_text, outline, parse, render

TEXT = """CƠ QUAN HƯ CẤU
QUYẾT ĐỊNH
Về việc hư cấu
Căn cứ Luật Hư cấu;
Chương I
CHUNG
Điều 1. Tên <b>& thử
1. Khoản một < 5.
a) Điểm a.
Điều 2. Sửa đổi một điều
Sửa đổi Điều 7 như sau:
“Điều 7. Lời mới
Nội dung mới.”
TM. CƠ QUAN HƯ CẤU
BỘ TRƯỞNG
Nguyễn Văn Hư
PHỤ LỤC
DANH MỤC HƯ CẤU
Một dòng.
"""
VOID = {"br", "img", "col", "hr"}


class Balance(HTMLParser):
    """Fails on tags that do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack and self.stack.pop() == tag


def check(html: str) -> Balance:
    balance = Balance()
    balance.feed(html)
    balance.close()
    assert not balance.stack
    return balance


def test_whole_document() -> None:
    structure = parse(blocks_from_text(TEXT))
    rendered = render(structure)
    html = rendered.html
    balance = check(html)
    assert balance.ids == list(outline(structure))
    assert (
        '<h2 class="chuong" id="chuong-1"><span class="label">Chương I</span><br>CHUNG</h2>' in html
    )
    assert (
        '<h3 class="dieu" id="dieu-1"><a class="anchor" href="#dieu-1">Điều 1.</a> Tên &lt;b&gt;&amp; thử</h3>'
        in html
    )
    assert '<p class="khoan" id="dieu-1.khoan-1">1. Khoản một &lt; 5.</p>' in html
    assert '<blockquote class="quoted">' in html
    assert "Nguyễn Văn Hư" in html and "Căn cứ Luật Hư cấu;" in html
    levels = [int(n) for n in re.findall(r"<h(\d)", html)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_sections() -> None:
    rendered = render(parse(blocks_from_text(TEXT)))
    by_id = {section.eid: section for section in rendered.sections}
    assert list(by_id) == ["chuong-1", "dieu-1", "dieu-2", "phu-luc"]
    article = by_id["dieu-1"]
    assert (article.kind, article.number, article.parent_eid, article.depth) == (
        "dieu",
        "1",
        "chuong-1",
        1,
    )
    assert article.text == "Điều 1. Tên <b>& thử\n1. Khoản một < 5.\na) Điểm a."
    assert by_id["chuong-1"].text == "Chương I CHUNG"
    for section in rendered.sections:
        fragment = rendered.html[section.start : section.end]
        assert check(fragment).ids[0] == section.eid
        assert fragment.startswith("<section ") and fragment.endswith("</section>\n")


def test_items_are_sections_without_articles() -> None:
    rendered = render(
        parse(blocks_from_text("A\nB\nC\nCHỈ THỊ\n1. Một việc hư cấu:\na) Điểm.\n2. Hai.\n"))
    )
    assert [section.eid for section in rendered.sections] == ["khoan-1", "khoan-2"]
    assert rendered.sections[0].text == "1. Một việc hư cấu:\na) Điểm."


def test_only_safe_html_passes() -> None:
    blocks = [
        Block("Điều 1. Một"),
        Block("đậm", html="<b>đậm</b>"),
        Block("xấu", html='<b onclick="x()">xấu</b>'),
        Block("hở", html="<b>hở"),
        Block("script", html="<script>alert(1)</script>"),
        Block(
            "a\tb",
            kind="table",
            rows=(("a", "<b>"),),
            html="<table><tr><td onclick='x'>a</td></tr></table>",
        ),
        Block(
            "c", kind="table", html='<table><tbody><tr><td colspan="2">c</td></tr></tbody></table>'
        ),
    ]
    html = render(parse(blocks)).html
    check(html)
    assert "<b>đậm</b>" in html and "onclick" not in html and "<script" not in html
    assert '<div class="table-wrap" tabindex="0" role="group" aria-label="Bảng">' in html
    assert '<td colspan="2">c</td>' in html and "<td>&lt;b&gt;</td>" in html


WORDS = st.sampled_from(["một", "quy định", "hư cấu", "tổ chức", "trách nhiệm", "cơ quan"])
SENTENCE = st.lists(WORDS, min_size=3, max_size=8).map(
    lambda words: " ".join(words).capitalize() + "."
)
CLAUSES = st.lists(st.tuples(SENTENCE, st.lists(SENTENCE, max_size=4)), max_size=4)
LETTERS = "abcdđ"


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A well-formed fictional document."""
    lines = [
        "CƠ QUAN HƯ CẤU",
        "NGHỊ ĐỊNH",
        "Về hư cấu",
        "Căn cứ Luật Hư cấu;",
        "Xét đề nghị hư cấu;",
    ]
    chapters = draw(st.integers(0, 3))
    number = 0
    for chapter in range(max(1, chapters)):
        if chapters:
            lines += [f"Chương {['I', 'II', 'III'][chapter]}", "TÊN CHƯƠNG HƯ CẤU"]
        for clauses in draw(st.lists(CLAUSES, min_size=1, max_size=3)):
            number += 1
            lines += [f"Điều {number}. Tên điều hư cấu", draw(SENTENCE)]
            for at, (sentence, points) in enumerate(clauses, 1):
                lines.append(f"{at}. {sentence}")
                lines += [f"{LETTERS[i]}) {point}" for i, point in enumerate(points)]
    return "\n".join(lines)


@settings(max_examples=60, deadline=None)
@given(documents())
def test_rendered_html_parses_to_the_same_outline(text: str) -> None:
    structure = parse(blocks_from_text(text))
    rendered = render(structure)
    again = parse(blocks_from_html(rendered.html))
    assert outline(again) == outline(structure)
    assert structure.warnings == ()


PIECES = st.sampled_from(
    ["Điều 1. ", "Điều 2", "Điều 5a. x", "Chương I", "MỤC 1", "1. a", "a) b", "đ) c", "“", "”", '"', "như sau:", "QUY CHẾ",
     "PHỤ LỤC", "Phụ lục II", "TM. CHÍNH PHỦ", "Nơi nhận:", "Căn cứ", "(Ban hành kèm theo)", "I. X", "A. Y", "\x00", "<b>", "&"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=30).map("\n".join))
def test_parse_and_render_never_fail(text: str) -> None:
    structure = parse(blocks_from_text(text))
    found = outline(structure)
    assert len(found) == len(set(found))
    rendered = render(structure)
    balance = check(rendered.html)
    assert balance.ids == list(found)
    for section in rendered.sections:
        check(rendered.html[section.start : section.end])


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.builds(
            Block, text=st.text(max_size=40), html=st.text(alphabet="<>/b i\"='&;ap", max_size=40)
        ),
        max_size=8,
    )
)
def test_hostile_blocks(blocks: list[Block]) -> None:
    check(render(parse(blocks)).html)
