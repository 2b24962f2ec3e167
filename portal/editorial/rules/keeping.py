"""Making and changing rules: administrators only, every change in the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.editorial.models import ContentRule, RuleAction, publishable_models
from portal.editorial.owned_rows import listed
from portal.organisations import audit
from portal.organisations.access import access_of
from portal.organisations.roles import Ability

from . import doing
from .conditions import problem
from .facts import fits

FIELDS = ("name", "event", "content", "unit", "kinds", "conditions", "active", "trial")


def may_set(user) -> bool:
    return access_of(user).can(Ability.ADMINISTER) and not user.is_superuser


@transaction.atomic
def save(user, rule: ContentRule, actions: Iterable[Mapping[str, str]]) -> ContentRule:
    """Save a rule with its actions.

    Raises:
        PermissionDenied: he is no administrator.
        ValidationError: a condition is broken, or there is no action.
    """
    if not may_set(user):
        raise PermissionDenied(_("Only administrators set rules."))
    rows = [RuleAction(kind=one["kind"], target=one.get("target", "")) for one in actions]
    if not rows:
        raise ValidationError(_("A rule does something."))
    if any(problem(one) for one in rule.conditions):
        raise ValidationError(_("A condition is broken."))
    standing = ContentRule.objects.filter(pk=rule.pk).first()
    before = described(standing) if standing else {}
    rule.made_by = rule.made_by or user
    rule.save()
    rule.actions.all().delete()
    for row in rows:
        row.rule = rule
        row.save()
    after = described(rule)
    changes = {
        name: [before.get(name), after[name]] for name in after if before.get(name) != after[name]
    }
    audit.record(user, "rule.saved", rule, unit=rule.unit, changes=changes)
    return rule


def described(rule: ContentRule) -> dict[str, object]:
    """What a rule says, for the log; not its secret."""
    said: dict[str, object] = {name: getattr(rule, name) for name in FIELDS if name != "unit"}
    said["unit"] = rule.unit_id
    said["actions"] = [[row.kind, row.target] for row in rule.actions.all()]
    return said


def newest_items(count: int = 50) -> list:
    """The items that were worked on last, of all classes."""
    found = []
    for model in publishable_models():
        rows = listed(model._default_manager.for_review()).exclude(latest_revision=None)
        found += rows.order_by("-latest_revision__created_at")[:count]
    found = [item for item in found if item.owning_unit is not None]
    found.sort(key=lambda item: item.latest_revision.created_at, reverse=True)
    return list(islice(found, count))


def rehearse(rule: ContentRule, count: int = 50) -> list[tuple[object, list[dict[str, object]]]]:
    """Which of the newest items a rule would act on if its event happened now, and what it would
    do. Nothing is done."""
    actions = list(rule.actions.all())
    return [
        (item, [doing.outcome(action, item) for action in actions])
        for item in newest_items(count)
        if fits(rule, item.get_latest_revision_as_object())
    ]
