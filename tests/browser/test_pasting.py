"""Word in the editor of a real browser: what is pasted becomes blocks, and nothing is lost."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from portal.pages.models import StandardPage
from tests import factories as make
from tests.browser.test_editor import EDITOR, PASTE, opened
from tests.pages.test_blocks_from_html import WORD, item, rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABLE = rows("<td><b>Loại</b><td><b>Mức</b>", "<td>Hạt to<td>12", "<td colspan=2>Hết hạn")
LISTED = item(1, "·", "Cấp một") + item(2, "o", "Cấp hai") + item(1, "·", "Cấp một nữa")
NOTICE = '[{"type": "notice", "value": {"kind": "info", "text": "<p></p>"}}]'
WRITTEN = '[{"type": "text", "value": "<p>Đầu. Đuôi.</p><p>Cuối.</p>"}]'


@pytest.fixture
def edited(open_page, at):
    """``edited(body)``: a draft that is open in the editor, with the caret in its first text."""

    def edit(body: str = '[{"type": "text", "value": "<p></p>"}]'):
        draft = make.page(at, "Trang dán chữ", body=body)
        page = opened(open_page, draft)
        page.draft = draft
        return page

    return edit


def paste(page, html: str) -> None:
    page.evaluate(PASTE, [EDITOR, html])


def said(page) -> str:
    """What the editor is told."""
    told = page.locator(".pasting-told p")
    told.wait_for()
    return told.inner_text()


def blocks_of(page) -> list[tuple[str, object]]:
    """The blocks of the draft, as they are stored after saving."""
    page.wait_for_timeout(1000)  # the editor writes what it holds into its field
    page.click("button.action-save")
    page.wait_for_load_state()
    saved = StandardPage.objects.get(pk=page.draft.pk).get_latest_revision_as_object()
    return [
        (one["type"], re.sub(r' data-block-key="\w+"', "", one["value"]))
        if one["type"] == "text"
        else (one["type"], one["value"])
        for one in saved.body.get_prep_value()
    ]


def test_a_page_of_word_becomes_blocks_that_readers_see(edited):
    page = edited()
    paste(page, WORD.replace("<p class=MsoNormal>Hết.</p>", f"{LISTED}<p>Hết.</p>"))
    assert "1 bảng" in said(page)
    kinds, values = zip(*blocks_of(page), strict=True)
    assert kinds == ("text", "table", "text")
    assert values[0] == ("<h3>Quy chế</h3><p><b>Hồ sơ</b> gồm hai tờ[1], sân 5 m<sup>2</sup>.</p>")
    assert values[1]["data"] == [
        ["Loại hạt", "Mức thu"],
        ["Hạt to", "12.000\nđồng"],
        ["Hạt nhỏ", ""],
    ]
    assert values[1]["table_caption"] == "Bảng 1. Mức thu"
    assert values[1]["first_row_is_table_header"] is True
    assert values[2] == (
        "<ul><li>Cấp một<ul><li>Cấp hai</li></ul></li><li>Cấp một nữa</li></ul>"
        "<p>Hết.</p><p>[1] Theo mẫu của Sở.</p>"
    )
    page.goto(reverse("wagtailadmin_pages:view_draft", args=[page.draft.pk]))
    table = page.locator("main table, .prose-body table").first
    assert table.locator("caption").inner_text() == "Bảng 1. Mức thu"
    assert table.locator("thead th[scope=col]").all_inner_texts() == ["Loại hạt", "Mức thu"]
    assert page.locator("ul ul li").filter(has_text="Cấp hai").count() == 1


def test_what_stands_before_and_behind_the_caret_stays_there(edited):
    page = edited(WRITTEN)
    page.keyboard.press("Control+Home")
    for _letter in "Đầu. ":
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)  # the editor follows the caret a moment later
    paste(page, f"<p class=MsoNormal>Giữa.</p>{TABLE}<p>Sau.</p>")
    words = said(page)
    assert "ô gộp" in words.lower()
    (first, table, last) = blocks_of(page)
    assert first == ("text", "<p>Đầu. Giữa.</p>")
    assert table[1]["data"] == [["Loại", "Mức"], ["Hạt to", "12"], ["Hết hạn", ""]]
    assert last == ("text", "<p>Sau.</p><p>Đuôi.</p><p>Cuối.</p>")


def test_a_table_alone_leaves_no_empty_text(edited):
    page = edited()
    paste(page, TABLE)
    said(page)
    assert [kind for kind, _value in blocks_of(page)] == ["table"]


def test_a_table_takes_the_place_of_what_is_selected(edited):
    page = edited(WRITTEN)
    page.keyboard.press("Control+A")
    page.wait_for_timeout(300)
    paste(page, TABLE)
    said(page)
    assert [kind for kind, _value in blocks_of(page)] == ["table"]


def test_where_no_table_can_stand_its_rows_are_lines_and_this_is_said(edited):
    page = edited(NOTICE)
    paste(page, TABLE + LISTED)
    assert "mỗi hàng một dòng" in said(page)
    page.get_by_role("button", name="Đóng", exact=True).click()
    assert not page.locator(".pasting-told").is_visible()
    ((kind, value),) = blocks_of(page)
    assert kind == "notice"
    text = re.sub(r' data-block-key="\w+"', "", value["text"])
    assert text.startswith("<p><b>Loại – Mức</b></p><p>Hạt to – 12</p><p>Hết hạn</p><ul>")


@pytest.mark.parametrize("trouble", ["no answer", "refused", "no script"])
def test_without_an_answer_pasting_goes_on_as_ever(edited, open_page, trouble):
    page = edited()
    if trouble == "no script":
        page.route("**/admin-pasting*.js", lambda route: route.abort())
        page.reload()
        page.wait_for_selector(EDITOR)
        page.click(EDITOR)
    else:
        page.route(
            "**/noi-dung-dan/",
            lambda route: route.abort() if trouble == "no answer" else route.fulfill(status=413),
        )
    paste(page, f"<p class=MsoNormal>Trước.</p>{TABLE}<p>Sau.</p>")
    if trouble != "no script":
        assert "không đọc được" in said(page)
    ((kind, text),) = blocks_of(page)
    assert kind == "text"
    for words in ("Trước.", "Loại", "Hạt to", "12", "Hết hạn", "Sau."):
        assert words in text


def test_text_of_no_office_is_pasted_without_asking(edited):
    page = edited()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    paste(page, "<p>Một <b>hai</b></p>")
    assert blocks_of(page) == [("text", "<p>Một <b>hai</b></p>")]
    assert not [url for url in asked if "noi-dung-dan" in url]
