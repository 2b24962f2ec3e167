"""The tray of e-mails and webhooks: tried by the clock, ever more slowly, then given up."""

from __future__ import annotations

import datetime as dt
import logging

from django.core.mail import send_mail
from django.utils import timezone

from portal.editorial.freezing import canonical
from portal.editorial.models import Delivery, RuleAction

from . import webhooks

logger = logging.getLogger(__name__)

MOST_TRIES = 8
AT_ONCE = 20


def send_waiting() -> int:
    """Send what is due; how many went."""
    due = Delivery.objects.filter(
        sent_at=None, tries__lt=MOST_TRIES, next_try__lte=timezone.now()
    ).select_related("run__rule")
    return sum(_sent(row) for row in due.order_by("next_try", "pk")[:AT_ONCE])


def _sent(row: Delivery) -> bool:
    row.tries += 1
    try:
        if row.kind == RuleAction.Kind.WEBHOOK:
            webhooks.post(row.target, canonical(row.body).encode(), row.run.rule.secret)
        else:
            subject = " ".join(row.body["subject"].split())[:200]
            send_mail(subject, row.body["text"], None, [row.target])
    except Exception as error:  # whatever a mail server or a web server raises
        row.next_try = timezone.now() + dt.timedelta(minutes=2**row.tries)
        row.error = " ".join(getattr(error, "messages", [str(error)]))[:300]
        logger.warning("rule %s did not reach %s: %s", row.run.rule_id, row.target, row.error)
    else:
        row.sent_at, row.error = timezone.now(), ""
    row.save()
    return row.sent_at is not None
