"""From a reader's report to its answer, and to the correction that it led to."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.organisations import audit
from portal.organisations.access import access_of
from portal.organisations.roles import Ability

from .acts import Act
from .models import ErrorReport
from .models.error_report import FORGET_AFTER
from .workflow import notifying


@transaction.atomic
@notifying.in_house_language
def take(item, text: str, place: str = "", contact: str = "") -> ErrorReport:
    """Keep a report on a visible item and tell the unit that answers for it."""
    report = ErrorReport.objects.create(
        content_type=ContentType.objects.get_for_model(item),
        object_id=item.pk,
        label=str(item)[:255],
        url=item.get_absolute_url(),
        owner=item.owning_unit,
        place=place[:200],
        text=text,
        contact=contact,
    )
    people = notifying.able(Ability.WRITE, item.owning_unit, item.content_code)
    said = _("A reader reports an error: %(item)s") % {"item": report.label}
    notifying.tell(people, said, reverse("error_report", args=[report.pk]), "report")
    return report


def reports_of(user):
    """Reports on items of units whose content somebody writes, reviews or audits."""
    access = access_of(user)
    rows = ErrorReport.objects.select_related("owner", "answered_by", "correction")
    if access.can(Ability.AUDIT):
        return rows
    return rows.filter(owner__in=access.units(Ability.READ))


@transaction.atomic
def answer(report: ErrorReport, user, state: str, text: str) -> None:
    """Answer a report; who left an address gets it by e-mail.

    Raises:
        PermissionDenied: he writes nothing for this unit.
        ValidationError: the answer is empty, or no answer.
    """
    right = access_of(user).grant(Ability.WRITE, report.owner)
    if user.is_superuser or right is None:
        raise PermissionDenied(_("You answer nothing for this unit."))
    if state not in (ErrorReport.State.RIGHT, ErrorReport.State.WRONG) or not text.strip():
        raise ValidationError(_("Say whether it is right, and write the answer."))
    before = report.state
    report.state, report.answer = state, text.strip()
    report.answered_by, report.answered_at = user, timezone.now()
    report.save()
    states = (before, state)
    audit.record(
        user, "report.answered", report, right=right, unit=report.owner, states=states, reason=text
    )
    if report.contact:
        transaction.on_commit(lambda: _mail(report))


def _mail(report: ErrorReport) -> None:
    subject = _("Your report: %(item)s") % {"item": report.label}
    body = f"{report.answer}\n\n{settings.PORTAL_URL}{report.url}"
    send_mail(subject[:200], body, None, [report.contact], fail_silently=True)


def corrected(sender, instances, **kwargs) -> None:
    """A correction that goes live closes the reports that were found right."""
    for item in instances:
        record = item.publication_record
        if record is None or record.act != Act.CORRECT:
            continue
        ErrorReport.objects.filter(
            content_type=record.content_type,
            object_id=item.pk,
            state=ErrorReport.State.RIGHT,
        ).update(state=ErrorReport.State.DONE, correction=record)


def forget_addresses(today: dt.date | None = None) -> int:
    """Forget who asked, some time after the answer; called by the clock."""
    day = (today or timezone.localdate()) - dt.timedelta(days=FORGET_AFTER)
    old = ErrorReport.objects.filter(answered_at__date__lt=day).exclude(contact="")
    return old.update(contact="")
