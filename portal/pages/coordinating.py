"""A question that needs another unit: handed over to it, or answered with what it contributes.

One unit is responsible at any time (đơn vị chủ trì) and alone may hand the question over (chuyển)
or ask others for their part (phối hợp). The day that the public was told never moves: the promise
was the portal's, and a question that wanders would be prolonged without end. What was done stands
in the log; nothing of it is public.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.editorial.states import IN_REVIEW
from portal.editorial.workflow import notifying
from portal.organisations import audit
from portal.organisations.access import access_of
from portal.organisations.models import AuditEntry, Membership, Organisation
from portal.organisations.roles import Ability, Content, roles_with

from . import asking
from .models.questions import Question, QuestionInput

TRANSFERRED = "question.transfer"


def units_that_answer(question: Question) -> QuerySet[Organisation]:
    """Other units in which somebody writes pages today; a question sent elsewhere would be lost."""
    people = Membership.objects.current(timezone.localdate()).filter(
        role__in=roles_with(Ability.WRITE), content__in=["", Content.PAGE], user__is_active=True
    )
    return Organisation.objects.filter(pk__in=people.values("unit")).exclude(pk=question.unit_id)


@transaction.atomic
@notifying.in_house_language
def transfer(question: Question, user, unit: Organisation, reason: str) -> None:
    """Make another unit responsible; the deadline stays, a draft stays with who wrote it.

    Raises:
        PermissionDenied: he answers nothing for the unit that is responsible now.
        ValidationError: no reason, nobody there answers, an answer is under review, or it was
            handled before.
    """
    question = asking.mine(question, user)
    if not reason.strip():
        raise ValidationError(_("Say why the other unit shall answer."))
    if not units_that_answer(question).filter(pk=unit.pk).exists():
        raise ValidationError(_("Nobody of this unit answers questions."))
    if question.answer is not None and question.answer.editorial_state in IN_REVIEW:
        raise ValidationError(_("An answer is under review: take it back first."))
    left, before = question.unit, question.state
    right = access_of(user).grant(Ability.WRITE, left, Content.PAGE)
    question.unit, question.state, question.answer = unit, Question.State.NEW, None
    question.told_on = None
    question.save()
    question.inputs.filter(unit=unit, given_at=None).delete()  # it answers now
    audit.record(user, TRANSFERRED, question, right=right, unit=left, reason=reason.strip(),
                 states=(before, question.state), changes={"unit": [str(left), str(unit)]})  # fmt: skip
    said = _("Handed over by %(unit)s: %(question)s, answer until %(day)s") % {
        "unit": left, "question": question.title, "day": f"{question.due:%d/%m/%Y}"}  # fmt: skip
    _tell(unit, question, said)


def transfers(question: Question) -> QuerySet[AuditEntry]:
    """The log of its transfers, oldest first."""
    rows = AuditEntry.objects.filter(
        action=TRANSFERRED, object_id=question.pk, content_type__model="question",
        content_type__app_label="pages",
    )  # fmt: skip
    return rows.select_related("actor").order_by("pk")


@transaction.atomic
@notifying.in_house_language
def request_input(
    question: Question, user, unit: Organisation, wish: str, due: dt.date
) -> QuestionInput:
    """Ask another unit for its part of the answer; the unit responsible stays the same.

    Raises:
        PermissionDenied: he answers nothing for the unit that is responsible.
        ValidationError: nothing is asked, the day is past or after the answer's own, nobody there
            answers, or the unit was asked and hasn't said anything yet.
    """
    question = asking.mine(question, user)
    if not wish.strip():
        raise ValidationError(_("Say what the unit shall contribute."))
    if not timezone.localdate() <= due <= max(question.due, timezone.localdate()):
        raise ValidationError(_("Choose a day from today until the day of the answer."))
    if not units_that_answer(question).filter(pk=unit.pk).exists():
        raise ValidationError(_("Nobody of this unit answers questions."))
    if question.inputs.filter(unit=unit, given_at=None).exists():
        raise ValidationError(_("This unit was asked and hasn't answered yet."))
    wanted = QuestionInput.objects.create(
        question=question, unit=unit, wish=wish.strip(), due=due, asked_by=user
    )
    right = access_of(user).grant(Ability.WRITE, question.unit, Content.PAGE)
    audit.record(user, "question.ask-unit", question, right=right, unit=question.unit,
                 reason=wanted.wish, changes={"asked": ["", str(unit)]})  # fmt: skip
    said = _("%(unit)s asks for your part: %(question)s, until %(day)s") % {
        "unit": question.unit, "question": question.title, "day": f"{due:%d/%m/%Y}"}  # fmt: skip
    _tell(unit, question, said)
    return wanted


def may_give(user, wanted: QuestionInput) -> bool:
    """Who writes pages for the unit that was asked, while the question waits for its answer."""
    return (
        not user.is_superuser
        and wanted.given_at is None
        and wanted.question.waits
        and access_of(user).may_edit(wanted.unit, Content.PAGE)
    )


@transaction.atomic
@notifying.in_house_language
def give_input(wanted: QuestionInput, user, text: str) -> None:
    """Say what a unit was asked for; whoever is responsible learns of it.

    Raises:
        PermissionDenied: it is not his unit that was asked, or it was said or handled before.
        ValidationError: nothing is said.
    """
    rows = QuestionInput.objects.select_for_update(of=("self",))
    wanted = rows.select_related("question__unit", "unit").get(pk=wanted.pk)
    if not may_give(user, wanted):
        raise PermissionDenied(_("Your unit is not asked for anything here."))
    if not text.strip():
        raise ValidationError(_("Say something."))
    wanted.text, wanted.given_by, wanted.given_at = text.strip(), user, timezone.now()
    wanted.save(update_fields=["text", "given_by", "given_at"])
    question = wanted.question
    right = access_of(user).grant(Ability.WRITE, wanted.unit, Content.PAGE)
    audit.record(user, "question.input", question, right=right, unit=wanted.unit)
    said = _("%(unit)s gave its part: %(question)s") % {
        "unit": wanted.unit, "question": question.title}  # fmt: skip
    _tell(question.unit, question, said)


def inputs_wanted(user) -> QuerySet[QuestionInput]:
    """What units for which somebody writes pages still owe to others, by day."""
    units = access_of(user).units(Ability.WRITE, Content.PAGE)
    rows = QuestionInput.objects.filter(
        unit__in=units, given_at=None, question__state__in=Question.WAITING
    )
    return rows.select_related("question__unit", "unit")


def readable(user) -> QuerySet[Question]:
    """Questions that somebody may open: of his units, asked on their pages, or asked of them."""
    access = access_of(user)
    rows = Question.objects.select_related("unit", "page", "answer", "handled_by")
    if access.can(Ability.AUDIT):
        return rows
    units = access.units(Ability.READ, Content.PAGE)
    asked = QuestionInput.objects.filter(unit__in=units)
    return rows.filter(
        Q(unit__in=units) | Q(page__unit__in=units) | Q(pk__in=asked.values("question"))
    )


def _tell(unit: Organisation, question: Question, said: str) -> None:
    people = notifying.able(Ability.WRITE, unit, Content.PAGE)
    notifying.tell(people, said, reverse("question", args=[question.pk]), "question")
