"""Counting readers: right, without programs, staff and inventions, and without personal data."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.pages.models import DayCount, Presence, ViewCount
from portal.pages.usage import charts, counting
from portal.pages.usage.robots import is_program
from tests import factories as make

PERSON = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
READER = {"HTTP_USER_AGENT": PERSON, "HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def at(db):
    return make.house()


@pytest.fixture(autouse=True)
def nothing_waits():
    counting._views.clear()
    counting._visitors.clear()
    yield
    counting._views.clear()
    counting._visitors.clear()


def dot_of(response) -> str:
    return re.search(r'class="dot" src="([^"]+)"', response.content.decode())[1]


def counted() -> dict[str, int]:
    counting.flush()
    return dict(ViewCount.objects.values_list("key", "views"))


def test_a_reader_is_counted_once_for_each_page_he_opens(client, at):
    work = make.document(at, "7/2031/TT-BTN", live=True)
    page = make.page(at, live=True)
    for _turn in range(2):
        answer = client.get(dot_of(client.get(work.identity.url)), **READER)
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    client.get(dot_of(client.get(page.address)), **READER)
    assert counted() == {f"legaldocument:{work.pk}": 2, f"standardpage:{page.pk}": 1}
    row = DayCount.objects.get()
    assert (row.views, row.visits) == (3, 1)


def test_a_pause_of_half_an_hour_makes_another_visit(client, at):
    dot = dot_of(client.get("/"))
    client.get(dot, **READER)
    counting.flush()
    client.get(dot, REMOTE_ADDR="203.0.113.9", **READER)
    counting.flush()
    assert DayCount.objects.get().visits == 2
    Presence.objects.update(seen_at=timezone.now() - dt.timedelta(minutes=31))
    client.get(dot, **READER)
    counting.flush()
    assert DayCount.objects.get().visits == 3
    assert Presence.objects.count() == 1  # the others are forgotten


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"HTTP_USER_AGENT": "curl/8.0"},
        {"HTTP_USER_AGENT": ""},
        {"HTTP_USER_AGENT": PERSON, "HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_USER_AGENT": PERSON},
        {"HTTP_USER_AGENT": PERSON, "HTTP_REFERER": "https://khac.example.vn/"},
        READER | {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
    ],
)
def test_programs_and_other_sites_are_not_counted(client, at, headers):
    assert client.get(dot_of(client.get("/")), **headers).status_code == 200
    assert counted() == {}


def test_an_old_browser_is_known_by_the_page_it_comes_from(client, at):
    headers = {"HTTP_USER_AGENT": PERSON, "HTTP_REFERER": "http://testserver/van-ban/"}
    client.get(dot_of(client.get("/van-ban/")), **headers)
    assert list(counted().values()) == [1]


def test_the_staff_is_not_counted(client, at):
    dot = dot_of(client.get("/"))
    client.force_login(at.clerk_a)
    client.get(dot, **READER)
    assert 'class="dot"' not in client.get("/").content.decode()
    assert counted() == {}


def test_nothing_is_counted_that_no_page_named(client, at):
    dot = dot_of(client.get("/"))
    assert client.get(dot.replace("route:home", "route:hat-mit"), **READER).status_code == 404
    assert client.get(re.sub(r"/[0-9a-f]+\.gif", "/0123456789ab.gif", dot)).status_code == 404
    assert counted() == {}


def test_one_address_can_not_make_a_page_popular(client, at):
    dot = dot_of(client.get("/"))
    for _turn in range(300):
        client.get(dot, **READER)
    assert sum(counted().values()) <= 140


def test_downloads_are_counted_once_though_they_come_in_parts(client, at):
    work = make.document(at, "7/2031/TT-BTN")
    file = make.attach_file(work)
    work = make.publish(work, at)
    path = f"{work.identity.url}tep/{file.pk}/"
    client.get(path, HTTP_USER_AGENT=PERSON)
    client.get(path, HTTP_USER_AGENT=PERSON, HTTP_RANGE="bytes=500-")
    client.get(path, HTTP_USER_AGENT="python-requests/2")
    assert counted() == {f"file:legaldocument:{work.pk}": 1}
    assert DayCount.objects.get().views == 0


def test_no_row_tells_who_read(client, at):
    client.get(dot_of(client.get("/")), REMOTE_ADDR="203.0.113.77", **READER)
    counting.flush()
    for model in (ViewCount, DayCount, Presence):
        for row in model.objects.values():
            assert "203.0.113" not in str(row) and "Android" not in str(row)


def test_old_days_become_months_and_no_view_is_lost(at):
    today = dt.date(2032, 6, 15)
    for back in range(0, 700, 7):
        ViewCount.objects.create(day=today - dt.timedelta(days=back), key="page:1", views=3)
    before = counting.views_of("page:1")
    assert counting.fold(today) > 0
    assert counting.views_of("page:1") == before
    old = ViewCount.objects.filter(day__lt=today - dt.timedelta(days=431))
    assert {row.day.day for row in old} == {1}
    assert counting.fold(today) == 0


def test_everybody_sees_the_sums(client, at, django_assert_num_queries):
    DayCount.objects.create(day=timezone.localdate(), views=4321, visits=1234)
    shown = client.get("/thong-ke-truy-cap/").content.decode()
    assert "1.234" in shown and "4.321" in shown and "<svg" in shown
    assert 'style="' not in shown


def test_the_report_names_units_and_sections_and_is_exported(client, at):
    work = make.document(at, "7/2031/TT-BTN", live=True)
    section = make.section(at, live=True)
    page = make.page(at, parent=section, live=True)
    today = timezone.localdate()
    for key, views in ((f"legaldocument:{work.pk}", 9), (f"standardpage:{page.pk}", 4),
                       ("route:search", 5), (f"file:legaldocument:{work.pk}", 2),
                       ("legaldocument:999999", 1)):  # fmt: skip
        ViewCount.objects.create(day=today, key=key, views=views)
    DayCount.objects.create(day=today, views=19, visits=6)
    client.force_login(at.clerk_a)
    shown = client.get("/admin/thong-ke-truy-cap/").content.decode()
    for words in ("7/2031/TT-BTN", section.title, "Sở Hạt Mít", "19", "<svg"):
        assert words in shown
    table = client.get("/admin/thong-ke-truy-cap/?xuat=csv").content.decode()
    assert f"lượt truy cập,{today:%d/%m/%Y},,6" in table and "lượt tìm" in table
    assert client.get("/admin/thong-ke-truy-cap/?xuat=xlsx").status_code == 200
    for bad in ("?tu=hom-nay", "?tu=01/01/2031&den=01/01/2001", "?tu=01/01/1900"):
        assert client.get(f"/admin/thong-ke-truy-cap/{bad}").status_code == 200


def test_the_number_of_queries_of_the_report_does_not_grow(
    client, at, django_assert_max_num_queries
):
    client.force_login(at.clerk_a)
    pages = [make.page(at, f"Trang {n}", live=True) for n in range(12)]
    for page in pages:
        ViewCount.objects.create(day=timezone.localdate(), key=f"standardpage:{page.pk}", views=1)
    client.get("/admin/thong-ke-truy-cap/")
    with django_assert_max_num_queries(45):
        client.get("/admin/thong-ke-truy-cap/")


@given(st.lists(st.tuples(st.text(max_size=5), st.integers(0, 10**9)), max_size=60))
def test_bars_stay_in_their_picture(values):
    chart = charts.bars(values)
    assert len(chart.bars) == len(values)
    for bar in chart.bars:
        assert bar.y >= 0 and bar.height >= 0 and bar.y + bar.height <= chart.foot + 0.1
        assert bar.x >= 0 and bar.x + bar.width <= chart.width + 0.1


def test_people_are_no_programs():
    for agent in (PERSON, "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:120.0) Gecko Firefox/120.0",
                  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) CocCoc/120 Safari/604"):  # fmt: skip
        assert not is_program(agent)
