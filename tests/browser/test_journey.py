"""From a Word file on a clerk's disk to a stranger who reads its article."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from docx import Document as Word

from legal_docs.models import LegalDocument
from tests import factories as make
from tests.factories.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINES = (
    "BỘ THỬ NGHIỆM", "Số: 41/2031/TT-BTN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Hà Nội, ngày 05 tháng 01 năm 2031", "THÔNG TƯ", "Quy định về việc phơi vỏ quýt",
    "Điều 1. Phạm vi điều chỉnh", "Thông tư này quy định về việc phơi vỏ quýt.",
    "Điều 2. Hiệu lực thi hành", "Thông tư này có hiệu lực từ ngày 01 tháng 02 năm 2031.",
)  # fmt: skip


def sign_in(page, username: str) -> None:
    page.goto("/dang-nhap/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "dang-nhap" not in url)


def press(page, name: str) -> None:
    """Press a button of our pages by its name, and wait for what comes."""
    with page.expect_navigation():
        page.locator(f"main button[name={name}], .review button[name={name}]").last.click()


def tick_all(page) -> None:
    for box in page.locator(".review-checklist input").all():
        box.check()


def decide(page, work, act: str = "pass", comment: str = "") -> None:
    decide_named(page, work.number, comment, act)


def decide_named(page, name: str, comment: str = "", act: str = "pass") -> None:
    """Open the item from “Việc của tôi”, tick what is asked, decide."""
    page.goto("/admin/viec-cua-toi/")
    page.locator(".work a", has_text=name).first.click()
    page.wait_for_url("**/duyet/**")
    tick_all(page)
    page.fill("#comment", comment)
    press(page, act)


def read_in(page, path) -> LegalDocument:
    """Upload a Word file and take its proposals over."""
    page.goto("/admin/nhap-van-ban/tai-len/")
    page.set_input_files("input[type=file]", path)
    page.locator("main button[type=submit], main input[type=submit]").first.click()
    page.wait_for_url("**/nhap-van-ban/")
    page.locator("main a", has_text="thong-tu.docx").first.click()
    assert page.input_value("[name=number]") == "41/2031/TT-BTN"
    assert page.locator("[name=lead_issuer] option:checked").inner_text() == "Bộ Thử nghiệm"
    assert "phơi vỏ quýt" in page.input_value("[name=subject]")
    page.locator("main button[type=submit], main input[type=submit]").last.click()
    page.wait_for_url("**/edit/**")
    return LegalDocument.objects.get()


def send_item(page, item, **fields) -> None:
    """Send an item of any class for review, with what its page asks."""
    page.goto(f"/admin/gui-duyet/{item._meta.label_lower}/{item.pk}/")
    for name, value in fields.items():
        page.fill(f"[name={name}]", value)
    with page.expect_navigation():
        page.locator(".review form button").last.click()


def correct(page, work) -> None:
    """Change the subject of the live document in the editor and keep the draft."""
    page.goto(f"/admin/snippets/legal_docs/legaldocument/edit/{work.pk}/")
    page.fill("[name=subject]", "Quy định về việc phơi vỏ quýt khô")
    with page.expect_navigation():
        page.locator("button[name=action-submit]").first.evaluate("node => node.click()")


def test_from_a_word_file_to_a_tombstone(at, open_page, tmp_path):
    call_command("load_reference", stdout=io.StringIO())
    word = Word()
    for line in LINES:
        word.add_paragraph(line)
    word.save(tmp_path / "thong-tu.docx")

    clerk, unit_head, editor = open_page(), open_page(360), open_page()
    sign_in(clerk, "van-thu-a")
    work = read_in(clerk, tmp_path / "thong-tu.docx")
    send_item(clerk, work)
    clerk.goto(f"/admin/duyet/legal_docs.legaldocument/{work.pk}/")
    assert not clerk.locator("button[name=pass]").count(), "a clerk sees no way to approve"

    sign_in(unit_head, "truong-phong-a")
    decide(unit_head, work, "return", "Trích yếu còn thiếu")
    clerk.goto("/admin/viec-cua-toi/")
    assert "Trích yếu còn thiếu" in clerk.inner_text(".review")
    send_item(clerk, work)
    decide(unit_head, work)
    sign_in(editor, "bien-tap-a")
    decide(editor, work)
    lawyer = open_page(1280, java_script_enabled=False)
    sign_in(lawyer, "phap-che-a")
    decide(lawyer, work)
    deputy = open_page(360)
    sign_in(deputy, "pho-ban-a")
    decide(deputy, work, comment="Đồng ý")
    assert LegalDocument.objects.get().live

    stranger = open_page(360)
    stranger.goto("/")
    stranger.locator("input[name=q]").first.fill("phoi vo quyt")
    stranger.locator("input[name=q]").first.press("Enter")
    stranger.locator('main a[href*="41-2031-tt-btn"]').first.click()
    stranger.goto(f"{work.get_absolute_url()}dieu-1/")
    assert "phơi vỏ quýt" in stranger.inner_text("article, main")

    correct(clerk, work)
    send_item(clerk, work, public_note="Trích yếu thiếu chữ “khô”")
    for page in (unit_head, editor, lawyer, deputy):
        decide(page, work)
    stranger.goto(work.get_absolute_url())
    assert "vỏ quýt khô" in stranger.inner_text("main")
    stranger.goto(f"{work.get_absolute_url()}lich-su/")
    assert "Trích yếu thiếu chữ" in stranger.inner_text("main")

    deputy.goto(f"/admin/go/legal_docs.legaldocument/{work.pk}/")
    deputy.fill("#reason", "Đăng nhầm bản nháp")
    deputy.fill("#note", "Đăng nhầm, sẽ đăng lại")
    with deputy.expect_navigation():
        deputy.locator("button[name=final][value='0']").click()
    answer = stranger.goto(work.get_absolute_url())
    assert answer.status == 410
    assert "sẽ đăng lại" in stranger.inner_text("body")
    stranger.goto("/tim-kiem/?q=phoi+vo+quyt")
    assert "41/2031/TT-BTN" not in stranger.inner_text("main")


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_review_are_open_to_everybody_and_fit_the_screen(at, open_page, width):
    from axe_playwright_python.sync_playwright import Axe

    from portal.editorial.workflow import reviewing

    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    label = f"legal_docs.legaldocument/{work.pk}/"
    head = {
        "my work": "/admin/viec-cua-toi/",
        "notices": "/admin/viec-cua-toi/thong-bao/",
        "review": f"/admin/duyet/{label}",
        "take back": f"/admin/rut-lai/{label}",
        "roles": "/admin/vai-tro/",
        "delegations": "/admin/giao-quyen/",
        "routes": "/admin/tuyen-duyet/",
        "statistics": "/admin/thong-ke/",
        "reports": "/admin/bao-loi/",
    }
    wrong = {}
    for username, pages in (("lanh-dao-a", head), ("kiem-soat", {"log": "/admin/nhat-ky/"})):
        page = open_page(width)
        sign_in(page, username)
        for name, url in pages.items():
            assert page.goto(url).status == 200, name
            found = Axe().run(page, context=".nice-padding").response["violations"]
            if found:
                wrong[name] = [(row["id"], row["nodes"][0]["html"][:160]) for row in found]
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{name} is {wide} px too wide"
    assert wrong == {}
