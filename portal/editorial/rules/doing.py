"""What rules do, after the event was committed; and, in the same words, what they would do."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextvars import ContextVar

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.editorial.models import Delivery, RuleAction, RuleRun
from portal.editorial.states import EDITABLE
from portal.editorial.workflow import notifying, reviewing
from portal.organisations.models import Membership, User
from portal.organisations.roles import ABILITIES, Ability, Role

from .facts import is_public, plain_label, told_outside

logger = logging.getLogger(__name__)

#: Set while a rule acts: what it sets in motion meets no rule.
acting: ContextVar[bool] = ContextVar("a rule acts", default=False)
#: Roles that may be told of drafts.
TOLD = tuple(
    (role.value, role.label)
    for role in Role
    if ABILITIES[role] & {Ability.READ, Ability.LEGAL, Ability.AUDIT}
)
Kind = RuleAction.Kind


def perform(pks: Iterable[int]) -> int:
    """Let the rules act that met their event; how many."""
    token = acting.set(True)
    try:
        with translation.override(settings.LANGUAGE_CODE):
            return sum(_perform(pk) for pk in pks)
    finally:
        acting.reset(token)


def perform_waiting() -> int:
    """What a stopped server or a long import left; called by the clock."""
    rows = RuleRun.objects.filter(state=RuleRun.State.WAITING).order_by("pk")
    return perform(rows.values_list("pk", flat=True)[:500])


def _perform(pk: int) -> bool:
    try:
        with transaction.atomic():
            rows = RuleRun.objects.select_for_update().filter(pk=pk, state=RuleRun.State.WAITING)
            run = rows.first()
            if run is None:
                return False
            model = run.content_type.model_class()
            item = model._base_manager.select_for_update().get(pk=run.object_id)
            run.lines = [outcome(action, item, run) for action in run.rule.actions.all()]
            done = sum(line["done"] for line in run.lines)
            states = RuleRun.State
            run.state = states.FAILED if not done else states.PARTLY
            if done == len(run.lines):
                run.state = states.DONE
            run.save()
    except DatabaseError:  # a busy database; the clock tries again
        logger.exception("run %s of a rule", pk)
        return False
    except Exception as error:
        logger.exception("run %s of a rule", pk)
        failed = RuleRun.objects.filter(pk=pk)
        failed.update(state=RuleRun.State.FAILED, error=f"{type(error).__name__}"[:300])
    return True


def outcome(action: RuleAction, item, run: RuleRun | None = None) -> dict[str, object]:
    """A line of the log: what an action did to an item, or why not.

    Without a run, or under one that is on trial, it only says what it would do.
    """
    dry = run is None or run.dry
    try:
        with transaction.atomic():
            said, done = _DEEDS[action.kind](action, item, None if dry else run), True
    except (PermissionDenied, ValidationError) as refusal:
        said, done = " ".join(getattr(refusal, "messages", [str(refusal)])), False
    except Exception as error:
        logger.exception("action %s of a rule", action.pk)
        said, done = type(error).__name__, False
    return {"action": str(action), "done": done, "said": said}


# --- deeds: without a run they only look --------------------------------------------------------


def _tell_people(action: RuleAction, item, run: RuleRun | None) -> str:
    rows = Membership.objects.current(timezone.localdate()).filter(
        role=action.target,
        unit__in=item.owning_unit.ancestor_ids,
        content__in={"", item.content_code},
        user__is_active=True,
    )
    people = set(User.objects.filter(pk__in=rows.values("user")))
    if not people:
        raise ValidationError(_("Nobody holds this role over the unit."))
    if run:
        text = _("%(rule)s: %(item)s") % {"rule": run.rule, "item": item}
        notifying.tell(people, text, notifying.review_url(item), "rule")
    return _("%(count)s people") % {"count": len(people)}


def _send_mail(action: RuleAction, item, run: RuleRun | None) -> str:
    if run:
        label = plain_label(item)
        address = item.get_absolute_url() if is_public(item) else notifying.review_url(item)
        body = {
            "subject": f"{run.rule}: {label}",
            "text": f"{run.get_event_display()}: {label}\n{settings.PORTAL_URL}{address}",
        }
        Delivery.objects.create(run=run, kind=action.kind, target=action.target, body=body)
    return _("in the tray")


def _call(action: RuleAction, item, run: RuleRun | None) -> str:
    if run:
        body = told_outside(item, run.event, run.at)
        Delivery.objects.create(run=run, kind=action.kind, target=action.target, body=body)
    return _("in the tray")


def _refuse_unless_at_rest(item) -> None:
    if item.live:
        raise PermissionDenied(_("It is live: rules don't touch it."))
    if item.editorial_state not in EDITABLE:
        raise PermissionDenied(_("It is under review."))
    if item.get_lock():
        raise PermissionDenied(_("It is locked."))


def _add_keyword(action: RuleAction, item, run: RuleRun | None) -> str:
    _refuse_unless_at_rest(item)
    draft = item.get_latest_revision_as_object()
    if not hasattr(draft, "keywords"):
        raise ValidationError(_("It has no keywords."))
    if action.target.casefold() in {tag.name.casefold() for tag in draft.keywords.all()}:
        return _("It has the keyword already.")
    if run:
        draft.keywords.add(action.target)
        draft.save_revision(user=None, clean=False)  # whoever wrote the draft stays its author
    return _("a new draft with the keyword")


def _start_review(action: RuleAction, item, run: RuleRun | None) -> str:
    _refuse_unless_at_rest(item)
    last = item.revisions.exclude(user=None).order_by("-created_at", "-pk").first()
    if last is None:
        raise ValidationError(_("Nobody wrote this draft, so nobody can send it."))
    if run:
        comment = _("Sent by the rule “%(rule)s”") % {"rule": run.rule}
        reviewing.submit(item, last.user, comment=comment)
    return _("in the name of %(who)s") % {"who": last.user}


_DEEDS = {
    Kind.PEOPLE: _tell_people,
    Kind.MAIL: _send_mail,
    Kind.KEYWORD: _add_keyword,
    Kind.REVIEW: _start_review,
    Kind.WEBHOOK: _call,
}
