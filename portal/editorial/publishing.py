"""The only way to live and back: approve, publish, withdraw."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.organisations import audit
from portal.organisations.access import access_of
from portal.organisations.models import User
from portal.organisations.roles import Ability

from . import guard, ledger
from .acts import DOWN, Act, act_after
from .authority import roles_over, snapshot
from .freezing import approval_hash, canonical
from .models import Approval, Mandate, PublicationRecord, WorkingCopy
from .models.record import FORMAT
from .signals import audience_changed, taken_down, went_live, withdrawn
from .states import State


def authors_since_live(instance) -> set[int]:
    """Accounts that wrote anything since the last publication; autosave makes anyone who typed one.

    Autosave may write under the id of the live revision, so the moment of publication counts,
    not the revision. Who wrote in a working copy that was brought in since is an author, too.
    """
    return {user.pk for user in writers_since_live(instance)}


def writers_since_live(instance) -> list[User]:
    """The same as accounts."""
    revisions = instance.revisions.all()
    if instance.last_published_at:
        revisions = revisions.filter(created_at__gt=instance.last_published_at)
    copies = WorkingCopy.objects.brought_in_since(instance, instance.last_published_at)
    wrote = Q(pk__in=revisions.values("user_id")) | Q(pk__in=copies.values("authors"))
    return list(User.objects.filter(wrote))


def refuse_approver(instance, user) -> None:
    """Raises PermissionDenied when this person may not approve this content."""
    if user.is_superuser or not user.is_active:
        raise PermissionDenied(_("This account can't approve."))
    if not access_of(user).may_approve(instance.owning_unit, instance.content_code):
        raise PermissionDenied(_("Only the editorial board over the owning unit approves it."))
    if user.pk in authors_since_live(instance):
        raise PermissionDenied(_("You wrote a part of it: a second person must approve."))


@transaction.atomic
def approve(
    instance, user, seen_hash: str, note: str = "", *, turn=None, publish_at=None
) -> Approval:
    """Approve the newest draft of an item, if it still is what the approver saw.

    ``turn`` is the turn of review in which he decides; from ``publish_at`` on it may go live.

    Raises:
        PermissionDenied: he wrote a part of it, lacks the role, or it changed meanwhile.
    """
    refuse_approver(instance, user)
    draft = instance.get_latest_revision_as_object()
    if draft.approval_hash() != seen_hash:
        raise PermissionDenied(_("It was changed after you opened it. Read it again."))
    right = access_of(user).grant(Ability.APPROVE, instance.owning_unit, instance.content_code)
    return Approval.objects.create(
        content_type=ContentType.objects.get_for_model(instance),
        object_id=instance.pk,
        content_hash=seen_hash,
        revision_id=instance.latest_revision_id,
        authors=sorted(authors_since_live(instance)),
        approved_by=user,
        note=note,
        turn=turn,
        acting_as=right.role,
        delegation_id=right.delegation or None,
        publish_at=publish_at,
    )


@transaction.atomic
def publish(instance, approval: Approval, by=None, note: str = "") -> PublicationRecord:
    """Make exactly the approved content live, write the ledger, tell the listeners.

    The act follows from what stood before: first publication, correction of what is live, or
    return after a withdrawal. ``note`` is public: what was wrong with the posting.

    Raises:
        guard.NotApproved: the draft is no longer what was approved, or the approval is of
            something else or was used before.
    """
    if (
        approval.subject != instance
        or not Approval.objects.unused().filter(pk=approval.pk).exists()
    ):
        raise guard.NotApproved(_("This approval is for something else, or it was used."))
    draft = instance.get_latest_revision_as_object()
    draft.settle_identity()
    content = draft.frozen_content()
    if approval_hash(content) != approval.content_hash:
        raise guard.NotApproved(_("It was changed after its approval. Read it again."))
    roles = _roles(draft, approval.approved_by) or [[approval.acting_as, ""]]
    record = _line(
        draft, _next_act(draft), content, by=by, approval=approval, roles=roles, note=note
    )
    ledger.append([record], {record.content_hash: canonical(content)})
    before = instance.editorial_state
    _make_live(instance, draft, record)
    audit.record(
        by,
        "item.published",
        draft,
        states=(before, State.LIVE),
        reason=approval.note,
        content_hash=approval.content_hash,
        changes={"approval": [None, approval.pk]},
    )
    return record


@transaction.atomic
def publish_under_mandate(instance, mandate: Mandate) -> PublicationRecord:
    """Make the newest draft of an item live under an approved mandate.

    Raises:
        ValidationError: the mandate is not approved or has ended, or the item was withdrawn:
            only an approval of its own brings it back.
    """
    line = guard.newest_line(instance)
    if line is not None and line.act in DOWN:
        raise ValidationError(_("It was withdrawn: only an approval of its own brings it back."))
    draft = instance.get_latest_revision_as_object()
    draft.settle_identity()
    (record,) = lines_under_mandate([draft], mandate, act=_next_act(draft))
    _make_live(instance, draft, record)
    return record


def _make_live(instance, draft, record: PublicationRecord) -> None:
    if instance.working_copy_of_id:
        raise guard.NotApproved(_("A working copy is brought into its original; that is reviewed."))
    audience_before = instance.audience_tokens() if instance.live else None
    now = timezone.now()
    draft.publication_record = record
    draft.live, draft.has_unpublished_changes, draft.expired = True, False, False
    draft.first_published_at = draft.first_published_at or now
    draft.last_published_at = now
    draft.live_revision = draft.latest_revision
    draft.editorial_state = State.LIVE
    with guard.parts_open(draft):
        draft.put_parts_live()
        draft.save()
    went_live.send(type(draft), instances=[draft])
    if audience_before is not None and audience_before != draft.audience_tokens():
        audience_changed.send(type(draft), instances=[draft])


@transaction.atomic
def withdraw(
    instance, approval: Approval, reason: str, by=None, *, note: str = "", act: Act = Act.WITHDRAW
) -> PublicationRecord:
    """Take a live item down; its row, its text and its ledger lines stay.

    ``reason`` stays inside the house; ``note`` is the reason that its tombstone tells everybody.
    """
    if not reason.strip():
        raise PermissionDenied(_("A withdrawal needs its reason."))
    ability = Ability.TAKE_DOWN if act == Act.TAKE_DOWN else Ability.APPROVE
    roles = _roles(instance, approval.approved_by, ability)
    content = instance.frozen_content(live=True)
    was_live = instance.live
    record = _line(
        instance, act, content, by=by, approval=approval, reason=reason, roles=roles, note=note
    )
    record.content_hash = approval.content_hash
    ledger.append([record])
    instance.live, instance.publication_record = False, None
    taken = act == Act.TAKE_DOWN
    instance.editorial_state = State.SUSPENDED if taken else State.WITHDRAWN
    instance.save()
    if was_live:
        withdrawn.send(type(instance), instances=[instance])
    return record


@transaction.atomic
def withdraw_by(
    instance, user, reason: str, note: str = "", *, final: bool = False
) -> PublicationRecord:
    """A take-down by one person, with a reason; only the full way brings it back.

    For now and in an emergency by whoever is able to, whereupon the board is told at once; for
    good (``final``) by the board alone. ``note`` is what its tombstone tells everybody.

    Raises:
        PermissionDenied: he is not able to, or gave no reason.
    """
    ability = Ability.APPROVE if final else Ability.TAKE_DOWN
    right = access_of(user).grant(ability, instance.owning_unit, instance.content_code)
    if user.is_superuser or right is None:
        raise PermissionDenied(_("Only the editorial board over the owning unit takes it down."))
    line = guard.newest_line(instance)
    if line is None or not (instance.live or (final and line.act == Act.TAKE_DOWN)):
        raise PermissionDenied(_("It is not live."))
    _end_review(instance, user)
    approval = Approval.objects.create(
        content_type=ContentType.objects.get_for_model(instance),
        object_id=instance.pk,
        content_hash=line.content_hash,
        revision_id=instance.live_revision_id,
        approved_by=user,
        note=reason,
        acting_as=right.role,
        delegation_id=right.delegation or None,
    )
    before = instance.editorial_state
    act = Act.WITHDRAW if final else Act.TAKE_DOWN
    record = withdraw(instance, approval, reason, by=user, note=note, act=act)
    audit.record(
        user,
        "item.withdrawn" if final else "item.suspended",
        instance,
        right=right,
        states=(before, instance.editorial_state),
        reason=reason,
        content_hash=record.content_hash,
    )
    taken_down.send(type(instance), instances=[instance], by=user, reason=reason)
    return record


def _end_review(instance, user) -> None:
    """Nothing that was on its way before a take-down comes live after it."""
    running = instance.current_workflow_state
    if running is not None:
        running.cancel(user=user)
    Approval.objects.of(instance).revoke()


def lines_under_mandate(
    instances, mandate: Mandate, by=None, act: Act = Act.PUBLISH
) -> list[PublicationRecord]:
    """Ledger lines for items that go live together under an approved mandate; appends them.

    Raises:
        ValidationError: the mandate is not approved, has ended, or is of another unit.
    """
    mandate.refuse_unless_valid(timezone.localdate())
    if any(not instance.owning_unit.path.startswith(mandate.owner.path) for instance in instances):
        raise ValidationError(_("The mandate is of another unit."))
    roles = roles_over(mandate.approved_by, mandate.owner, "", Ability.APPROVE)
    lines, contents = [], {}
    for instance in instances:
        content = instance.frozen_content()
        line = _line(instance, act, content, by=by, mandate=mandate, roles=roles)
        contents[line.content_hash] = canonical(content)
        lines.append(line)
    return ledger.append(lines, contents)


def _next_act(instance) -> Act:
    line = guard.newest_line(instance)
    return act_after(line.act if line else None)


def _roles(instance, user, ability: Ability = Ability.APPROVE) -> list[list[str]]:
    return roles_over(user, instance.owning_unit, instance.content_code, ability)


def _line(instance, act: str, content: dict, **authority) -> PublicationRecord:
    identity = instance.ledger_identity()
    return PublicationRecord(
        format=FORMAT,
        act=act,
        content_type=ContentType.objects.get_for_model(instance),
        object_id=instance.pk,
        label=identity["name"],
        identity=identity,
        content_hash=approval_hash(content),
        texts=sorted({row[-1] for row in content.get("expressions", ())}),
        files=sorted({row[1] for row in content.get("files", ())}),
        audience=list(instance.audience_tokens()),
        authority=snapshot(authority.get("approval"), authority.get("mandate")),
        at=timezone.now(),
        **authority,
    )
