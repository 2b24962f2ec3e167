"""A question that needs another unit: handed over, or answered with others' parts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.editorial.models import Notification
from portal.editorial.states import State
from portal.organisations.models import AuditEntry
from portal.pages import asking, coordinating
from portal.pages.models import AnswerPage, Question, QuestionInput
from tests import factories as make

pytestmark = pytest.mark.django_db

WHY = "Việc phơi vỏ quýt thuộc Sở Vỏ Quýt."


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def question(at):
    page = make.questions_page(at, days=10)
    return asking.take(page, "Phơi vỏ quýt ở đâu?", "Tôi muốn phơi vỏ quýt.", "Lò Văn Mít",
                       "mit@example.vn")  # fmt: skip


def url_of(question) -> str:
    return reverse("question", args=[question.pk])


def seen(client, who, url) -> str:
    client.force_login(who)
    response = client.get(url, follow=True)
    return response.content.decode() if response.status_code == 200 else ""


def hand_over(client, question, unit, reason=WHY):
    return client.post(
        url_of(question), {"transfer": "1", "chuyen-unit": unit.pk, "chuyen-reason": reason},
    )  # fmt: skip


def ask(client, question, unit, due=None, wish="Cho biết chỗ phơi."):
    return client.post(
        url_of(question),
        {"ask": "1", "phoi-hop-unit": unit.pk, "phoi-hop-wish": wish,
         "phoi-hop-due": f"{due or question.due:%Y-%m-%d}"},
    )  # fmt: skip


# --- handing over -------------------------------------------------------------------------------


def test_a_question_moves_to_the_queue_of_the_other_unit_with_its_day(at, client, question):
    due = question.due
    assert question.title not in seen(client, at.clerk_b, reverse("questions"))
    client.force_login(at.clerk_a)
    hand_over(client, question, at.b)
    question.refresh_from_db()
    assert (question.unit, question.due, question.state) == (at.b, due, Question.State.NEW)
    entry = AuditEntry.objects.get(action=coordinating.TRANSFERRED)
    assert (entry.actor, entry.unit, entry.reason) == (at.clerk_a, at.a, WHY)
    assert entry.changes == {"unit": [str(at.a), str(at.b)]}
    assert at.clerk_b in {
        one.user for one in Notification.objects.filter(url=url_of(question), kind="question")
    }
    assert question.title in seen(client, at.clerk_b, reverse("questions"))
    page = seen(client, at.clerk_b, url_of(question))
    assert WHY in page
    assert "mit@example.vn" in page  # who answers now may write to who asked


def test_the_new_unit_answers_on_the_page_where_it_was_asked(at, client, question):
    coordinating.transfer(question, at.clerk_a, at.b, WHY)
    client.force_login(at.clerk_b)
    client.post(url_of(question), {"draft": "1"})
    draft = AnswerPage.objects.get()
    assert draft.unit == at.b
    assert draft.get_parent().pk == question.page_id
    assert client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).status_code == 200
    draft.body = [("text", "<p>Ở sân chung.</p>")]
    draft.save_revision(user=at.clerk_b, clean=False)
    live = make.publish(AnswerPage.objects.get(), at)
    question.refresh_from_db()
    assert question.state == Question.State.ANSWERED
    client.logout()
    page = client.get(live.address).content.decode()
    assert "Ở sân chung" in page
    assert WHY not in page


def test_the_unit_that_left_it_reads_it_on_its_page_without_who_asked(at, client, question):
    coordinating.transfer(question, at.clerk_a, at.b, WHY)
    page = seen(client, at.clerk_a, url_of(question))
    assert question.title in page
    assert "mit@example.vn" not in page
    with pytest.raises(PermissionDenied):
        asking.make_draft(question, at.clerk_a)
    with pytest.raises(PermissionDenied):  # an object that was read before the transfer
        stale = Question.objects.get(pk=question.pk)
        stale.unit = at.a
        coordinating.transfer(stale, at.clerk_a, at.office, WHY)


@pytest.mark.parametrize(
    "who",
    ["clerk_b", "head_b", "lawyer_a", "deputy_a", "poster_a", "auditor", "administrator",
     "superuser", "member_a"],
)  # fmt: skip
def test_only_the_unit_responsible_hands_over_and_asks(at, client, question, who):
    client.force_login(getattr(at, who))
    hand_over(client, question, at.b)
    ask(client, question, at.b)
    question.refresh_from_db()
    assert question.unit == at.a
    assert not QuestionInput.objects.exists()
    assert not AuditEntry.objects.filter(action__startswith="question.").exists()


def test_a_transfer_needs_a_reason_and_somebody_there(at, client, question):
    client.force_login(at.clerk_a)
    response = hand_over(client, question, at.b, reason="  ")
    assert "chuyen-reason" in response.content.decode()
    empty = make.unit("Sở Không Người")
    make.person("het-han", "van-thu", empty, valid_from=dt.date(2020, 1, 1),
                valid_to=dt.date(2020, 2, 1))  # fmt: skip
    for unit in (empty, at.a):
        hand_over(client, question, unit)
    question.refresh_from_db()
    assert question.unit == at.a
    with pytest.raises(ValidationError):
        coordinating.transfer(question, at.clerk_a, empty, WHY)


def test_an_answer_under_review_is_not_left_behind(at, question):
    draft = asking.make_draft(question, at.clerk_a)
    question.refresh_from_db()
    AnswerPage.objects.filter(pk=draft.pk).update(editorial_state=State.CHECKING)
    with pytest.raises(ValidationError):
        coordinating.transfer(question, at.clerk_a, at.b, WHY)
    AnswerPage.objects.filter(pk=draft.pk).update(editorial_state=State.DRAFT)
    coordinating.transfer(question, at.clerk_a, at.b, WHY)
    question.refresh_from_db()
    assert question.answer is None
    assert AnswerPage.objects.get(pk=draft.pk).unit == at.a, "what was written is not lost"
    other = asking.make_draft(question, at.clerk_b)
    assert other.pk != draft.pk


def test_a_handled_question_goes_nowhere(at, question):
    asking.refuse(question, at.clerk_a, "Không thuộc thẩm quyền.")
    for act in (
        lambda: coordinating.transfer(question, at.clerk_a, at.b, WHY),
        lambda: coordinating.request_input(question, at.clerk_a, at.b, "?", question.due),
    ):
        with pytest.raises(ValidationError):
            act()


# --- contributing -------------------------------------------------------------------------------


def test_another_unit_contributes_and_the_first_stays_responsible(at, client, question):
    client.force_login(at.clerk_a)
    ask(client, question, at.b)
    wanted = QuestionInput.objects.get()
    assert (wanted.unit, wanted.asked_by) == (at.b, at.clerk_a)
    queue = seen(client, at.clerk_b, reverse("questions"))
    assert queue.count(question.title) == 1
    page = seen(client, at.clerk_b, url_of(question))
    assert "Cho biết chỗ phơi." in page
    assert "mit@example.vn" not in page
    for act in ({"draft": "1"}, {"refuse": "1", "reason": "Phá"}):
        client.post(url_of(question), act)
    assert not AnswerPage.objects.exists()
    client.post(url_of(question), {"give": wanted.pk, "text": "Ở sân chung của bản."})
    wanted.refresh_from_db()
    question.refresh_from_db()
    assert (wanted.text, wanted.given_by) == ("Ở sân chung của bản.", at.clerk_b)
    assert (question.unit, question.state) == (at.a, Question.State.NEW)
    assert "Ở sân chung của bản." in seen(client, at.clerk_a, url_of(question))
    assert Notification.objects.filter(user=at.clerk_a, url=url_of(question)).count() == 2
    acts = AuditEntry.objects.filter(action__startswith="question.").order_by("pk")
    assert [(one.action, one.actor) for one in acts] == [
        ("question.ask-unit", at.clerk_a), ("question.input", at.clerk_b)]  # fmt: skip


def test_only_the_unit_that_was_asked_says_it_and_once(at, client, question):
    wanted = coordinating.request_input(question, at.clerk_a, at.b, "Chỗ phơi?", question.due)
    for who in (at.clerk_a, at.superuser, at.auditor, at.member_b):
        client.force_login(who)
        client.post(url_of(question), {"give": wanted.pk, "text": "Giả"})
    client.force_login(at.clerk_b)
    client.post(url_of(question), {"give": wanted.pk, "text": "  "})
    client.post(url_of(question), {"give": "9" * 30, "text": "Số lạ"})
    wanted.refresh_from_db()
    assert wanted.given_at is None
    coordinating.give_input(wanted, at.clerk_b, "Ở sân chung.")
    with pytest.raises(PermissionDenied):
        coordinating.give_input(wanted, at.clerk_b, "Sửa lại.")
    assert not coordinating.inputs_wanted(at.clerk_b)


def test_a_wish_has_words_a_day_in_time_and_is_made_once(at, client, question):
    client.force_login(at.clerk_a)
    ask(client, question, at.b, wish=" ")
    ask(client, question, at.b, due=question.due + dt.timedelta(1))
    ask(client, question, at.b, due=timezone.localdate() - dt.timedelta(1))
    ask(client, question, at.a)
    assert not QuestionInput.objects.exists()
    ask(client, question, at.b)
    ask(client, question, at.b)
    assert QuestionInput.objects.count() == 1


def test_who_becomes_responsible_owes_nothing_more(at, question):
    coordinating.request_input(question, at.clerk_a, at.b, "Chỗ phơi?", question.due)
    coordinating.transfer(question, at.clerk_a, at.b, WHY)
    assert not QuestionInput.objects.exists()


def test_the_public_sees_nothing_of_it(at, client, question):
    wanted = coordinating.request_input(question, at.clerk_a, at.b, "Chỗ phơi?", question.due)
    coordinating.give_input(wanted, at.clerk_b, "Mít non nội bộ.")
    coordinating.transfer(question, at.clerk_a, at.b, WHY)
    draft = asking.make_draft(question, at.clerk_b)
    draft.body = [("text", "<p>Ở sân chung.</p>")]
    draft.save_revision(user=at.clerk_b, clean=False)
    live = make.publish(AnswerPage.objects.get(), at)
    index = live.get_parent().specific
    for url in (live.address, index.address, index.address + "atom.xml", "/so-cong-bo/"):
        page = client.get(url).content.decode()
        for secret in (WHY, "Mít non", "Chỗ phơi?", "Lò Văn Mít"):
            assert secret not in page, url
    assert client.get(url_of(question)).status_code == 302


def test_the_queue_costs_the_same_however_long(at, client, question, django_assert_max_num_queries):
    for number in range(6):
        other = asking.take(question.page, f"Câu hỏi thứ {number} về hạt mít?", "Chữ chữ chữ.")
        coordinating.request_input(other, at.clerk_a, at.b, "Gì?", other.due)
    client.force_login(at.clerk_b)
    client.get(reverse("questions"))
    with django_assert_max_num_queries(30):
        page = client.get(reverse("questions")).content.decode()
    assert page.count("Câu hỏi thứ") == 6


def test_the_first_page_names_what_waits_for_a_unit(at, client, question):
    coordinating.request_input(question, at.clerk_a, at.b, "Chỗ phơi?", question.due)
    due = f"{question.due:%d/%m/%Y}"
    for who, words in (
        (at.clerk_a, f"trả lời trước hết ngày {due}"),
        (at.clerk_b, f"cho ý kiến đến hết ngày {due}"),
    ):
        page = seen(client, who, "/admin/")
        assert question.title in page
        assert words in page
    for who in (at.lawyer_a, at.auditor, at.administrator):
        assert "muc-questions" not in seen(client, who, "/admin/")
    asking.refuse(question, at.clerk_a, "Không thuộc thẩm quyền.")
    for who in (at.clerk_a, at.clerk_b):
        assert "muc-questions" not in seen(client, who, "/admin/")
