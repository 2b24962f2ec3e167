"""Every role in every state tries every act: the table of ``portal.editorial.matrix`` is true."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from portal.editorial import matrix, publishing
from portal.editorial.states import Act, State, Step
from portal.editorial.workflow import reviewing
from portal.organisations.access import access_of
from portal.organisations.roles import Role
from tests import factories as make
from tests.editorial.test_review import fresh, seen, walk

PEOPLE = {
    Role.CONTRIBUTOR: "contributor_a",
    Role.CLERK: "clerk_a",
    Role.OFFICE_HEAD: "office_head_a",
    Role.HEAD: "head_only",
    Role.EDITOR: "editor_a",
    Role.LAWYER: "lawyer_a",
    Role.SECRETARY: "secretary_a",
    Role.DEPUTY: "deputy_a",
    Role.CHIEF: "chief",
    Role.POSTER: "poster_a",
    Role.ADMINISTRATOR: "administrator",
    Role.AUDITOR: "auditor",
}


def item_in(state: State, at, author):
    """A document that came to a state as documents do."""
    up = state in (
        State.LIVE, State.CORRECTING, State.SUSPENDED, State.WITHDRAWN, State.ARCHIVED,
    )  # fmt: skip
    work = make.document(at, live=up, author=author)
    if state == State.CORRECTING:
        work.get_latest_revision_as_object().save_revision(user=author, clean=False)
    elif state in (State.SUSPENDED, State.WITHDRAWN):
        publishing.withdraw_by(work, at.head_a, "x", final=state == State.WITHDRAWN)
    elif state == State.ARCHIVED:
        reviewing.archive(work, at.secretary_a)
    elif state not in (State.DRAFT, State.LIVE):
        reviewing.submit(work, author)
        if state == State.RETURNED:
            turn = reviewing.turn_of(work)
            reviewing.send_back(turn, at.office_head_a, comment="x")
        elif state == State.APPROVED:
            walk(work, at, publish_at=timezone.now() + dt.timedelta(days=1))
        else:
            waits = {
                State.CHECKING: Step.CHECK,
                State.EDITING: Step.EDIT,
                State.REVIEWING: Step.LEGAL,
                State.DECIDING: Step.APPROVE,
            }
            walk(work, at, waits[state])
    work = fresh(work)
    assert work.editorial_state == state
    return work


def attempt(act: Act, work, user) -> None:
    turn = reviewing.turn_of(work)
    if act == Act.SUBMIT:
        reviewing.submit(work, user, public_note="x")
    elif act == Act.RECALL:
        reviewing.recall(work, user)
    elif act in (Act.PASS, Act.APPROVE, Act.POST):
        decides = {Act.APPROVE: (Step.APPROVE,), Act.POST: (Step.POST,)}
        steps = decides.get(act, (Step.CHECK, Step.EDIT, Step.LEGAL))
        if turn is None or turn.step not in steps:
            raise PermissionDenied
        reviewing.pass_on(turn, user, seen=seen(work))
    elif act == Act.RETURN:
        if turn is None:
            raise PermissionDenied
        reviewing.send_back(turn, user, comment="x")
    elif act == Act.CORRECT:
        if work.editorial_state != State.LIVE or not access_of(user).may_edit(work.owner, "legal"):
            raise PermissionDenied
    elif act == Act.ARCHIVE:
        reviewing.archive(work, user)
    else:
        publishing.withdraw_by(work, user, "x", final=act == Act.WITHDRAW)


#: What waits for its hour has no turn: nobody posts or returns it, the clock does.
BY_THE_CLOCK = {(State.APPROVED, Act.POST), (State.APPROVED, Act.RETURN)}


class Undo(Exception):
    pass


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(State))
def test_every_role_may_exactly_what_the_table_says(state):
    at = make.house()
    author = make.person("nguoi-viet", Role.CLERK, at.a)
    people = {
        "head_only": make.person("thu-truong", Role.HEAD, at.a),
        "chief": make.person("truong-ban", Role.CHIEF, at.a),
    }
    work = item_in(state, at, author)
    wrong = []
    for role, name in PEOPLE.items():
        user = people.get(name) or getattr(at, name)
        for act in Act:
            if (state, act) in BY_THE_CLOCK:
                continue
            done = False
            try:
                with transaction.atomic():
                    attempt(act, fresh(work), user)
                    done = True
                    raise Undo
            except (Undo, PermissionDenied, ValidationError):
                pass
            if done != (str(act) in matrix.allowed(role, state)):
                wrong.append(f"{role} {act} {'did' if done else 'could not'}")
    assert not wrong, "\n".join(wrong)


def test_the_docs_show_the_table():
    text = Path(settings.BASE_DIR, "docs", "workflow.md").read_text(encoding="utf-8")
    assert matrix.as_markdown() in text
