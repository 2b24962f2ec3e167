"""Answered questions lift what answers them; rows that count for nothing lift nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.organisations.audience import PUBLIC
from portal.organisations.models import AudienceKind
from search import remembering, second_stage
from search.indexing import outbox
from search.models import AnsweredQuestion
from search.models.memory import question_key
from search.plan import SearchPlan
from search.ranking.stage import SecondStage
from search.ranking.trees import Trees
from search.remembering import memory_of, sayable, tellable
from search.second_stage import forward, ranked
from tests import factories as make

pytestmark = pytest.mark.django_db
QUESTION = "nhà tôi muốn phơi hạt mít thì hỏi ai"
TEXT = (
    "Điều 1. Phạm vi\nQuy định việc phơi hạt mít ở nhà.\n"
    "Điều 2. Nơi tiếp nhận\nTổ sấy nhận đơn của hộ dân và trả lời sau ba ngày.\n"
    "Điều 3. Hạt mít\nHạt mít phơi ở nhà phải sạch, nhà phơi hạt mít có mái."
)


#: Ranks by memory alone, else as stage one does: the product's weights may change.
TREES = {
    "columns": ["memory_article"],
    "trees": [{"column": [0], "threshold": [0.2], "left": [-1], "right": [-2], "leaves": [0, 1]}],
}


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch, settings):
    monkeypatch.setattr(second_stage, "_stage", lambda: SecondStage(Trees.of(TREES)))
    settings.SEARCH_STAGE_BUDGET = 30.0
    remembering.forget()
    yield
    remembering.forget()


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def work(at):
    """The document that is to be lifted, beside others that have more of the words."""
    for number in range(21, 27):
        make.document(at, f"{number}/2031/TT-BTN", text=TEXT, live=True)
    subject = "Quy chế tổ sấy"
    text = "Điều 1. Đơn\nTổ sấy nhận đơn.\nĐiều 2. Trả lời\nTrả lời hộ dân sau ba ngày."
    found = make.document(at, "27/2031/TT-BTN", subject=subject, text=text, live=True)
    outbox.drain()
    return found


def plan(words: str = QUESTION) -> SearchPlan:
    return SearchPlan(text=words, words=words, visible_to=PUBLIC, today=dt.date(2031, 6, 1))


def remember(work, eid: str = "dieu-1", **changes) -> AnsweredQuestion:
    row, _new = AnsweredQuestion.objects.remember(
        QUESTION, [(work.identity_id, eid)], source="bien-tap"
    )
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    return row


def place(work, eid: str | None = None, words: str = QUESTION) -> int:
    """Where the provision, or the document, stands in the order of the second stage."""
    order = ranked(plan(words)).provisions
    ref = ("legal", work.pk)
    places = [n for n, one in enumerate(order) if one[0] == ref and eid in (None, one[1])]
    return places[0] if places else 999


def test_nothing_answered_is_no_memory(work):
    assert memory_of(forward().view()) is None


def test_an_answer_is_lifted_to_the_top(work):
    assert place(work, "dieu-1") > 0
    remember(work)
    assert place(work, "dieu-1") == 0
    assert place(work, "dieu-1", "phơi hạt mít ở nhà tôi thì hỏi ai vậy") < 3


def test_a_clause_stands_for_its_article_and_a_document_for_its_parts(work):
    row = remember(work, "dieu-1.khoan-7")
    assert place(work, "dieu-1") == 0
    row.answer_with([(work.identity_id, "")])
    assert place(work) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"active": False},
        {"until": dt.timedelta(days=-1)},
        {"since": dt.timedelta(days=1)},
        {"weight": 0.0},
    ],
)
def test_what_is_set_aside_or_not_of_today_says_nothing(work, changes):
    today = timezone.localdate()
    days = {
        name: today + value for name, value in changes.items() if isinstance(value, dt.timedelta)
    }
    remember(work, **changes | days)
    assert memory_of(forward().view()) is None
    assert place(work, "dieu-1") > 0


def test_a_withdrawn_answer_says_nothing_and_comes_back(at, work):
    remember(work)
    assert place(work) == 0
    make.withdraw(work, at)
    outbox.drain()
    assert memory_of(forward().view()) is None
    make.publish(_redrafted(work, at), at)
    outbox.drain()
    assert place(work) == 0


def _redrafted(work, at):
    work = type(work).objects.get(pk=work.pk)
    work.save_revision(user=at.clerk_a, clean=False)
    return work


def test_it_is_read_once_until_something_changes(work, django_assert_num_queries):
    remember(work)
    view = forward().view()
    memory = memory_of(view)
    with django_assert_num_queries(0):
        assert memory_of(view) is memory
    remember(work, weight=0.5)
    assert memory_of(view) is not memory


def test_an_internal_answer_lifts_nothing_for_a_stranger_and_is_not_told(at, work):
    secret = make.document(
        at, "28/2031/TT-BTN", subject="Việc kín", audience=AudienceKind.UNITS, live=True
    )
    outbox.drain()
    remember(secret)
    order = ranked(plan())
    assert ("legal", secret.pk) not in {one[0] for one in order.provisions}
    assert order.recalled
    assert tellable(order.recalled, plan()) == []
    remember(work).answer_with([(work.identity_id, "dieu-1")])
    assert [one.question.text for one in tellable(ranked(plan()).recalled, plan())] == [QUESTION]


@pytest.mark.parametrize(
    ("source", "learned_from", "said"),
    [
        ("bien-tap", "", QUESTION),
        ("hoi-dap", "pages.answerpage:12", QUESTION),
        ("hoi-dap", "", ""),
        ("luot-chon", "", ""),
    ],
)
def test_a_question_is_named_only_when_it_is_nobodys_secret(work, source, learned_from, said):
    remember(work, source=source, learned_from=learned_from)
    assert sayable(ranked(plan()).recalled, plan()) == said


def test_a_question_with_an_internal_answer_is_not_named(at, work):
    secret = make.document(
        at, "29/2031/TT-BTN", subject="Việc kín", audience=AudienceKind.UNITS, live=True
    )
    outbox.drain()
    remember(work)
    remember(secret)
    assert ranked(plan()).recalled
    assert sayable(ranked(plan()).recalled, plan()) == ""


def test_the_same_question_in_another_spelling_is_the_same():
    assert question_key("Hoà giải ở đâu?") == question_key("hòa giải ở  đâu")
    AnsweredQuestion.objects.create(text="Hoà giải ở đâu?")
    with pytest.raises(ValidationError):
        AnsweredQuestion(text="hòa giải ở đâu").full_clean()
    with pytest.raises(ValidationError):
        AnsweredQuestion(text="…?").full_clean()
    days = {"since": dt.date(2031, 2, 1), "until": dt.date(2031, 1, 1)}
    with pytest.raises(ValidationError):
        AnsweredQuestion(text="khác", **days).full_clean()
