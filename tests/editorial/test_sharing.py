"""A draft by link: for some days, for who has it, and for nobody whom it is not meant for."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.editorial.models import ShareLink
from portal.organisations.models import AuditEntry
from tests import factories as make

pytestmark = pytest.mark.django_db
KINDS = pytest.mark.parametrize("kind", ["document", "directive", "page", "news"])


@pytest.fixture
def at():
    return make.house()


def share_url(item) -> str:
    return reverse("share", args=[item._meta.label_lower, item.pk])


def link_to(item, at, client, **fields) -> str:
    client.force_login(at.clerk_a)
    sent = {"purpose": "Hỏi ý kiến Sở Vỏ Quýt", "days": "3"} | fields
    response = client.post(share_url(item), sent)
    assert response.status_code == 302, response.content.decode()[-3000:]
    client.logout()
    return f"/ban-nhap/{ShareLink.objects.latest('pk').token}/"


@KINDS
def test_who_has_the_link_reads_the_newest_draft_and_the_public_nothing(at, client, kind):
    item = getattr(make, kind)(at)
    url = link_to(item, at, client)
    response = client.get(url)
    text = response.content.decode()
    assert response.status_code == 200 and "Bản nháp, chưa công bố" in text
    assert response["Cache-Control"] == "private, no-store"
    assert "noindex" in response["X-Robots-Tag"] and response["Referrer-Policy"] == "no-referrer"
    assert 'class="dot"' not in text
    title = getattr(item, "title", "")
    assert title in text
    assert client.get(item.get_absolute_url()).status_code == 404
    row = ShareLink.objects.get()
    assert row.opened == 1 and row.opened_at
    entries = AuditEntry.objects.filter(action="draft.shared")
    assert entries.count() == 1 and entries[0].reason == "Hỏi ý kiến Sở Vỏ Quýt"


def test_a_link_ends_by_itself_and_by_hand(at, client):
    item = make.page(at)
    url = link_to(item, at, client)
    ShareLink.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert client.get(url).status_code == 404
    ShareLink.objects.update(expires_at=timezone.now() + dt.timedelta(1))
    assert client.get(url).status_code == 200
    client.force_login(at.clerk_a)
    client.post(share_url(item), {"revoke": ShareLink.objects.get().pk})
    assert client.get(url).status_code == 404
    assert client.get("/ban-nhap/khong-co/").status_code == 404


def test_a_draft_for_units_is_shown_to_their_members_only(at, client):
    item = make.document(at, audience="units")
    url = link_to(item, at, client)
    assert client.get(url).status_code == 404
    client.force_login(at.member_b)
    assert client.get(url).status_code == 200
    chosen = make.page(at, audience="chosen", units=[at.b])
    url = link_to(chosen, at, client)
    client.force_login(at.member_a)
    assert client.get(url).status_code == 404
    client.force_login(at.member_b)
    assert client.get(url).status_code == 200


def test_what_went_live_is_read_where_it_stands(at, client):
    item = make.page(at)
    url = link_to(item, at, client)
    make.publish(item, at)
    assert client.get(url)["Location"] == item.address


def test_others_make_and_see_no_links(at, client):
    item = make.page(at)
    link_to(item, at, client)
    for who in (at.clerk_b, at.head_b, at.administrator, at.superuser, at.member_a):
        client.force_login(who)
        assert client.get(share_url(item)).status_code in {302, 403, 404}, who
        client.post(share_url(item), {"purpose": "x", "days": "14"})
    assert ShareLink.objects.count() == 1
    client.logout()
    assert client.get(share_url(item)).status_code == 302


def test_a_link_changes_nothing_and_ten_are_enough(at, client):
    item = make.page(at)
    url = link_to(item, at, client)
    assert client.post(url).status_code == 405
    for _turn in range(9):
        link_to(item, at, client)
    client.force_login(at.clerk_a)
    text = client.post(share_url(item), {"purpose": "nữa", "days": "1"}).content.decode()
    assert ShareLink.objects.count() == 10 and "mười liên kết" in text
    for bad in ({"purpose": "", "days": "3"}, {"purpose": "x", "days": "400"}):
        client.post(share_url(item), bad)
    assert ShareLink.objects.count() == 10


def test_a_preview_is_what_that_reader_gets(at, client):
    page = make.page(at, "Trang cho đơn vị", audience="chosen", units=[at.b], body="Chữ kín.")
    client.force_login(at.clerk_a)
    url = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    assert "Chữ kín" not in client.get(url).content.decode()
    assert "Người đọc này không thấy trang" in client.get(url).content.decode()
    assert "Chữ kín" in client.get(f"{url}?mode=unit-{at.b.pk}").content.decode()
    assert "Chữ kín" not in client.get(f"{url}?mode=unit-{at.office.pk}").content.decode()
    open_one = make.page(at, "Trang mở", body="Chữ mở.")
    text = client.get(reverse("wagtailadmin_pages:view_draft", args=[open_one.pk])).content.decode()
    assert "Chữ mở" in text and 'href="/admin/"' not in text
