"""The editor in a real browser: what is pasted comes out clean, what is named is offered."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.pages.models import StandardPage
from tests import factories as make
from tests.browser.test_journey import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: A letter as Word puts it on the clipboard: conditional comments, Office tags, styles without end.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>{styles}</style></head>
<body lang=VI><!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
<h2 style='mso-style-name:"Heading 2";color:#2E74B5'>Đăng ký phơi hạt<o:p></o:p></h2>
<p class=MsoNormal style='margin:0cm;mso-pagination:widow-orphan'><b style='color:red'>Hồ sơ</b>
 gồm <span style='font-family:"Times New Roman"'>hai tờ</span><a href="#_ftn1"
 style='mso-footnote-id:ftn1'><span class=MsoFootnoteReference>[1]</span></a>.<o:p></o:p></p>
<ul type=disc><li class=MsoNormal>Tờ khai</li><li class=MsoNormal>Bản vẽ</li></ul>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>Bước</p></td><td><p>Ngày</p></td></tr>
<tr><td><p class=MsoNormal>Nhận</p></td><td><p class=MsoNormal>2</p></td></tr></table>
<p onclick="alert(1)"><script>alert(2)</script><img src=x onerror="alert(3)">Hết.</p>
</body></html>"""
PASTE = """([selector, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "Đăng ký phơi hạt");
  document.querySelector(selector).dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
EDITOR = "#body-root .public-DraftEditor-content"


@pytest.fixture
def draft(at):
    body = '[{"type": "text", "value": "<p></p>"}]'
    return make.page(at, "Trang dán chữ", body=body)


def opened(open_page, draft):
    page = open_page(1280)
    sign_in(page, "van-thu-a")
    page.goto(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    page.wait_for_selector(EDITOR)
    page.click(EDITOR)
    return page


def test_two_megabytes_of_word_come_out_clean(open_page, draft):
    styles = "\n".join(
        f"p.MsoNormal{n} {{mso-style-parent:''; margin:0cm; font-family:'Times New Roman';}}"
        for n in range(26_000)
    )
    html = WORD.replace("{styles}", styles)
    assert len(html) > 2_000_000
    page = opened(open_page, draft)
    page.evaluate(PASTE, [EDITOR, html])
    page.wait_for_function(
        "() => document.querySelector('#body-root').innerText.includes('Tờ khai')"
    )
    page.wait_for_timeout(1000)  # the editor writes what it holds into its field
    page.click("button.action-save")
    page.wait_for_load_state()
    saved = StandardPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    blocks = saved.body.get_prep_value()
    assert [block["type"] for block in blocks] == ["text", "table", "text"]
    assert blocks[1]["value"]["data"] == [["Bước", "Ngày"], ["Nhận", "2"]]
    text = blocks[0]["value"] + blocks[2]["value"]
    for words in ("Đăng ký phơi hạt", "<b>Hồ sơ</b>", "hai tờ[1]", "<li", "Tờ khai", "Hết."):
        assert words in text, (words, text)
    for bad in ("mso-", "Mso", "style=", "<o:p", "<script", "onerror", "onclick", "<xml"):
        assert bad not in text, (bad, text)
    assert len(text) < 3_000


def test_a_document_that_is_named_is_offered_while_typing(open_page, at, draft):
    make.document(at, "7/2031/TT-BTN", subject="Quy định về rơm", live=True)
    page = opened(open_page, draft)
    page.keyboard.type("Theo Thông tư 7/2031/TT-BTN thì")
    offered = page.locator(".citations")
    offered.get_by_text("Quy định về rơm").wait_for()
    assert "chưa có hiệu lực" in offered.inner_text().lower()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    offered.get_by_role("button", name="Chép liên kết").click()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied.endswith("/dan-chieu/?so=7%2F2031%2FTT-BTN")
