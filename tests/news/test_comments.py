"""Comments on news: off by default, moderated when on, never by a reader's word alone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.pages.models import Comment
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


def send(client, page, **fields):
    return client.post(
        page.form_address, make.sent(text="Mùa này được giá.", by="Bà Hạt", **fields)
    )


def test_nobody_comments_unless_the_item_says_so(at, client):
    page = make.news(at, live=True)
    assert "Viết ý kiến" not in client.get(page.address).content.decode()
    send(client, page)
    assert not Comment.objects.exists()


def test_a_comment_is_shown_after_somebody_of_the_unit_read_it(
    at, client, django_capture_on_commit_callbacks
):
    page = make.news(at, takes_comments=True, live=True)
    assert "Viết ý kiến" in client.get(page.address).content.decode()
    form = client.get(page.form_address)
    assert "no-store" in form["Cache-Control"] and 'name="place"' not in form.content.decode()
    assert send(client, page).status_code == 302
    row = Comment.objects.get()
    assert "được giá" not in client.get(page.address).content.decode()
    client.force_login(at.clerk_b)
    assert client.get(reverse("comment", args=[row.pk])).status_code == 404
    client.force_login(at.clerk_a)
    assert "được giá" in client.get(reverse("comments")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("comment", args=[row.pk]), {"show": "1"})
    client.logout()
    shown = client.get(page.address).content.decode()
    assert "được giá" in shown and "Bà Hạt" in shown
    client.force_login(at.clerk_a)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("comment", args=[row.pk]), {"keep_back": "1", "reason": "xúc phạm"})
    client.logout()
    assert "được giá" not in client.get(page.address).content.decode()


def test_what_runs_is_shown_as_words(at, client):
    page = make.news(at, takes_comments=True, live=True)
    client.post(page.form_address, make.sent(text="<script>alert(1)</script> xin chào", by="<b>"))
    Comment.objects.update(state="hien")
    text = client.get(page.address).content.decode()
    assert "<script>alert" not in text and "&lt;script&gt;" in text


def test_a_burst_of_spam_is_stopped_and_loses_nobody_elses_words(at, client):
    page = make.news(at, takes_comments=True, live=True)
    assert (
        client.post(
            page.form_address, make.sent(text="Mua hàng rẻ", website="http://x")
        ).status_code
        == 200
    )
    quick = client.post(page.form_address, {"text": "Mua hàng rẻ ngay", "opened": ""})
    assert quick.status_code == 200 and "Mua hàng rẻ ngay" in quick.content.decode()
    codes = [send(client, page, REMOTE_ADDR="x").status_code for _turn in range(40)]
    assert 429 in codes and Comment.objects.count() <= 12
    other = client.post(page.form_address, make.sent(text="Ý kiến thật"), REMOTE_ADDR="203.0.113.5")
    assert other.status_code == 302


def test_what_was_approved_before_keeps_its_hash(at):
    page = make.news(at)
    assert "takes_comments" not in page.frozen_content()
    page.takes_comments = True
    assert page.frozen_content()["takes_comments"] is True
