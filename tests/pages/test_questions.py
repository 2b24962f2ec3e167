"""Hỏi đáp: asked by anybody, answered by the unit through review, and what search learns."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from portal.editorial.models import CalendarException, Notification
from portal.pages import asking
from portal.pages.models import AnswerPage, Asker, Question
from search.models import AnsweredQuestion
from tests import factories as make

pytestmark = pytest.mark.django_db

ASKED = {"title": "Phơi hạt mít ở sân chung có được không?",
         "text": "Nhà tôi muốn phơi hạt mít ở sân chung của bản.",
         "name": "Lò Văn Mít", "email": "mit@example.vn"}  # fmt: skip


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def index(at):
    return make.questions_page(at, days=10)


def ask(client, index, **fields):
    return client.post(index.form_address, make.sent(**ASKED | fields))


@pytest.fixture
def question(client, index):
    assert ask(client, index).status_code == 302
    return Question.objects.get()


# --- asking -------------------------------------------------------------------------------------


def test_a_question_goes_to_the_unit_with_a_deadline_in_working_days(at, client, index):
    CalendarException.objects.create(day=timezone.localdate() + dt.timedelta(1), works=False)
    response = ask(client, index)
    assert response.url == index.form_address + "da-nhan/"
    question = Question.objects.get()
    assert (question.unit, question.due) == (at.a, CalendarException.deadline(10))
    told = Notification.objects.filter(url=reverse("question", args=[question.pk]))
    assert at.clerk_a in {one.user for one in told}
    assert at.clerk_b not in {one.user for one in told}
    page = client.get(response.url)
    assert "10" in page.content.decode()


def test_the_form_is_kept_by_no_cache_and_says_what_becomes_of_the_address(client, index):
    response = client.get(index.form_address)
    assert "no-store" in response["Cache-Control"]
    assert "30" in response.content.decode()
    assert "csrfmiddlewaretoken" not in client.get(index.address).content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"website": "https://mua-hang.example"},
        {"opened": ""},
        {"opened": "1:bia-ra"},
        {"opened": make.sent()["opened"] + "x"},
    ],
)
def test_a_program_sends_nothing_and_a_person_loses_no_word(client, index, fields):
    response = ask(client, index, **fields)
    assert response.status_code == 200
    assert not Question.objects.exists()
    assert ASKED["text"] in response.content.decode()


def test_too_quick_is_a_program(client, index):
    from portal.core.guarded_form import mark_of_time

    assert ask(client, index, opened=mark_of_time(1)).status_code == 200
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("title", "Ừ"), ("text", ""), ("text", "x" * 4001), ("email", "khong-phai"),
     ("text", "chữ\x00chữ chữ chữ")],
)  # fmt: skip
def test_bad_input_says_which_field(client, index, field, value):
    response = ask(client, index, **{field: value})
    assert field in response.context["form"].errors
    assert not Question.objects.exists()


def test_a_burst_from_one_address_is_held_up(client, index):
    answers = [ask(client, index).status_code for _number in range(14)]
    assert answers[-1] == 429
    assert Question.objects.count() <= 10


def test_a_closed_page_and_a_hidden_page_take_nothing(at, client):
    closed = make.questions_page(at, "Đã đóng", takes_questions=False)
    response = ask(client, closed)
    assert response.status_code == 200
    internal = make.questions_page(at, "Nội bộ", audience="units")
    draft = make.questions_page(at, "Nháp", live=False)
    assert ask(client, internal).status_code == ask(client, draft).status_code == 404
    assert not Question.objects.exists()


def test_a_page_without_a_form_has_no_form(at, client):
    page = make.page(at, live=True)
    assert client.get(page.address + "gui/").status_code == 404


# --- answering ------------------------------------------------------------------------------------


def test_from_question_to_published_answer(at, client, question):
    client.force_login(at.clerk_a)
    response = client.post(reverse("question", args=[question.pk]), {"draft": "1"})
    draft = AnswerPage.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert (draft.title, draft.question, draft.unit) == (ASKED["title"], ASKED["text"], at.a)
    assert not draft.live
    assert client.get(response.url).status_code == 200
    assert ASKED["name"] not in str(draft.frozen_content())
    assert asking.make_draft(question, at.clerk_a) == draft  # once more gives the same
    draft.body = [("text", "<p>Được, nếu bản đồng ý.</p>")]
    draft.save_revision(user=at.clerk_a, clean=False)
    live = make.publish(AnswerPage.objects.get(), at)
    question.refresh_from_db()
    assert question.state == Question.State.ANSWERED
    client.logout()
    text = client.get(live.address).content.decode()
    assert "nếu bản đồng ý" in text
    assert ASKED["name"] not in text


def test_who_asked_is_told_once(at, question, django_capture_on_commit_callbacks):
    draft = asking.make_draft(question, at.clerk_a)
    draft.body = [("text", "<p>Được.</p>")]
    draft.save_revision(user=at.clerk_a, clean=False)
    with django_capture_on_commit_callbacks(execute=True):
        live = make.publish(draft, at)
    told = [one for one in mail.outbox if one.to == ["mit@example.vn"]]
    assert len(told) == 1
    assert live.address in told[0].body
    live.question = "Sửa chữ"
    live.save_revision(user=at.clerk_a, clean=False)
    with django_capture_on_commit_callbacks(execute=True):
        make.publish(AnswerPage.objects.get(), at)
    assert len([one for one in mail.outbox if one.to == ["mit@example.vn"]]) == 1


def test_a_refusal_needs_a_reason_and_tells_it(
    at, client, question, django_capture_on_commit_callbacks
):
    client.force_login(at.clerk_a)
    url = reverse("question", args=[question.pk])
    client.post(url, {"refuse": "1", "reason": "  "})
    question.refresh_from_db()
    assert question.waits
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, {"refuse": "1", "reason": "Không thuộc thẩm quyền của Sở."})
    question.refresh_from_db()
    assert question.state == Question.State.REFUSED
    assert [one.body for one in mail.outbox if one.to == ["mit@example.vn"]] == [question.reason]
    client.post(url, {"draft": "1"})
    assert not AnswerPage.objects.exists()


@pytest.mark.parametrize("who", ["clerk_b", "head_b", "administrator", "superuser", "member_a"])
def test_others_do_not_read_or_answer_it(at, client, question, who):
    client.force_login(getattr(at, who))
    url = reverse("question", args=[question.pk])
    assert ASKED["title"] not in client.get(reverse("questions")).content.decode()
    assert client.get(url).status_code in (302, 403, 404)
    client.post(url, {"draft": "1"})
    client.post(url, {"refuse": "1", "reason": "Phá"})
    question.refresh_from_db()
    assert question.state == Question.State.NEW


def test_only_who_answers_reads_who_asked(at, client, question):
    url = reverse("question", args=[question.pk])
    for who, seen in (("clerk_a", True), ("auditor", False), ("lawyer_a", False)):
        client.force_login(getattr(at, who))
        response = client.get(url)
        assert response.status_code == 200
        assert ("mit@example.vn" in response.content.decode()) is seen, who


def test_who_asked_is_forgotten_by_the_clock(at, question):
    today = timezone.localdate()
    assert asking.forget_askers(today + dt.timedelta(100)) == 0
    asking.refuse(question, at.clerk_a, "Không thuộc thẩm quyền.")
    assert asking.forget_askers(today + dt.timedelta(30)) == 0
    assert asking.forget_askers(today + dt.timedelta(31)) == 1
    assert not Asker.objects.exists()
    assert Question.objects.get().title == ASKED["title"]


def test_who_asked_is_forgotten_even_when_nobody_answers(question):
    assert asking.forget_askers(timezone.localdate() + dt.timedelta(181)) == 1


def test_late_questions_are_told_once_a_week(at, question):
    after = question.due + dt.timedelta(1)
    assert asking.tell_late(question.due) == 0
    assert asking.tell_late(after) == 1
    assert asking.tell_late(after + dt.timedelta(3)) == 0
    assert asking.tell_late(after + dt.timedelta(8)) == 1


# --- reading ------------------------------------------------------------------------------------


def test_answers_are_found_without_accents_by_topic_and_in_the_feed(at, client, index):
    nuts = make.answer(at, "Phơi hạt mít ở đâu?", answered_on=dt.date(2031, 5, 2), live=True,
                       asked_on=dt.date(2031, 5, 1))  # fmt: skip
    peel = make.answer(at, "Vỏ quýt bán thế nào?", asked_on=dt.date(2031, 6, 1),
                       answered_on=dt.date(2031, 6, 2))  # fmt: skip
    peel.topics.add("chợ phiên")
    peel.save_revision(user=at.clerk_a, clean=False)
    make.publish(peel, at)
    make.answer(at, "Nháp hạt mít chưa đăng?")
    make.answer(at, "Hạt mít nội bộ?", audience="units", live=True)

    def found(query: str) -> list[str]:
        response = client.get(index.address + query)
        return [row.title for row in response.context["rows"]]

    assert found("") == [peel.title, nuts.title]
    assert found("?q=phoi+hat+MIT") == [nuts.title]
    assert found("?q=hột") == []
    assert found(f"?chu-de={peel.topics.get().slug}") == [peel.title]
    assert found("?chu-de=khong-co") == []
    feed = client.get(index.address + "atom.xml").content.decode()
    assert nuts.title in feed
    assert "nội bộ" not in feed


def test_an_answer_names_only_what_is_there(at):
    from django.core.exceptions import ValidationError

    row = make.answer(at, references="Điều 999 Luật Không Có")
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    assert "references" in caught.value.message_dict


# --- the memory of search -------------------------------------------------------------------------


@pytest.fixture
def law(at):
    work = make.document(at, "70/2031/TT-BTN", subject="Về phơi hạt mít", owner=at.a)
    return make.publish(work, at)


def learned() -> dict[str, list[int]]:
    rows = AnsweredQuestion.objects.in_use(timezone.localdate())
    return {row.text: [one.identity_id for one in row.answers.all()] for row in rows}


def test_search_learns_from_a_live_answer_and_forgets_a_withdrawn_one(at, law):
    draft = make.answer(at, references="70/2031/TT-BTN")
    assert learned() == {}
    live = make.publish(draft, at)
    assert learned() == {live.title: [law.identity_id]}
    assert AnsweredQuestion.objects.get().source == AnsweredQuestion.Source.ASKED
    live.title = "Muốn phơi hạt mít phải xin ai?"
    live.save_revision(user=at.clerk_a, clean=False)
    live = make.publish(AnswerPage.objects.get(), at)
    assert learned() == {"Muốn phơi hạt mít phải xin ai?": [law.identity_id]}
    make.withdraw(live, at)
    assert learned() == {}


def test_search_learns_nothing_internal(at, law):
    make.answer(at, references="70/2031/TT-BTN", audience="units", live=True)
    assert learned() == {}


def test_a_question_of_an_editor_stays_his(at, law):
    kept, _new = AnsweredQuestion.objects.remember(
        "Phơi hạt mít cần giấy gì?", [(law.identity_id, "")], source="bien-tap"
    )
    make.withdraw(make.answer(at, references="70/2031/TT-BTN", live=True), at)
    assert AnsweredQuestion.objects.get() == kept
