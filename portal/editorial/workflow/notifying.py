"""Telling people: in the portal at once, by e-mail as each chose, never the text itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.editorial.models import Notification
from portal.editorial.states import STEPS, Step
from portal.organisations.models import Delegation, Membership, User
from portal.organisations.roles import Ability, roles_with

#: Notices are in the language of the house, whatever their cause was looking at.
in_house_language = translation.override(settings.LANGUAGE_CODE)


def able(ability: Ability, unit, content: str = "") -> set[User]:
    """Who holds an ability over a unit today, in his own right or under a delegation."""
    today = timezone.localdate()
    rows = Membership.objects.current(today).filter(
        role__in=roles_with(ability), unit__in=unit.ancestor_ids, content__in={"", content}
    )
    people = {row.user for row in rows.select_related("user")}
    left = Delegation.objects.current(today).filter(membership__in=rows).select_related("to")
    return people | {row.to for row in left if not row.unit or unit.path.startswith(row.unit.path)}


def tell(people: Iterable[User], text: str, url: str, kind: str) -> None:
    """Put a notice into each one's list; e-mails go out after the transaction."""
    rows = Notification.objects.bulk_create(
        [Notification(user=user, text=text[:500], url=url, kind=kind) for user in set(people)]
    )
    transaction.on_commit(lambda: _mail_now([row.pk for row in rows]))


def _mail_now(pks: list[int]) -> None:
    from portal.editorial.mailing import send_immediate

    send_immediate(pks)


def review_url(instance) -> str:
    """Address of the review page of an item."""
    return reverse("review", args=[instance._meta.label_lower, instance.pk])


def review_url_of(content_type_id: int, object_id: str) -> str:
    """The same without the item at hand."""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    return reverse("review", args=[model._meta.label_lower, object_id]) if model else ""


@in_house_language
def turn_begun(turn, instance, by) -> None:
    """Tell those who can act at this step, not him who sent it there."""
    ability, _state = STEPS[Step(turn.step)]
    people = able(ability, instance.owning_unit, instance.content_code) - {by}
    text = _("%(step)s: %(item)s, until %(day)s") % {
        "step": Step(turn.step).label,
        "item": turn.label,
        "day": f"{turn.due:%d/%m/%Y}",
    }
    tell(people, text, review_url(instance), "turn")


@in_house_language
def returned(turn, instance, by, comment: str) -> None:
    """Tell who sent it in."""
    sender = turn.workflow_state.requested_by
    if sender is not None:
        text = _("Returned: %(item)s – %(reason)s") % {"item": turn.label, "reason": comment}
        tell({sender}, text, review_url(instance), "returned")


@in_house_language
def not_published(instance, approval, reason: str) -> None:
    """Tell the approver and the sender that the hour came and nothing went live."""
    people = {approval.approved_by}
    sender = approval.turn.workflow_state.requested_by if approval.turn else None
    text = _("Not published: %(item)s – %(reason)s") % {"item": instance, "reason": reason}
    tell(people | ({sender} if sender else set()), text, review_url(instance), "failed")


@in_house_language
def taken_down(instance, by, reason: str) -> None:
    """The heads of the board learn of an emergency at once."""
    people = able(Ability.APPROVE, instance.owning_unit, instance.content_code) - {by}
    text = _("Taken down by %(who)s: %(item)s – %(reason)s") % {
        "who": by,
        "item": instance,
        "reason": reason,
    }
    tell(people, text, review_url(instance), "down")
