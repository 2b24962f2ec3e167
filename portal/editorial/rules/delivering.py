"""The tray of e-mails and webhooks: tried by the clock, ever more slowly, then given up."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from portal.core.tray import attempt
from portal.editorial.freezing import canonical
from portal.editorial.models import Delivery, RuleAction, RuleRun

from . import webhooks

MOST_TRIES = 8
AT_ONCE = 20
FORGET_AT_ONCE = 500


def send_waiting() -> int:
    """Send what is due; how many went."""
    due = Delivery.objects.filter(
        sent_at=None, tries__lt=MOST_TRIES, next_try__lte=timezone.now()
    ).select_related("run__rule")
    return sum(_sent(row) for row in due.order_by("next_try", "pk")[:AT_ONCE])


def _sent(row: Delivery) -> bool:
    return attempt(row, lambda: _send(row))


def _send(row: Delivery) -> None:
    if row.kind == RuleAction.Kind.WEBHOOK:
        webhooks.post(row.target, canonical(row.body).encode(), row.run.rule.secret)
        return
    subject = " ".join(row.body["subject"].split())[:200]
    send_mail(subject, row.body["text"], None, [row.target])


def forget_old() -> int:
    """Forget runs older than ``RULE_LOG_DAYS`` that have nothing left to do; how many went.

    Who set a rule stays in the audit log, what a rule did to an item in that item's history.
    """
    if settings.RULE_LOG_DAYS <= 0:
        return 0
    limit = timezone.now() - dt.timedelta(days=settings.RULE_LOG_DAYS)
    waiting = Delivery.objects.filter(sent_at=None, tries__lt=MOST_TRIES)
    old = RuleRun.objects.filter(at__lt=limit).exclude(state=RuleRun.State.WAITING)
    old = old.exclude(pk__in=waiting.values("run"))
    gone = 0
    while rows := list(old.order_by("pk").values_list("pk", flat=True)[:FORGET_AT_ONCE]):
        with transaction.atomic():
            Delivery.objects.filter(run__in=rows).delete()
            gone += RuleRun.objects.filter(pk__in=rows).delete()[0]
    return gone
