"""Counts of searches and choices: no person in them, nothing rare seen, nothing old kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import DatabaseError
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.core import clock, visitors
from portal.organisations.audience import PUBLIC
from portal.organisations.models import AudienceKind
from search import query_log
from search.masking import loggable
from search.models import ClickCount, QueryCount
from search.plan import SearchPlan
from search.query_log import flush, note_click, note_query, purge
from tests import factories as make

pytestmark = pytest.mark.django_db
URL = "/tim-kiem/luot-chon/"


@pytest.fixture(autouse=True)
def counting(settings):
    settings.SEARCH_LOG_DAYS, settings.SEARCH_LOG_FLOOR = 90, 3
    query_log._waiting.clear()
    visitors._kept = None
    yield
    query_log._waiting.clear()
    visitors._kept = None


def asked_by(address: str, **headers):
    return RequestFactory().get("/tim-kiem/", REMOTE_ADDR=address, **headers)


def plan(text: str, page: int = 1) -> SearchPlan:
    today = timezone.localdate()
    return SearchPlan(text=text, words=text, visible_to=PUBLIC, today=today, page=page)


def ask(text: str, visitors_: int = 1, total: int = 0, page: int = 1) -> None:
    for number in range(visitors_):
        note_query(asked_by(f"10.0.0.{number}"), plan(text, page), total)


# What is written down


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Phơi HẠT mít ", "phơi hạt mít"),
        ("tra cứu 079123456789", "tra cứu •••"),
        ("sđt 0912 345 678 gọi ai", "sđt ••• gọi ai"),
        ("sđt +84 (0)912.345.678", "sđt •••"),
        ("cmnd 024-123-456", "cmnd •••"),
        ("hộ chiếu C1234567", "hộ chiếu •••"),
        ("phạt nguội 29A-123.45", "phạt nguội •••"),
        ("hỏi a.b@vidu.vn về thuế", "hỏi về thuế"),
        ("012345678901 a@b.vn", ""),
        ("Nghị định 168/2024/NĐ-CP", "nghị định 168/2024/nđ-cp"),
        ("từ 01/01/2024 đến 31-12-2024", "từ 01/01/2024 đến 31-12-2024"),
        ("điều 5 khoản 2", "điều 5 khoản 2"),
        ("…?!", ""),
        ("một " * 100, ("một " * 50).strip()),
    ],
)
def test_what_points_to_a_person_is_not_written(typed, kept):
    assert loggable(typed) == kept


@given(st.text())
def test_any_text_is_cut_and_holds_no_address(text):
    found = loggable(text)
    assert len(found) <= 200
    assert "@" not in found


@given(st.text(alphabet="0123456789", min_size=9, max_size=14), st.sampled_from([" ", ".", "-"]))
def test_long_numbers_are_masked_however_they_are_grouped(digits, sign):
    grouped = sign.join(digits[at : at + 3] for at in range(0, len(digits), 3))
    for typed in (digits, grouped):
        assert not any(sign.isdigit() for sign in loggable(f"số {typed} nhé"))


# Counting


def test_searches_are_counted_in_batches(django_assert_num_queries):
    ask("mở đầu")  # the salt of the day is asked for once
    flush()
    with django_assert_num_queries(0):
        ask("phơi hạt mít", 2, total=3)
        ask("Phơi hạt  mít")
        ask("phơi hạt mít", page=2)
    flush()
    row = QueryCount.objects.get(words="phơi hạt mít")
    assert (row.searches, row.empty, row.visitors) == (3, 1, 2)
    ask("phơi hạt mít", 3)
    flush()
    row.refresh_from_db()
    assert (row.searches, row.empty, row.visitors) == (6, 4, 3)


def test_one_visitor_is_one_however_often_he_asks():
    for _round in range(10):
        ask("phơi hạt mít")
        flush()
    row = QueryCount.objects.get()
    assert (row.searches, row.visitors) == (10, 1)
    assert not QueryCount.objects.told().exists()


def test_a_household_with_many_addresses_is_one_visitor():
    for number in range(9):
        note_query(asked_by(f"2001:db8:1:2::{number}"), plan("phơi hạt mít"), 0)
    flush()
    assert QueryCount.objects.get().visitors == 1


def test_nothing_stored_tells_who_asked():
    ask("phơi hạt mít", 2)
    ask("lá chuối", 2)
    flush()
    one, other = QueryCount.objects.order_by("words")
    assert "10.0.0" not in one.seen + other.seen
    assert not set(one.seen.split()) & set(other.seen.split()), "rows cannot be joined"
    before = set(other.seen.split())
    QueryCount.objects.all().delete()
    visitors._kept = None
    cache.clear()  # the salt is gone with its day
    ask("phơi hạt mít", 2)
    flush()
    assert not set(QueryCount.objects.get().seen.split()) & before
    ask("phơi hạt mít", 5)
    flush()
    row = QueryCount.objects.get()
    assert (row.seen, row.visitors) == ("", 3), "enough visitors: they are forgotten"
    names = {field.name for field in QueryCount._meta.fields}
    assert names == {"id", "day", "words", "visitors", "seen", "searches", "empty"}


def test_processes_share_the_salt_of_a_day():
    ask("phơi hạt mít", 1)
    flush()
    visitors._kept = None  # another process
    ask("phơi hạt mít", 1)
    flush()
    assert QueryCount.objects.get().visitors == 1


def test_behind_a_proxy_visitors_are_apart(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for number in range(3):
        forwarded = f"1.1.1.1, 203.0.113.{number}"
        request = asked_by("127.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
        note_query(request, plan("phơi hạt mít"), 0)
    flush()
    assert QueryCount.objects.get().visitors == 3


def test_switched_off_counts_nothing_and_forgets(settings):
    ask("phơi hạt mít", 5)
    flush()
    settings.SEARCH_LOG_DAYS = 0
    ask("lá chuối", 5)
    note_click(asked_by("10.0.0.1"), "lá chuối", ("legal", 1), "")
    flush()
    assert QueryCount.objects.count() == 1
    purge()
    assert not QueryCount.objects.exists()


def test_a_process_keeps_only_so_much(monkeypatch):
    monkeypatch.setattr(query_log, "MOST_ROWS", 5)
    for number in range(20):
        ask(f"từ {number}")
    assert len(query_log._waiting) == 5


def test_a_database_that_fails_fails_no_page(monkeypatch):
    def broken(*args):
        raise DatabaseError("đầy đĩa")

    monkeypatch.setattr(query_log, "_write_queries", broken)
    ask("phơi hạt mít")
    flush()
    assert not query_log._waiting


def test_counts_are_written_after_an_answer_once_it_is_time(monkeypatch):
    ask("phơi hạt mít")
    query_log.flush_when_due()
    assert not QueryCount.objects.exists()
    monkeypatch.setattr(query_log, "FLUSH_SECONDS", -1)
    query_log.flush_when_due()
    assert QueryCount.objects.exists()


# Forgetting


def test_rare_and_old_rows_are_deleted():
    today = timezone.localdate()

    def row(words, days, visitors_, seen="ab cd"):
        QueryCount.objects.create(
            day=today - dt.timedelta(days=days), words=words, visitors=visitors_, seen=seen
        )

    row("hôm nay, hiếm", 0, 1)
    row("hôm qua, hiếm", 1, 2)
    row("hôm qua, nhiều", 1, 3)
    row("ngày cuối", 90, 9)
    row("quá hạn", 91, 9)
    assert purge() == 2
    kept = dict(QueryCount.objects.values_list("words", "seen"))
    assert kept == {"hôm nay, hiếm": "ab cd", "hôm qua, nhiều": "", "ngày cuối": ""}


def test_the_clock_knows_the_job():
    job = next(job for job in clock.jobs() if job.name == "purge-search-log")
    assert job.run is query_log.purge
    assert job.every <= 24 * 3600


# Choices


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def work(at):
    return make.document(at, live=True)


def choose(client, body: str, address: str = "10.0.0.1", **headers):
    kind = "application/x-www-form-urlencoded;charset=UTF-8"
    return client.post(URL, body, content_type=kind, REMOTE_ADDR=address, **headers)


def test_choices_are_counted_without_cookie_or_token(client, work):
    for number in range(4):
        answer = choose(client, f"q=Hạt+mít&vb=legal-{work.pk}&eid=dieu-1", f"10.0.0.{number}")
        assert (answer.status_code, answer.content, dict(answer.cookies)) == (204, b"", {})
    assert not client.cookies
    flush()
    row = ClickCount.objects.told().get()
    assert (row.words, row.identity_id, row.eid, row.clicks, row.seen) == (
        "hạt mít", work.identity_id, "dieu-1", 4, "",
    )  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "",
        "q=hạt",
        "vb=legal-1",
        "q=hạt&vb=legal",
        "q=hạt&vb=sach-1",
        "q=hạt&vb=legal--1",
        "q=hạt&vb=legal-999999",
        "q=hạt&vb=legal-99999999999999999999",
        "q=%ff%fe&vb=legal-1",
        "&".join(f"a{n}=1" for n in range(50)),
        "q=" + "a" * 2000,
        "\x00",
    ],
)
def test_nonsense_is_answered_alike_and_not_counted(client, body):
    assert choose(client, body).status_code == 204
    flush()
    assert not ClickCount.objects.exists()


def test_another_site_and_another_method_are_not_counted(client, work):
    body = f"q=hạt&vb=legal-{work.pk}"
    choose(client, body, HTTP_SEC_FETCH_SITE="cross-site")
    assert client.get(f"{URL}?{body}").status_code == 204
    flush()
    assert not ClickCount.objects.exists()


def test_what_is_not_public_is_not_counted(client, at):
    secret = make.document(at, audience=AudienceKind.UNITS, live=True)
    draft = make.document(at, "05/2031/TT-BTN")
    for work in (secret, draft):
        choose(client, f"q=hạt&vb=legal-{work.pk}")
    flush()
    assert not ClickCount.objects.exists()


def test_ids_that_are_made_up_make_no_more_visitors(client, work):
    for number in range(9):
        choose(client, f"q=hạt&vb=legal-{work.pk}&eid=dieu-{number + 50}")
    flush()
    row = ClickCount.objects.get()
    assert (row.eid, row.clicks, row.visitors) == ("", 9, 1)


def test_one_address_is_counted_so_often_a_minute(client, work, settings):
    settings.SEARCH_LIMITS = {"click": 10}
    for _number in range(40):
        assert choose(client, f"q=hạt&vb=legal-{work.pk}", "10.9.9.9").status_code == 204
    flush()
    assert ClickCount.objects.get().clicks <= 10


def test_the_script_is_small():
    script = Path(django_settings.BASE_DIR) / "portal/static/portal/js/clicks.js"
    assert len(script.read_bytes()) <= 1024
    assert URL in script.read_text(encoding="utf-8")
