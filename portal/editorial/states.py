"""States of content and steps of review. Pure but for the words shown.

Source: the practice of editorial boards (ban biên tập) of state portals; the table
``TRANSITIONS`` is what the interface offers and what ``docs/workflow.md`` prints.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.organisations.roles import Ability


class State(TextChoices):
    """Where an item stands on its way to the public and after."""

    DRAFT = "nhap", _("Draft")
    CHECKING = "cho_kiem_tra", _("Waits for the unit's check")
    RETURNED = "tra_lai", _("Returned")
    EDITING = "cho_bien_tap", _("Waits for editing")
    REVIEWING = "cho_tham_tra", _("Waits for legal review")
    DECIDING = "cho_duyet", _("Waits for approval")
    APPROVED = "da_duyet", _("Approved, not yet live")
    LIVE = "da_dang", _("Live")
    CORRECTING = "dang_dinh_chinh", _("Live, a correction is being made")
    SUSPENDED = "tam_go", _("Taken down for now")
    WITHDRAWN = "da_go", _("Withdrawn")
    ARCHIVED = "luu_tru", _("Archived, still found")


#: While somebody reviews, the text stands still; at editing the editors may touch it.
IN_REVIEW = frozenset(
    {State.CHECKING, State.EDITING, State.REVIEWING, State.DECIDING, State.APPROVED}
)
EDITABLE = frozenset(State) - IN_REVIEW
#: States in which the newest line of the ledger has the item up.
UP = frozenset({State.LIVE, State.CORRECTING, State.ARCHIVED})
DOWN = frozenset({State.SUSPENDED, State.WITHDRAWN})


class Step(TextChoices):
    """A step of a route. The order here is the only one in which they may follow."""

    CHECK = "kiem_tra", _("Check by the unit")
    EDIT = "bien_tap", _("Editing")
    LEGAL = "tham_tra", _("Legal review")
    APPROVE = "duyet", _("Approval")
    POST = "dang", _("Publication")


#: step → (the ability that it asks for, the state in which the item waits for it)
STEPS: dict[Step, tuple[Ability, State]] = {
    Step.CHECK: (Ability.CHECK, State.CHECKING),
    Step.EDIT: (Ability.EDIT, State.EDITING),
    Step.LEGAL: (Ability.LEGAL, State.REVIEWING),
    Step.APPROVE: (Ability.APPROVE, State.DECIDING),
    Step.POST: (Ability.POST, State.APPROVED),
}
STEP_AT: dict[State, Step] = {state: step for step, (_ability, state) in STEPS.items()}
ORDER = tuple(Step)


class Act(TextChoices):
    """What somebody does to an item."""

    SUBMIT = "gui", _("Send for review")
    RECALL = "rut", _("Take back")
    PASS = "chuyen", _("Pass on")
    RETURN = "tra", _("Return")
    APPROVE = "duyet", _("Approve")
    POST = "dang", _("Publish")
    CORRECT = "dinh_chinh", _("Begin a correction")
    SUSPEND = "tam_go", _("Take down in an emergency")
    WITHDRAW = "go", _("Withdraw")
    ARCHIVE = "luu_tru", _("Archive")


@dataclass(frozen=True, slots=True)
class Transition:
    """``act`` leads from one state to another for whoever holds ``ability``."""

    before: State
    act: Act
    ability: Ability
    after: tuple[State, ...]


_NEXT = (State.CHECKING, State.EDITING, State.REVIEWING, State.DECIDING)


def _review(state: State, ability: Ability, later: tuple[State, ...]) -> tuple[Transition, ...]:
    return (
        Transition(state, Act.PASS, ability, later),
        Transition(state, Act.RETURN, ability, (State.RETURNED,)),
        Transition(state, Act.RECALL, Ability.WRITE, (State.DRAFT,)),
    )


TRANSITIONS: tuple[Transition, ...] = (
    *(
        Transition(state, Act.SUBMIT, Ability.WRITE, _NEXT)
        for state in (State.DRAFT, State.RETURNED, State.CORRECTING, *DOWN)
    ),
    *_review(State.CHECKING, Ability.CHECK, _NEXT[1:]),
    *_review(State.EDITING, Ability.EDIT, _NEXT[2:]),
    *_review(State.REVIEWING, Ability.LEGAL, _NEXT[3:]),
    Transition(State.DECIDING, Act.APPROVE, Ability.APPROVE, (State.APPROVED, State.LIVE)),
    Transition(State.DECIDING, Act.RETURN, Ability.APPROVE, (State.RETURNED,)),
    Transition(State.DECIDING, Act.RECALL, Ability.WRITE, (State.DRAFT,)),
    Transition(State.APPROVED, Act.POST, Ability.POST, (State.LIVE,)),
    Transition(State.APPROVED, Act.RETURN, Ability.POST, (State.RETURNED,)),
    Transition(State.APPROVED, Act.RECALL, Ability.WRITE, (State.DRAFT,)),
    Transition(State.LIVE, Act.CORRECT, Ability.WRITE, (State.CORRECTING,)),
    *(
        Transition(state, act, ability, (after,))
        for state in sorted(UP)
        for act, ability, after in (
            (Act.SUSPEND, Ability.TAKE_DOWN, State.SUSPENDED),
            (Act.WITHDRAW, Ability.APPROVE, State.WITHDRAWN),
        )
    ),
    Transition(State.SUSPENDED, Act.WITHDRAW, Ability.APPROVE, (State.WITHDRAWN,)),
    Transition(State.LIVE, Act.ARCHIVE, Ability.COORDINATE, (State.ARCHIVED,)),
)


def transition(state: str, act: str) -> Transition | None:
    """The rule for an act in a state; None where it is not offered."""
    return next((one for one in TRANSITIONS if one.before == state and one.act == act), None)


def route_problems(steps: list[Step], *, normative: bool) -> list[str]:
    """Why these steps are no route to live; empty when they are one.

    ``normative``: it is for legal normative documents (văn bản quy phạm pháp luật), which go
    through legal review without exception.
    """
    problems = []
    if Step.APPROVE not in steps:
        problems.append(_("Nothing goes live without an approval by a second person."))
    if normative and Step.LEGAL not in steps:
        problems.append(_("Legal documents need the legal review."))
    if len(set(steps)) != len(steps):
        problems.append(_("A step stands there twice."))
    if steps != sorted(steps, key=ORDER.index):
        problems.append(_("The order is: check, editing, legal review, approval, publication."))
    return problems
