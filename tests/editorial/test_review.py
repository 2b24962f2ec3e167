"""Review: whose turn, on which content, and that nobody is alone. All is fiction."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import Workflow, WorkflowState

from legal_docs.models import LegalDocument
from portal.editorial.models import Approval, Notification, PublicationRecord, ReviewState, Route
from portal.editorial.states import State, Step
from portal.editorial.workflow import reviewing, routing
from portal.organisations.models import AuditEntry
from tests import factories as make

pytestmark = pytest.mark.django_db
WORKS = pytest.mark.parametrize("kind", ["document", "directive"])
WHO = {
    Step.CHECK: "office_head_a",
    Step.EDIT: "editor_a",
    Step.LEGAL: "lawyer_a",
    Step.APPROVE: "deputy_a",
    Step.POST: "poster_a",
}


@pytest.fixture
def at():
    return make.house()


def fresh(work):
    return type(work).objects.get(pk=work.pk)


def seen(work) -> str:
    return fresh(work).get_latest_revision_as_object().approval_hash()


def decide(work, user, **kwargs):
    """Pass on in the turn that is open, as the page does."""
    turn = reviewing.turn_of(fresh(work))
    return turn.task.specific.on_action(turn, user, "approve", **{"seen": seen(work)} | kwargs)


def walk(work, at, until: Step | None = None, **last):
    """Let everybody pass it on, up to but without ``until``."""
    while (turn := reviewing.turn_of(fresh(work))) is not None and turn.step != until:
        decide(work, getattr(at, WHO[Step(turn.step)]), **last)
    return fresh(work)


@WORKS
def test_the_whole_way(at, kind):
    work = getattr(make, kind)(at)
    reviewing.submit(work, at.clerk_a)
    states = []
    while (turn := reviewing.turn_of(fresh(work))) is not None:
        states.append(fresh(work).editorial_state)
        decide(work, getattr(at, WHO[Step(turn.step)]))
    legal = [State.REVIEWING] if kind == "document" else []
    assert states == [State.CHECKING, State.EDITING, *legal, State.DECIDING]
    work = fresh(work)
    assert (work.live, work.editorial_state) == (True, State.LIVE)
    approval = work.publication_record.approval
    assert (approval.approved_by, approval.acting_as) == (at.deputy_a, "pho-ban")
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions[0] == "item.submitted"
    assert set(actions[-2:]) == {"item.published", "review.duyet"}


@pytest.mark.parametrize("step", list(WHO)[:4])
def test_a_step_is_for_its_role_only(at, step):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    walk(work, at, step)
    for name in ("stranger", *sorted({*WHO.values(), "clerk_a", "administrator", "auditor"})):
        if name in ("stranger", WHO[step]):
            continue
        user = getattr(at, name)
        with pytest.raises(PermissionDenied):
            decide(work, user)
        turn = reviewing.turn_of(fresh(work))
        assert turn.task.specific.get_actions(fresh(work), user) == []
    assert reviewing.turn_of(fresh(work)).step == step


@pytest.mark.parametrize("step", [Step.CHECK, Step.LEGAL, Step.APPROVE])
def test_who_wrote_a_part_does_not_decide(at, step):
    user = getattr(at, WHO[step])
    work = make.document(at)
    fresh(work).save_revision(user=user, clean=False)
    reviewing.submit(work, at.clerk_a)
    for one in (Step.CHECK, Step.EDIT, Step.LEGAL, Step.APPROVE):
        if one == step:
            break
        decide(work, getattr(at, WHO[one]))
    with pytest.raises(PermissionDenied):
        decide(work, user)


def test_an_editor_does_not_pass_on_what_he_sent_in(at):
    work = make.document(at, author=at.editor_a)
    reviewing.submit(work, at.editor_a)
    walk(work, at, Step.EDIT)
    with pytest.raises(PermissionDenied):
        decide(work, at.editor_a)
    decide(work, at.secretary_a)


def test_an_editor_who_changed_it_at_his_step_passes_it_on_and_never_approves_it(at):
    work = make.document(at)
    make.give(at.editor_a, "truong-ban", at.a)
    reviewing.submit(work, at.clerk_a)
    walk(work, at, Step.EDIT)
    fresh(work).get_latest_revision_as_object().save_revision(user=at.editor_a, clean=False)
    walk(work, at, Step.APPROVE)
    with pytest.raises(PermissionDenied):
        decide(work, at.editor_a)


@pytest.mark.parametrize("step", list(WHO)[:4])
def test_a_superuser_decides_nothing(at, step):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    walk(work, at, step)
    with pytest.raises(PermissionDenied):
        decide(work, at.superuser)


@pytest.mark.parametrize("step", list(WHO)[:4])
def test_a_decision_is_on_what_was_seen(at, step):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    walk(work, at, step)
    before = seen(work)
    make.attach_file(work)
    with pytest.raises(PermissionDenied):
        decide(work, getattr(at, WHO[step]), seen=before)
    with pytest.raises(PermissionDenied):
        decide(work, getattr(at, WHO[step]), seen="")


def test_what_changed_after_the_legal_review_goes_back(at):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    walk(work, at, Step.APPROVE)
    make.attach_file(work)
    with pytest.raises(PermissionDenied, match=r"pháp lý|legal"):
        decide(work, at.deputy_a)
    assert not fresh(work).live


def test_two_approvers_one_comes_late(at):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    walk(work, at, Step.APPROVE)
    turn, hash_seen = reviewing.turn_of(fresh(work)), seen(work)
    reviewing.pass_on(turn, at.deputy_a, seen=hash_seen)
    for user in (at.deputy_a, at.head_a):
        with pytest.raises(PermissionDenied):
            reviewing.pass_on(turn, user, seen=hash_seen)
    assert PublicationRecord.objects.count() == 1


@pytest.mark.parametrize("comment", ["", "   "])
def test_a_return_has_a_reason(at, comment):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    turn = reviewing.turn_of(fresh(work))
    with pytest.raises(ValidationError):
        reviewing.send_back(turn, at.office_head_a, comment=comment)


def test_a_returned_item_comes_again_from_the_start(at):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    walk(work, at, Step.LEGAL)
    turn = reviewing.turn_of(fresh(work))
    marks = [{"place": "provision:dieu-2", "label": "Điều 2", "text": "Thiếu ngày hiệu lực"}]
    reviewing.send_back(turn, at.lawyer_a, comment="Xem Điều 2", marks=marks)
    work = fresh(work)
    assert work.editorial_state == State.RETURNED
    assert [row.place for row in reviewing.remarks(work)] == ["provision:dieu-2"]
    assert Notification.objects.filter(user=at.clerk_a, kind="returned").exists()
    reviewing.submit(work, at.clerk_a)
    assert reviewing.turn_of(fresh(work)).step == Step.CHECK
    assert walk(work, at).live


@pytest.mark.parametrize("who", ["member_a", "clerk_b", "lawyer_a", "administrator", "superuser"])
def test_only_writers_of_the_unit_send_in(at, who):
    with pytest.raises(PermissionDenied):
        reviewing.submit(make.document(at), getattr(at, who))


def test_what_is_under_review_is_not_sent_in_twice(at):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    with pytest.raises(PermissionDenied):
        reviewing.submit(fresh(work), at.clerk_a)
    assert WorkflowState.objects.active().count() == 1


def test_taking_back_ends_the_turn_and_the_approval(at):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    tomorrow = timezone.now() + dt.timedelta(days=1)
    walk(work, at, publish_at=tomorrow)
    assert fresh(work).editorial_state == State.APPROVED
    reviewing.recall(fresh(work), at.clerk_a, "Sửa ngày")
    assert fresh(work).editorial_state == State.DRAFT
    assert reviewing.publish_due(tomorrow + dt.timedelta(hours=1)) == 0
    assert not fresh(work).live


def test_an_approved_hour_publishes_by_itself(at):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    hour = timezone.now() + dt.timedelta(hours=2)
    walk(work, at, publish_at=hour)
    assert not fresh(work).live
    assert fresh(work).get_lock().for_user(at.editor_a)
    assert reviewing.publish_due(hour - dt.timedelta(minutes=1)) == 0
    assert reviewing.publish_due(hour + dt.timedelta(minutes=1)) == 1
    assert fresh(work).live
    assert reviewing.publish_due(hour + dt.timedelta(minutes=2)) == 0


def test_the_hour_publishes_nothing_that_was_changed_after_its_approval(at):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    hour = timezone.now() + dt.timedelta(hours=2)
    walk(work, at, publish_at=hour)
    make.attach_file(work)
    assert reviewing.publish_due(hour + dt.timedelta(minutes=1)) == 0
    assert (fresh(work).live, fresh(work).editorial_state) == (False, State.RETURNED)
    assert Notification.objects.filter(kind="failed").count() == 2


def test_a_poster_publishes_what_was_approved_and_nothing_else(at):
    stages = [routing.Stage(step, 1) for step in WHO]
    routing.save_route(at.administrator, stages, name="Có người đăng", content="legal", unit=at.a)
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    work = walk(work, at, Step.POST)
    assert (work.live, work.editorial_state) == (False, State.APPROVED)
    decide(work, at.poster_a)
    assert fresh(work).live
    other = make.document(at, "09/2031/TT-BTN")
    reviewing.submit(other, at.clerk_a)
    walk(other, at, Step.POST)
    make.attach_file(other)
    with pytest.raises(PermissionDenied):
        decide(other, at.poster_a)
    assert not fresh(other).live


def test_a_delegate_approves_and_is_recorded_as_such(at):
    from portal.organisations import granting
    from portal.organisations.models import Delegation

    today = timezone.localdate()
    row = Delegation(
        membership=at.deputy_a.memberships.get(), to=at.member_b, reason="Giấy 1/GUQ",
        valid_from=today, valid_to=today + dt.timedelta(2),
    )  # fmt: skip
    granting.delegate(at.deputy_a, row)
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    walk(work, at, Step.APPROVE)
    decide(work, at.member_b)
    approval = fresh(work).publication_record.approval
    assert (approval.approved_by, approval.delegation) == (at.member_b, row)


# --- corrections and take-downs -----------------------------------------------------------------


def test_a_correction_goes_the_whole_way_and_says_publicly_what_was_wrong(at):
    work = make.document(at, live=True)
    draft = work.get_latest_revision_as_object()
    draft.subject = "Quy định về phơi hạt mít (sửa)"
    draft.save_revision(user=at.clerk_a, clean=False)
    work = fresh(work)
    assert (work.live, work.editorial_state) == (True, State.CORRECTING)
    with pytest.raises(ValidationError):
        reviewing.submit(work, at.clerk_a)
    reviewing.submit(work, at.clerk_a, public_note="Trích yếu chép sai")
    turns = ReviewState.objects.filter(workflow_state__object_id=str(work.pk))
    work = walk(work, at)
    assert work.subject.endswith("(sửa)")
    assert {turn.public_note for turn in turns.all()} == {"Trích yếu chép sai"}


def test_an_emergency_needs_one_person_and_the_board_hears_of_it(at):
    from portal.editorial import publishing

    work = make.document(at, live=True)
    publishing.withdraw_by(work, at.secretary_a, "Lộ số điện thoại")
    work = fresh(work)
    assert (work.live, work.editorial_state) == (False, State.SUSPENDED)
    assert Notification.objects.filter(user=at.deputy_a, kind="down").exists()
    with pytest.raises(PermissionDenied):
        publishing.withdraw_by(
            make.document(at, "8/2031/TT-BTN", live=True), at.secretary_a, "x", final=True
        )
    reviewing.submit(work, at.clerk_a)
    assert walk(work, at).live


# --- routes -------------------------------------------------------------------------------------


def test_a_new_portal_has_routes():
    assert {row.content for row in Route.objects.filter(active=True)} == {
        "legal", "directive", "news", "page",
    }  # fmt: skip


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [Step.CHECK],
        [Step.LEGAL, Step.POST],
        [Step.APPROVE],
        [Step.APPROVE, Step.LEGAL],
        [Step.LEGAL, Step.APPROVE, Step.APPROVE],
        [Step.POST, Step.LEGAL, Step.APPROVE],
    ],
)
def test_a_route_without_second_person_or_legal_review_is_refused(at, steps):
    stages = [routing.Stage(step, 1) for step in steps]
    with pytest.raises(ValidationError):
        routing.save_route(at.administrator, stages, name="Tắt", content="legal")


def test_a_changed_route_is_a_new_one_and_what_runs_finishes_on_the_old(at):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    old = routing.route_for(work)
    stages = [routing.Stage(Step.LEGAL, 1), routing.Stage(Step.APPROVE, 1)]
    new = routing.save_route(
        at.administrator, stages, replaces=old, name=old.name, content=old.content
    )
    assert (new.version, routing.route_for(work)) == (2, new)
    assert not Workflow.objects.get(pk=old.workflow_id).active
    assert reviewing.turn_of(work).step == Step.CHECK
    assert walk(work, at).live
    other = make.document(at, "03/2031/TT-BTN")
    reviewing.submit(other, at.clerk_a)
    assert reviewing.turn_of(other).step == Step.LEGAL


def test_the_closest_route_is_taken(at):
    stages = [routing.Stage(Step.LEGAL, 1), routing.Stage(Step.APPROVE, 1)]
    common = {"content": "legal", "name": "x"}
    routing.save_route(at.administrator, stages, **common, level=at.a.level)
    of_unit = routing.save_route(at.administrator, stages, **common, unit=at.a)
    of_kind = routing.save_route(at.administrator, stages, **common, unit=at.a, kinds=["luat"])
    assert routing.route_for(make.document(at)) == of_unit
    law = make.document(at, "2/2031/QH9", type=make.document_type("luat"))
    assert routing.route_for(law) == of_kind


# --- doors of Wagtail ---------------------------------------------------------------------------


def test_wagtails_own_approval_without_the_hash_is_refused(at):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    walk(work, at, Step.APPROVE)
    turn = reviewing.turn_of(work)
    with pytest.raises(PermissionDenied):
        turn.task.specific.on_action(turn, at.deputy_a, "approve", comment="ok")


def test_a_task_state_approved_directly_publishes_nothing(at):
    """Wagtail's ``TaskState.approve`` passes our rules by; the guard has no approval for it."""
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    state = work.current_workflow_state
    with pytest.raises(PermissionDenied):
        for _count in range(9):
            state.refresh_from_db()
            state.current_task_state.approve(user=at.clerk_a)
    assert not fresh(work).live
    assert not Approval.objects.exists()


def test_finishing_a_workflow_directly_publishes_nothing(at):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    with pytest.raises(PermissionDenied):
        work.current_workflow_state.finish(user=at.head_a)
    assert not fresh(work).live


def test_what_is_under_review_stands_still(at):
    work = make.document(at)
    assert work.get_lock() is None
    reviewing.submit(work, at.clerk_a)
    for step, editors_may in ((Step.CHECK, False), (Step.EDIT, True), (Step.LEGAL, False)):
        walk(work, at, step)
        lock = fresh(work).get_lock()
        assert lock.for_user(at.clerk_a)
        assert lock.for_user(at.editor_a) is not editors_may


def test_a_list_of_work_is_by_right(at):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    assert ReviewState.objects.waiting_for(at.office_head_a).count() == 1
    for who in ("editor_a", "head_b", "superuser", "administrator", "member_a"):
        assert not ReviewState.objects.waiting_for(getattr(at, who)).exists()
    assert LegalDocument.objects.get(pk=work.pk).editorial_state == State.CHECKING
