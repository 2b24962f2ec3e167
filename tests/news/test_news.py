"""News: dates, pins, banners, topics, what it speaks of."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from news.models import NewsArticle
from portal.editorial import publishing
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def today() -> dt.date:
    """The day on which a test runs, not the one on which the tests were collected."""
    return timezone.localdate()


@pytest.fixture
def at():
    return make.house()


def text_of(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


def test_lists_leave_out_what_ran_out_but_its_address_stays(at, client, today):
    over = make.news(at, "Đã hết hạn", day=today - 5 * DAY, expires=today, live=True)
    make.news(at, "Còn hạn", day=today - 5 * DAY, expires=today + DAY, live=True)
    page = text_of(client, "/tin-tuc/")
    assert "Còn hạn" in page
    assert "Đã hết hạn" not in page
    assert "Đã hết hạn" in text_of(client, over.address)


def test_pinned_ones_stand_first_while_they_are(at, client, today):
    make.news(at, "Tin cũ ghim", day=today - 9 * DAY, pinned_until=today + DAY, live=True)
    make.news(at, "Tin cũ hết ghim", day=today - 8 * DAY, pinned_until=today, live=True)
    make.news(at, "Tin mới", day=today, live=True)
    page = text_of(client, "/tin-tuc/")
    places = [page.index(f">{title}<") for title in ("Tin cũ ghim", "Tin mới", "Tin cũ hết ghim")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("start", "end", "shown"), [(-1, 1, True), (0, 1, True), (1, 3, False), (-3, 0, False)]
)
def test_a_banner_stands_above_every_page_in_its_days(at, client, start, end, shown, today):
    make.news(at, "Lịch trực", kind="thong-bao", banner_from=today + start * DAY,
              banner_until=today + end * DAY, live=True)  # fmt: skip
    assert ("Lịch trực" in text_of(client, "/so-do/")) == shown


def test_topics_kinds_and_months_are_pages(at, client):
    make.news(at, "Về mít", topics=["Trái cây"], day=dt.date(2026, 3, 5), live=True)
    make.news(at, "Về gùi", kind="thong-bao", day=dt.date(2026, 4, 5), live=True)
    assert "Về gùi" not in text_of(client, "/tin-tuc/?chu-de=trái-cây")
    assert "Về mít" in text_of(client, "/tin-tuc/?chu-de=trái-cây")
    assert "Về mít" not in text_of(client, "/tin-tuc/?loai=thong-bao")
    march = text_of(client, "/tin-tuc/?thang=2026-03")
    assert "Về mít" in march
    assert "Về gùi" not in march
    for odd in ("?thang=x", "?thang=2026-13", "?loai=x", "?chu-de=khong", "?thang=²-³"):
        assert client.get("/tin-tuc/" + odd).status_code == 200


def test_news_and_documents_show_each_other(at, client):
    work = make.document(at, "12/2031/TT-BTN", live=True)
    article = make.news(at, "Thông tư mới", references="12/2031/TT-BTN", live=True)
    assert work.get_absolute_url() in text_of(client, article.address)
    related = f"{work.get_absolute_url()}lien-quan/"
    assert article.address in text_of(client, related)
    publishing.withdraw_by(article, at.head_a, "Sai")
    assert article.address not in text_of(client, related)


def test_an_article_tells_no_stranger_of_an_internal_document(at, client):
    work = make.document(at, "12/2031/TT-BTN", subject="Việc nội bộ", live=True)
    article = make.news(at, "Thông tư mới", references="12/2031/TT-BTN", live=True)
    draft = work.get_latest_revision_as_object()
    draft.audience = "units"
    draft.save_revision(user=at.clerk_a, clean=False)
    make.publish(type(work).objects.get(pk=work.pk), at)
    assert "Việc nội bộ" not in text_of(client, article.address)
    client.force_login(at.member_a)
    assert "Việc nội bộ" in text_of(client, article.address)


def test_a_reference_to_nothing_is_said_before_review(at):
    page = make.news(at)
    page.references = "99/2099/NĐ-CP"
    with pytest.raises(ValidationError) as error:
        page.full_clean()
    assert "99/2099/NĐ-CP" in str(error.value.message_dict["references"])


def test_related_ones_are_the_chosen_then_those_of_the_same_topic(at, today):
    chosen = make.news(at, "Được chọn", day=today - 9 * DAY, live=True)
    make.news(at, "Cùng chủ đề", topics=["mít"], day=today, live=True)
    make.news(at, "Không liên quan", live=True)
    page = make.news(at, "Bài", topics=["mít"])
    draft = page.get_latest_revision_as_object()
    draft.related = [chosen]
    draft.save_revision(user=at.clerk_a, clean=False)
    page = make.publish(NewsArticle.objects.get(pk=page.pk), at)
    from portal.organisations.audience import PUBLIC

    assert [one.title for one in page.related_items(PUBLIC)] == ["Được chọn", "Cùng chủ đề"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"expires": -DAY}, "expires"),
        ({"banner_from": 0 * DAY}, "banner_until"),
        ({"banner_from": 0 * DAY, "banner_until": 0 * DAY}, "banner_until"),
    ],
)
def test_dates_that_can_not_be_are_said(at, fields, wrong, today):
    page = make.news(at, day=today)
    for name, distance in fields.items():
        setattr(page, name, today + distance)
    with pytest.raises(ValidationError) as error:
        page.full_clean()
    assert wrong in error.value.message_dict


def test_a_picture_says_what_it_shows(at):
    page = make.news(at, picture=make.picture())
    with pytest.raises(ValidationError) as error:
        page.full_clean()
    assert "picture_alt" in error.value.message_dict


def test_the_feed_holds_public_news_newest_first(at, client, today):
    make.news(at, "Một", day=today - DAY, live=True)
    make.news(at, "Hai", day=today, live=True)
    make.news(at, "Ba", audience="units", live=True)
    feed = text_of(client, "/tin-tuc/atom.xml")
    assert feed.index("Hai") < feed.index("Một")
    assert ">Ba<" not in feed
