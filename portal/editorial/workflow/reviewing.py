"""Turns of review: who may decide, on exactly which content, and what follows.

Every decision, from our pages or by a door of Wagtail's, runs through ``pass_on`` or
``send_back``. A decision is bound to the hash that the person saw.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from portal.editorial import publishing
from portal.editorial.models import Approval, CalendarException, Remark, ReviewState
from portal.editorial.states import EDITABLE, IN_REVIEW, STEPS, State, Step, transition
from portal.editorial.states import Act as RuleAct
from portal.organisations import audit
from portal.organisations.access import Grant, access_of
from portal.organisations.roles import Ability

from . import notifying, snapshots
from .routing import route_for
from .subjects import subject_of

#: At these steps a second person looks at what others wrote.
_SECOND_PERSON = frozenset({Step.CHECK, Step.LEGAL, Step.APPROVE})


def set_state(instance, state: State) -> None:
    """Write where the item stands; it is bookkeeping, never what readers see."""
    type(instance)._base_manager.filter(pk=instance.pk).update(editorial_state=state)
    instance.editorial_state = state


def turn_of(instance) -> ReviewState | None:
    """The turn that is open now, with its step; None outside review."""
    return (
        ReviewState.objects.open()
        .filter(
            workflow_state__base_content_type=instance.get_base_content_type(),
            workflow_state__object_id=str(instance.pk),
        )
        .select_related("workflow_state", "task", "owner")
        .first()
    )


def right_for(user, instance, step: Step) -> Grant | None:
    """The right under which somebody acts at a step; None when he has none."""
    ability, _state = STEPS[step]
    return access_of(user).grant(ability, instance.owning_unit, instance.content_code)


def refusal(
    instance, user, task, authors: set[int] | None = None, state: WorkflowState | None = None
) -> str:
    """Why this person may not decide at this step; empty when he may.

    ``authors`` and ``state`` are asked of the database unless they are at hand.
    """
    step = Step(task.step)
    if user.is_superuser or not user.is_active:
        return _("This account can't decide.")
    if right_for(user, instance, step) is None:
        return _("This step is for others: “%(step)s”.") % {"step": step.label}
    if step in _SECOND_PERSON and user.pk in (
        publishing.authors_since_live(instance) if authors is None else authors
    ):
        return _("You wrote a part of it: a second person must decide.")
    state = state or instance.current_workflow_state
    if step == Step.EDIT and state is not None and state.requested_by_id == user.pk:
        return _("You sent it in: another editor passes it on.")
    return ""


# --- sending in and taking back -----------------------------------------------------------------


@transaction.atomic
def submit(instance, user, *, comment: str = "", public_note: str = "") -> WorkflowState:
    """Send the newest draft on its way.

    Raises:
        PermissionDenied: he may not, or it is on its way already.
        ValidationError: a check blocks it, there is no route, or a correction has no public note.
    """
    if user.is_superuser or not access_of(user).may_edit(
        instance.owning_unit, instance.content_code
    ):
        raise PermissionDenied(_("You can't send items of this unit for review."))
    if instance.working_copy_of_id:
        raise PermissionDenied(_("A working copy is brought into its original; that is reviewed."))
    if instance.editorial_state in IN_REVIEW:
        raise PermissionDenied(_("It is under review already."))
    if transition(instance.editorial_state, RuleAct.SUBMIT) is None:
        raise PermissionDenied(_("Nothing was changed since it went live."))
    if instance.live and not public_note.strip():
        raise ValidationError(_("A correction says publicly what was wrong."))
    route = route_for(instance)
    if route is None:
        raise ValidationError(_("No route of review fits it; an administrator sets one."))
    draft = instance.get_latest_revision_as_object()
    _refuse_blocked(draft)
    before = instance.editorial_state
    standing = instance.current_workflow_state
    if standing is not None:
        standing.cancel(user=user)
    state = route.workflow.start(instance, user)
    ReviewState.objects.filter(workflow_state=state).update(public_note=public_note.strip())
    audit.record(
        user,
        "item.submitted",
        instance,
        right=access_of(user).grant(Ability.WRITE, instance.owning_unit, instance.content_code),
        states=(before, _state_in_database(instance)),
        reason=comment,
        content_hash=draft.approval_hash(),
    )
    return state


@transaction.atomic
def recall(instance, user, reason: str = "") -> None:
    """Take an item back before it is live, to change it.

    Raises:
        PermissionDenied: he writes for another unit, or nothing is under review.
    """
    if user.is_superuser or not access_of(user).may_edit(
        instance.owning_unit, instance.content_code
    ):
        raise PermissionDenied(_("You can't take this back."))
    before = instance.editorial_state
    if before in EDITABLE:
        raise PermissionDenied(_("It is not under review."))
    state = instance.current_workflow_state
    if state is not None:
        state.cancel(user=user)
    Approval.objects.of(instance).revoke()
    set_state(instance, resting(instance))
    audit.record(
        user, "item.recalled", instance, states=(before, instance.editorial_state), reason=reason
    )


def resting(instance) -> State:
    """Where an item rests while somebody works on it."""
    if instance.live:
        return State.CORRECTING
    line = publishing.guard.newest_line(instance)
    return State.SUSPENDED if line is not None else State.DRAFT


@transaction.atomic
def archive(instance, user, reason: str = "") -> None:
    """Put a live item into the archive: it is still read and found, and no longer current work.

    Raises:
        PermissionDenied: he coordinates nothing here, or the item is not simply live.
    """
    right = access_of(user).grant(Ability.COORDINATE, instance.owning_unit, instance.content_code)
    if user.is_superuser or right is None or instance.editorial_state != State.LIVE:
        raise PermissionDenied(_("Only the secretary or the board archives what is live."))
    set_state(instance, State.ARCHIVED)
    states = (State.LIVE, State.ARCHIVED)
    audit.record(user, "item.archived", instance, right=right, states=states, reason=reason)


# --- turns --------------------------------------------------------------------------------------


def begin(task, workflow_state, turn: ReviewState, user) -> ReviewState:
    """Fill a new turn, say until when, and tell those who can act."""
    instance = subject_of(workflow_state)
    turn.step, turn.owner, turn.content = task.step, instance.owning_unit, instance.content_code
    turn.label = str(instance)[:255]
    turn.due = CalendarException.deadline(task.days)
    earlier = ReviewState.objects.filter(workflow_state=workflow_state).exclude(pk=turn.pk)
    turn.public_note = earlier.values_list("public_note", flat=True).first() or ""
    turn.save()
    set_state(instance, STEPS[Step(task.step)][1])
    notifying.turn_begun(turn, instance, user)
    return turn


@transaction.atomic
def pass_on(
    turn,
    user,
    *,
    seen: str = "",
    comment: str = "",
    checklist: Iterable[Mapping[str, object]] = (),
    publish_at: dt.datetime | None = None,
    **_unknown,
) -> ReviewState:
    """Decide well of exactly what was seen: the next step, or live.

    Raises:
        PermissionDenied: he may not, somebody else decided, or it changed since he saw it.
        ValidationError: a check blocks it, or a criterion of the checklist has no answer.
    """
    turn, instance = _held(turn)
    task = turn.task.specific
    if reason := refusal(instance, user, task):
        raise PermissionDenied(reason)
    draft = instance.get_latest_revision_as_object()
    content_hash = draft.approval_hash()
    if content_hash != seen:
        raise PermissionDenied(_("It was changed after you opened it. Read it again."))
    step, before = Step(task.step), instance.editorial_state
    right = right_for(user, instance, step)
    turn.content_hash, turn.checklist = content_hash, list(checklist)
    turn.acting_as, turn.delegation_id = right.role, right.delegation or None
    if step in (Step.APPROVE, Step.POST):
        turn.checks = _refuse_blocked(draft)
    if step == Step.APPROVE:
        _refuse_unreviewed(turn, content_hash)
    turn.save()
    if step == Step.APPROVE:
        publishing.approve(instance, user, seen, comment, turn=turn, publish_at=publish_at)
    turn.approve(user=user, comment=comment)
    audit.record(
        user,
        f"review.{step}",
        instance,
        right=right,
        states=(before, _state_in_database(instance)),
        reason=comment,
        content_hash=content_hash,
    )
    return turn


@transaction.atomic
def send_back(
    turn, user, *, comment: str = "", marks: Iterable[Mapping[str, str]] = (), **_unknown
) -> ReviewState:
    """Return an item with the reason and marks on the places concerned.

    ``marks`` are mappings with ``place``, ``label`` and ``text``.

    Raises:
        PermissionDenied: he may not, or somebody else decided.
        ValidationError: there is no reason.
    """
    turn, instance = _held(turn)
    task = turn.task.specific
    if reason := refusal(instance, user, task):
        raise PermissionDenied(reason)
    if not comment.strip():
        raise ValidationError(_("Say why it is returned."))
    before, right = instance.editorial_state, right_for(user, instance, Step(task.step))
    draft = instance.get_latest_revision_as_object()
    content_hash = draft.approval_hash()
    turn.content_hash, turn.acting_as = content_hash, right.role
    turn.snapshot = snapshots.take(draft)
    turn.delegation_id = right.delegation or None
    turn.save()
    for mark in marks:
        remark(instance, user, mark.get("place", ""), mark["text"], mark.get("label", ""), turn)
    Approval.objects.of(instance).revoke()
    turn.reject(user=user, comment=comment)
    set_state(instance, State.RETURNED)
    audit.record(
        user,
        "review.returned",
        instance,
        right=right,
        states=(before, State.RETURNED),
        reason=comment,
        content_hash=content_hash,
    )
    notifying.returned(turn, instance, user, comment)
    return turn


def finish(workflow_state, user=None) -> None:
    """What Wagtail calls when the last step passed: live now, or at the hour that was approved."""
    instance = subject_of(workflow_state)
    approval = Approval.objects.of(instance).unused().filter(turn__workflow_state=workflow_state)
    approval = approval.order_by("-pk").first()
    if approval is None:
        raise PermissionDenied(_("Nothing goes live without an approval by a second person."))
    if approval.publish_at and approval.publish_at > timezone.now():
        set_state(instance, State.APPROVED)
        return
    publishing.publish(instance, approval, by=user, note=approval.turn.public_note)


def publish_due(now: dt.datetime | None = None) -> int:
    """Make live what was approved for an hour that has come; how many. Called by the clock."""
    moment = now or timezone.now()
    done = 0
    rows = Approval.objects.unused().filter(publish_at__lte=moment, turn__isnull=False)
    for approval in rows.filter(turn__workflow_state__status=WorkflowState.STATUS_APPROVED):
        instance = approval.subject
        try:
            publishing.publish(instance, approval, note=approval.turn.public_note)
            done += 1
        except (PermissionDenied, ValidationError) as error:
            with transaction.atomic():
                Approval.objects.filter(pk=approval.pk).revoke()
                set_state(instance, State.RETURNED)
                audit.record(None, "item.not_published", instance, reason=str(error))
                notifying.not_published(instance, approval, str(error))
    return done


# --- remarks ------------------------------------------------------------------------------------


def remark(
    instance, user, place: str, text: str, label: str = "", turn: ReviewState | None = None
) -> Remark:
    """A comment at a place (``field:subject``, ``provision:dieu-5``, ``file:…``, or nowhere)."""
    return Remark.objects.create(
        content_type=ContentType.objects.get_for_model(instance),
        object_id=instance.pk,
        place=place[:160],
        place_label=label[:255],
        text=text,
        by=user,
        turn=turn,
        content_hash=turn.content_hash if turn else "",
    )


def remarks(instance):
    """Remarks on an item that nobody resolved."""
    return _remarks(instance).filter(resolved_at=None).select_related("by", "turn")


def _remarks(instance):
    content_type = ContentType.objects.get_for_model(instance)
    return Remark.objects.filter(content_type=content_type, object_id=instance.pk)


def turns(instance):
    """All turns of an item, oldest first: the history of opinions."""
    return (
        ReviewState.objects.filter(
            workflow_state__base_content_type=instance.get_base_content_type(),
            workflow_state__object_id=str(instance.pk),
        )
        .select_related(
            "finished_by", "delegation__membership__user", "workflow_state", "task__reviewtask"
        )
        .order_by("pk")
    )


# --- inside -------------------------------------------------------------------------------------


def _held(turn) -> tuple[ReviewState, object]:
    """The turn and its item, held until the transaction ends: of two who decide, one comes late."""
    if connection.features.has_select_for_update:
        TaskState.objects.select_for_update().get(pk=turn.pk)
    turn = ReviewState.objects.select_related("workflow_state", "task").get(pk=turn.pk)
    if turn.status != TaskState.STATUS_IN_PROGRESS:
        raise PermissionDenied(_("Somebody decided meanwhile."))
    return turn, subject_of(turn.workflow_state)


def _state_in_database(instance) -> str:
    rows = type(instance)._base_manager.filter(pk=instance.pk)
    return rows.values_list("editorial_state", flat=True).get()


def _refuse_unreviewed(turn: ReviewState, content_hash: str) -> None:
    """What is approved is what legal review saw."""
    reviews = ReviewState.objects.filter(
        workflow_state=turn.workflow_state, step=Step.LEGAL, status=TaskState.STATUS_APPROVED
    )
    asked = turn.workflow_state.workflow.route.tasks.filter(step=Step.LEGAL).exists()
    if asked and not reviews.filter(content_hash=content_hash).exists():
        raise PermissionDenied(
            _("It was changed after the legal review: return it, so that it is reviewed again.")
        )


def _refuse_blocked(draft) -> list[dict[str, object]]:
    """The findings of the checks; raises ValidationError when one blocks."""
    from portal.editorial import checks

    findings = checks.run(draft)
    blocking = [one for one in findings if one.blocks]
    if blocking:
        raise ValidationError([one.message for one in blocking])
    return [one.as_json() for one in findings]
