"""E-mails of notices: at once or one a day, as each person chose. A dead server loses none."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from itertools import groupby

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .models import Notification, Preference

logger = logging.getLogger(__name__)


def send_immediate(pks: Iterable[int]) -> int:
    """Mail notices to those who want each at once; how many went. The rest wait for a retry."""
    rows = Notification.objects.filter(
        pk__in=list(pks), mailed_at=None, user__preference__mail=Preference.Mail.NOW
    )
    return _send(rows)


def send_waiting() -> int:
    """Try again what could not be sent; called by the clock."""
    return _send(
        Notification.objects.filter(mailed_at=None, user__preference__mail=Preference.Mail.NOW)
    )


def send_digests() -> int:
    """One e-mail with the day's notices to everybody else who wants any; how many people."""
    rows = Notification.objects.filter(mailed_at=None, read_at=None, user__is_active=True)
    rows = rows.exclude(user__preference__mail__in=[Preference.Mail.NOW, Preference.Mail.NEVER])
    people = 0
    for user, notices in groupby(rows.select_related("user").order_by("user", "pk"), _user_of):
        people += _mail(user, list(notices))
    return people


def _send(rows) -> int:
    return sum(_mail(row.user, [row]) for row in rows.select_related("user")[:500])


def _user_of(row: Notification):
    return row.user


def _mail(user, notices: list[Notification]) -> int:
    if not user.email:
        return 0
    with translation.override(settings.LANGUAGE_CODE):
        subject = notices[0].text if len(notices) == 1 else _("%(count)s notices from the portal")
        subject = subject % {"count": len(notices)} if len(notices) > 1 else subject
        lines = [f"{row.text}\n{settings.PORTAL_URL}{row.url}" for row in notices]
    try:
        send_mail(" ".join(subject.split())[:200], "\n\n".join(lines), None, [user.email])
    except OSError:
        logger.exception("e-mail to %s", user.pk)
        return 0
    now = timezone.now()
    Notification.objects.filter(pk__in=[row.pk for row in notices]).update(mailed_at=now)
    return 1
