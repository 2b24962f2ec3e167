"""The tray of e-mails and webhooks: tried by the clock, ever more slowly, then given up."""

from __future__ import annotations

from django.core.mail import send_mail
from django.utils import timezone

from portal.core.tray import attempt
from portal.editorial.freezing import canonical
from portal.editorial.models import Delivery, RuleAction

from . import webhooks

MOST_TRIES = 8
AT_ONCE = 20


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
