"""Working copies (bản làm việc) of whatever is published here: begun, merged, brought in.

A copy is a row of the class of its original that never goes live. It is brought back by a
three-way merge (``merging``) into a draft of its original, which takes the full way of review. What
is said of who may do it and when stands here; how rows of a class are copied, laid side by side
and written is said by the class (``copied``, ``merged``, ``take_over`` of its ``CopyRules``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.organisations import audit
from portal.organisations.access import access_of

from .merging import Conflict
from .models import WorkingCopy
from .states import IN_REVIEW

#: Who may read is one decision: the kind of audience and its units are never mixed of two sides.
AUDIENCE = "audience"
_TOGETHER = (AUDIENCE, "audience_units")


class Merge(Protocol):
    """What comes of a merge; ``conflicts`` are all, ``seen`` binds a decision to what was shown,
    ``labels`` say what places are called."""

    conflicts: Sequence[Conflict]
    seen: str
    labels: Mapping[str, str]


class CopyRules(Protocol):
    """What a class of content says of its working copies."""

    def copied(self, original, user) -> tuple[object, dict[str, object]]:
        """A saved copy of what is live, with a revision of ``user``; and what is noted of the
        beginning beside the ledger's line."""

    def merged(self, original, copy, row: WorkingCopy, choices: Mapping[str, str]) -> Merge:
        """What the draft of the original would say with these choices."""

    def take_over(self, draft, copy, merge: Merge) -> None:
        """Write a merge into the newest draft of the original; its revision is saved after."""


@transaction.atomic
def begin(original, user):
    """Make a working copy of what is live.

    Raises:
        PermissionDenied: he writes for another unit, it is not live, or it is a copy itself.
        ValidationError: what is live breaks a rule that is newer than it.
    """
    _refuse_unless_his(original, user)
    if not original.live or original.working_copy_of_id:
        raise PermissionDenied(_("A working copy is made of what is live."))
    copy, start = original.copy_rules.copied(original, user)
    row = WorkingCopy.objects.create(
        content_type_id=original.publication_record.content_type_id,
        original_id=original.pk,
        copy_id=copy.pk,
        base=original.publication_record,
        start=start,
        begun_by=user,
    )
    audit.record(user, "copy.begun", original, changes={"copy": [None, row.copy_id]})
    return copy


def row_of(copy) -> WorkingCopy:
    """The row about a copy. Raises PermissionDenied for anything else."""
    row = WorkingCopy.objects.about(copy).first()
    if row is None:
        raise PermissionDenied(_("This is no working copy."))
    return row


def merge(copy, choices: Mapping[str, str] | None = None) -> Merge:
    """What the draft of the original would say if the copy were brought in with these choices."""
    original, copy = _fresh(copy)
    return copy.copy_rules.merged(original, copy, row_of(copy), choices or {})


@transaction.atomic
def bring_in(copy, user, choices: Mapping[str, str], seen: str):
    """Make the merge the draft of the original; who wrote in the copy is an author of it.

    Raises:
        PermissionDenied: he may not, the original is under review, or the copy was brought in.
        ValidationError: one side changed since it was shown, or a conflict was not decided.
    """
    original, copy = _fresh(copy, lock=True)
    row = row_of(copy)
    for one in (original, copy):
        _refuse_unless_his(one, user)
    if row.merged_at:
        raise PermissionDenied(_("This copy was brought in before."))
    lock = original.get_lock()
    if original.editorial_state in IN_REVIEW or (lock and lock.for_user(user)):
        raise PermissionDenied(_("The original is under review; take it back first."))
    result = copy.copy_rules.merged(original, copy, row, choices)
    if result.seen != seen:
        raise ValidationError(_("It was changed after you opened it. Read it again."))
    if any(conflict.place not in choices for conflict in result.conflicts):
        raise ValidationError(_("Choose for every conflict which version is to stand."))
    draft = original.get_latest_revision_as_object()
    copy.copy_rules.take_over(draft, copy, result)
    draft.save_revision(user=user, clean=False)
    wrote = copy.revisions.exclude(user=None).values_list("user_id", flat=True)
    row.authors.set({*wrote, row.begun_by_id, user.pk})
    row.merged_by, row.merged_at = user, timezone.now()
    row.save()
    audit.record(user, "copy.brought_in", original, changes={"copy": [copy.pk, None]})
    return original


def joined(fields: Mapping[str, object]) -> dict[str, object]:
    """Fields that are one decision under one key."""
    alone = {name: value for name, value in fields.items() if name not in _TOGETHER}
    return alone | {AUDIENCE: [fields.get(name) for name in _TOGETHER]}


def apart(fields: Mapping[str, object]) -> dict[str, object]:
    """The same, each under its own key again."""
    alone = {name: value for name, value in fields.items() if name != AUDIENCE}
    return alone | dict(zip(_TOGETHER, fields[AUDIENCE], strict=True))


def _refuse_unless_his(item, user) -> None:
    if user.is_superuser or not access_of(user).may_edit(item.owning_unit, item.content_code):
        raise PermissionDenied(_("You can't change items of this unit."))


def _fresh(copy, *, lock: bool = False):
    """Original and copy as they stand in the database now; locked, the original first."""
    rows = type(copy)._default_manager
    if lock:
        rows = rows.select_for_update(of=("self",))
    return rows.get(pk=copy.working_copy_of_id), rows.get(pk=copy.pk)
