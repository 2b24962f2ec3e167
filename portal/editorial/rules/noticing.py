"""Events that rules wait for. A rule that breaks is logged and stops nobody."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.dispatch import receiver
from wagtail.signals import task_approved, workflow_rejected, workflow_submitted

from portal.editorial.acts import Act
from portal.editorial.models import ContentRule, Event, Publishable, ReviewState, RuleRun
from portal.editorial.signals import overdue, went_live, withdrawn
from portal.editorial.states import Step
from portal.editorial.workflow.subjects import subject_of

from . import doing
from .facts import fits, plain_label

logger = logging.getLogger(__name__)

#: More than these wait for the clock, so that an import is not held up.
AT_ONCE = 20


def notice(event: str, items: Iterable, *, draft: bool = True) -> None:
    """Write down which rules an event meets; they act when the event is committed.

    ``draft``: what waits counts, not the row.
    """
    if doing.acting.get():
        return  # rules don't set off rules
    try:
        with transaction.atomic():
            rules = list(
                ContentRule.objects.filter(active=True, event=event).select_related("unit")
            )
            runs = [run for item in items if rules for run in _met(rules, event, item, draft)]
    except Exception:
        logger.exception("rules at %s", event)
        return
    if waiting := [run.pk for run in runs if run.state == RuleRun.State.WAITING][:AT_ONCE]:
        transaction.on_commit(lambda: doing.perform(waiting), robust=True)


def _met(rules: list[ContentRule], event: str, item, draft: bool) -> list[RuleRun]:
    seen = item.get_latest_revision_as_object() if draft and item.latest_revision_id else item
    runs = []
    for rule in rules:
        state, error = RuleRun.State.WAITING, ""
        try:
            with transaction.atomic():
                if not fits(rule, seen):
                    continue
        except Exception as failure:
            logger.exception("rule %s", rule.pk)
            state, error = RuleRun.State.FAILED, type(failure).__name__
        runs.append(
            RuleRun.objects.create(
                rule=rule,
                event=event,
                content_type=ContentType.objects.get_for_model(item),
                object_id=item.pk,
                label=plain_label(item),
                dry=rule.trial,
                state=state,
                error=error,
            )
        )
    return runs


@receiver(workflow_submitted)
def submitted(sender, instance, **kwargs) -> None:
    _of_workflow(Event.SUBMITTED, instance)


@receiver(workflow_rejected)
def returned(sender, instance, **kwargs) -> None:
    _of_workflow(Event.RETURNED, instance)


@receiver(task_approved)
def approved(sender, instance, **kwargs) -> None:
    if isinstance(instance, ReviewState) and instance.step == Step.APPROVE:
        _of_workflow(Event.APPROVED, instance.workflow_state)


@receiver(went_live)
def live(sender, instances, **kwargs) -> None:
    groups: dict[str, list] = {Event.LIVE: [], Event.CORRECTED: []}
    for one in instances:
        groups[Event.CORRECTED if _act_of(one) == Act.CORRECT else Event.LIVE].append(one)
    for event, items in groups.items():
        if items:
            notice(event, items, draft=False)


@receiver(withdrawn)
def down(sender, instances, **kwargs) -> None:
    notice(Event.DOWN, instances, draft=False)


@receiver(overdue)
def late(sender, instances, **kwargs) -> None:
    notice(Event.OVERDUE, instances)


def _act_of(item) -> str:
    return item.publication_record.act if item.publication_record_id else ""


def _of_workflow(event: str, workflow_state) -> None:
    item = subject_of(workflow_state)
    if isinstance(item, Publishable):
        notice(event, [item])
