"""Links by identity: what words name is offered while writing, and what leads nowhere is listed."""

from __future__ import annotations

import json

import pytest

from portal.editorial import checks
from portal.pages import broken_links
from portal.pages.models import BrokenLink, PortalPage
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


def named(client, text: str) -> str:
    response = client.post("/admin/loi-dan/", {"text": text})
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_written_is_offered_with_its_status(at, client):
    work = make.document(at, "7/2031/TT-BTN", subject="Quy định về rơm", live=True)
    make.document(at, "8/2031/TT-BTN", audience="units", live=True)
    client.force_login(at.clerk_a)
    shown = named(client, "Theo Điều 1 Thông tư 7/2031/TT-BTN, Thông tư 8/2031/TT-BTN và Nghị định "
                          "9999/2031/NĐ-CP. Xem lại Thông tư 7/2031/TT-BTN.")  # fmt: skip
    assert f'href="{work.identity.url}dieu-1/"' in shown and "Quy định về rơm" in shown
    assert "chưa có hiệu lực" in shown.lower()
    assert "không công khai" in shown
    assert "không có trên Cổng" in shown
    assert "/dan-chieu/?so=7%2F2031%2FTT-BTN" in shown
    assert named(client, "Không nhắc gì.").strip() == ""
    assert named(client, "<script>alert(1)</script> Thông tư 9/2031/TT-X<b>").count("<script") == 0
    client.force_login(at.lawyer_a)
    assert client.post("/admin/loi-dan/", {"text": "x"}).status_code in {302, 403}


def test_a_citation_in_running_text_shows_the_article_at_the_document(at, client):
    work = make.document(at, "7/2031/TT-BTN", live=True)
    make.news(at, "Rơm vào mùa", body="Áp dụng Thông tư 7/2031/TT-BTN từ tháng này.", live=True)
    assert "Rơm vào mùa" in client.get(f"{work.identity.url}lien-quan/").content.decode()


def text_block(html: str) -> str:
    return json.dumps([{"type": "text", "value": html}])


def test_links_that_lead_nowhere_are_listed_until_they_are_mended(
    at, client, django_capture_on_commit_callbacks
):
    target = make.page(at, "Trang sẽ gỡ", live=True)
    body = text_block(f'<p><a href="{target.address}">mẫu</a> <a href="/khong-co-gi/">hỏng</a></p>')
    with django_capture_on_commit_callbacks(execute=True):
        page = make.page(at, "Trang có liên kết", body=body, live=True)
    said = [row.message for row in BrokenLink.objects.filter(page=page)]
    assert len(said) == 1 and "/khong-co-gi/" in said[0]
    make.withdraw(target, at)
    assert broken_links.scan_all() == 2
    client.force_login(at.clerk_a)
    shown = client.get("/admin/lien-ket-hong/").content.decode()
    assert "Trang có liên kết" in shown and target.address in shown
    assert "/khong-co-gi/" in client.get("/admin/lien-ket-hong/?xuat=csv").content.decode()
    client.force_login(at.clerk_b)
    assert "Trang có liên kết" not in client.get("/admin/lien-ket-hong/").content.decode()
    assert client.post("/admin/lien-ket-hong/", {"page": page.pk}).status_code == 404
    make.withdraw(PortalPage.objects.get(pk=page.pk).specific, at)
    assert broken_links.scan_all() == 0


def test_a_deleted_target_is_told_before_publication_and_after(at):
    gone = make.page(at, "Trang nháp sẽ xóa")
    body = text_block(f'<p><a linktype="page" id="{gone.pk}">xem</a></p>')
    gone.delete()
    page = make.page(at, "Trang còn lại", body=body)
    found = [one.code for one in checks.run(page.get_latest_revision_as_object())]
    assert "dead-links" in found
    page = make.publish(page, at)
    broken_links.scan([page])
    assert BrokenLink.objects.get().page_id == page.pk
