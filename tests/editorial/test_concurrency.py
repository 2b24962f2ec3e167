"""Two people at once: one decision, one line in the ledger, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, connections

from portal.editorial import publishing
from portal.editorial.models import Approval, PublicationRecord
from portal.editorial.states import Step
from portal.editorial.workflow import reviewing
from tests import factories as make
from tests.editorial.test_review import fresh, seen, walk

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = (PermissionDenied, ValidationError, OperationalError)


@pytest.fixture
def at():
    return make.house()


def at_once(*acts: Callable[[], object]) -> int:
    """Run the acts in threads that start together; how many were not refused."""
    gate, done = threading.Barrier(len(acts)), []

    def run(act) -> None:
        try:
            gate.wait()
            act()
            done.append(1)
        except REFUSED:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done)


def waiting_for_approval(at):
    work = make.document(at)
    reviewing.submit(work, at.clerk_a)
    walk(work, at, Step.APPROVE)
    return work, reviewing.turn_of(work), seen(work)


@pytest.mark.parametrize("who", [("deputy_a", "head_a"), ("deputy_a", "deputy_a")])
def test_two_approvals_at_once_publish_once(at, who):
    """Two approvers, and one who clicks twice."""
    work, turn, content_hash = waiting_for_approval(at)
    first, second = (getattr(at, name) for name in who)
    count = at_once(
        lambda: reviewing.pass_on(turn, first, seen=content_hash),
        lambda: reviewing.pass_on(turn, second, seen=content_hash),
    )
    assert count == 1
    assert PublicationRecord.objects.count() == 1
    assert Approval.objects.count() == 1
    assert fresh(work).live


def test_an_approval_and_a_return_at_once_are_one_decision(at):
    work, turn, content_hash = waiting_for_approval(at)
    count = at_once(
        lambda: reviewing.pass_on(turn, at.deputy_a, seen=content_hash),
        lambda: reviewing.send_back(turn, at.head_a, comment="Sai"),
    )
    assert count == 1
    assert fresh(work).live == (PublicationRecord.objects.count() == 1)
    assert fresh(work).live != (fresh(work).editorial_state == "tra_lai")


def test_an_edit_during_an_approval_never_goes_live_unseen(at):
    for number in range(4):
        work = make.document(at, f"{number}/2031/TT-BTN")
        reviewing.submit(work, at.clerk_a)
        walk(work, at, Step.APPROVE)
        turn, content_hash = reviewing.turn_of(work), seen(work)

        def edit(work=work) -> None:
            draft = fresh(work).get_latest_revision_as_object()
            draft.subject = "Chữ chưa ai thấy"
            draft.save_revision(user=at.clerk_a, clean=False)

        at_once(
            lambda turn=turn, seen_hash=content_hash: reviewing.pass_on(
                turn, at.deputy_a, seen=seen_hash
            ),
            edit,
        )
        work = fresh(work)
        assert work.subject != "Chữ chưa ai thấy"
        if work.live:
            assert work.live_hash() == work.publication_record.content_hash == content_hash


def test_a_take_down_and_a_correction_at_once_leave_the_ledger_right(at):
    from portal.editorial import ledger

    work = make.document(at, live=True)
    work.get_latest_revision_as_object().save_revision(user=at.clerk_a, clean=False)
    reviewing.submit(fresh(work), at.clerk_a, public_note="Sửa")
    walk(work, at, Step.APPROVE)
    turn, content_hash = reviewing.turn_of(work), seen(work)
    at_once(
        lambda: reviewing.pass_on(turn, at.deputy_a, seen=content_hash),
        lambda: publishing.withdraw_by(fresh(work), at.head_a, "Gấp"),
    )
    work = fresh(work)
    newest = PublicationRecord.objects.order_by("-number").first()
    assert work.live == (newest.act in ("dang", "dinh-chinh", "dang-lai"))
    assert list(ledger.broken_lines()) == []
