"""Editors put documents first for some words; nobody sees by it what he may not see."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from portal.organisations.access import access_of
from portal.organisations.audience import PUBLIC
from portal.organisations.models import AudienceKind
from search import remembering
from search.indexing import outbox
from search.models import Promotion
from search.plan import SearchPlan
from search.remembering import promoted
from search.second_stage import find
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = dt.date(2031, 6, 1)


@pytest.fixture(autouse=True)
def nothing_remembered():
    remembering.forget()
    yield
    remembering.forget()


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def works(at):
    """Three on drying seeds and one, of other words, that is to stand first."""
    found = [make.document(at, f"{n}/2031/TT-BTN", live=True) for n in (11, 12, 13)]
    subject = "Quy định về rửa lá chuối"
    found.append(make.document(at, "14/2031/TT-BTN", subject=subject, live=True))
    outbox.drain()
    return found


def plan(words: str, audience=PUBLIC, **changes) -> SearchPlan:
    return SearchPlan(text=words, words=words, visible_to=audience, today=TODAY, **changes)


def promote(work, words: str = "phơi hạt mít", **fields) -> Promotion:
    fields = {"reason": "Bạn đọc hỏi nhiều", **fields}
    return Promotion.objects.create(identity=work.identity, words=words, **fields)


def first(words: str, audience=PUBLIC) -> int:
    return find(plan(words, audience)).hits[0].document_id


@pytest.mark.parametrize("typed", ["phơi hạt mít", "phoi hat mit", "hạt mít phơi", "Phơi  Hạt mít"])
def test_it_stands_first_for_its_words(works, typed):
    other = works[-1]
    assert first(typed) != other.pk
    promote(other)
    assert first(typed) == other.pk


def test_it_stands_first_where_its_words_stand_together(works):
    promote(works[-1])
    assert first("quy định phơi hạt mít ở đâu") == works[-1].pk
    assert first("hạt mít") != works[-1].pk
    assert not promoted(plan("phơi vỏ hạt mít"))


def test_other_tones_are_other_words(works):
    promote(works[-1], words="hạt mịt")
    assert not promoted(plan("hạt mít"))
    assert promoted(plan("hat mit"))


def test_one_for_its_words_alone_stays_out_of_longer_queries(works):
    promote(works[-1], alone=True)
    assert promoted(plan("phơi hạt mít"))
    assert not promoted(plan("quy định phơi hạt mít"))


def test_a_provision_is_shown(works):
    promote(works[-1], eid="dieu-2")
    hit = find(plan("phơi hạt mít")).hits[0]
    assert (hit.document_id, hit.provisions[0].eid) == (works[-1].pk, "dieu-2")


def test_days_and_being_set_aside(works):
    day, one = timezone.localdate(), dt.timedelta(days=1)
    row = promote(works[-1], since=day, until=day)
    assert promoted(plan("phơi hạt mít"))
    for changes in ({"until": day - one, "since": None}, {"since": day + one}, {"active": False}):
        Promotion.objects.filter(pk=row.pk).delete()
        row = promote(works[-1], **changes)
        assert not promoted(plan("phơi hạt mít")), changes


def test_what_was_withdrawn_is_not_promoted(at, works):
    promote(works[-1])
    assert first("phơi hạt mít") == works[-1].pk
    make.withdraw(works[-1], at)
    outbox.drain()
    assert not promoted(plan("phơi hạt mít"))
    assert works[-1].pk not in [hit.document_id for hit in find(plan("phơi hạt mít")).hits]


def test_pages_repeat_and_lose_nothing(works):
    promote(works[-1])
    promote(works[1], words="hạt mít")
    found = [
        hit.document_id
        for page in (1, 2, 3, 4)
        for hit in find(plan("phơi hạt mít", page=page, page_size=1)).hits
    ]
    assert sorted(found) == sorted(work.pk for work in works)
    assert set(found[:2]) == {works[-1].pk, works[1].pk}


def test_filters_of_the_reader_hold(works):
    from search.plan import Filters

    promote(works[-1])
    assert not promoted(plan("phơi hạt mít", filters=Filters(years=(1999,))))


def test_a_stranger_never_sees_a_promoted_internal_document(at, works, client):
    secret = make.document(
        at, "15/2031/TT-BTN", subject="Quy định về giấu vỏ quýt", audience=AudienceKind.UNITS,
        live=True,
    )  # fmt: skip
    outbox.drain()
    client.get("/tim-kiem/?q=phơi+hạt+mít")
    before = find(plan("phơi hạt mít"))
    promote(secret)
    assert not promoted(plan("phơi hạt mít"))
    after = find(plan("phơi hạt mít"))
    assert (after.total, after.hits) == (before.total, before.hits)
    page = client.get("/tim-kiem/?q=phơi+hạt+mít").content.decode()
    assert "giấu vỏ quýt" not in page
    assert "15/2031/TT-BTN" not in page
    assert first("phơi hạt mít", access_of(at.member_a).audience) == secret.pk


def test_a_search_asks_the_database_no_more_than_now_and_then(works, django_assert_num_queries):
    promote(works[-1])
    promoted(plan("phơi hạt mít"))
    with django_assert_num_queries(0):
        assert promoted(plan("phơi hạt mít"))
