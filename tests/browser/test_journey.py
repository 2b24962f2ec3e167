"""From a Word file on a clerk's disk to a stranger who reads its article."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from docx import Document as Word

from legal_docs.models import LegalDocument
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
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "dang-nhap" not in url)


def test_a_word_file_becomes_a_document_that_a_stranger_finds(at, open_page, tmp_path):
    call_command("load_reference", stdout=io.StringIO())
    word = Word()
    for line in LINES:
        word.add_paragraph(line)
    word.save(tmp_path / "thong-tu.docx")

    clerk = open_page()
    sign_in(clerk, "van-thu-a")
    clerk.goto("/admin/nhap-van-ban/tai-len/")
    clerk.set_input_files("input[type=file]", tmp_path / "thong-tu.docx")
    clerk.locator("main button[type=submit], main input[type=submit]").first.click()
    clerk.wait_for_url("**/nhap-van-ban/")
    clerk.locator("main a", has_text="thong-tu.docx").first.click()
    assert clerk.input_value("[name=number]") == "41/2031/TT-BTN"
    assert clerk.locator("[name=lead_issuer] option:checked").inner_text() == "Bộ Thử nghiệm"
    assert "phơi vỏ quýt" in clerk.input_value("[name=subject]")
    clerk.locator("main button[type=submit], main input[type=submit]").last.click()
    clerk.wait_for_url("**/edit/**")
    work = LegalDocument.objects.get()
    approve = f"/admin/snippets/legal_docs/legaldocument/approve/{work.pk}/"
    clerk.goto(approve)
    assert not clerk.locator("main button[type=submit]").count(), "a clerk sees no way to approve"

    head = open_page()
    sign_in(head, "lanh-dao-a")
    head.goto(approve)
    head.locator("main button[type=submit]").first.click()
    head.wait_for_url("**/edit/**")
    assert LegalDocument.objects.get().live

    stranger = open_page(360)
    stranger.goto("/")
    stranger.locator("input[name=q]").first.fill("phoi vo quyt")
    stranger.locator("input[name=q]").first.press("Enter")
    stranger.locator('main a[href*="41-2031-tt-btn"]').first.click()
    stranger.goto(f"{work.get_absolute_url()}dieu-1/")
    assert "phơi vỏ quýt" in stranger.inner_text("article, main")
