"""From a question of the public to its published answer, or to a refusal with a reason."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core import text
from portal.core.guarded_form import GuardedForm
from portal.editorial.models import CalendarException
from portal.editorial.workflow import notifying
from portal.organisations import audit
from portal.organisations.access import access_of
from portal.organisations.roles import Ability, Content

from .models.questions import AnswerPage, Asker, Question, QuestionsPage, forget_before
from .receiving import mail


class QuestionForm(GuardedForm):
    title = forms.CharField(
        label=gettext_lazy("Your question in one sentence"), min_length=10, max_length=250
    )
    text = forms.CharField(
        label=gettext_lazy("What you want to know"), min_length=10, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Your name, if you wish"), required=False, max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("E-mail, if we shall write when it is answered"), required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip

    field_order = ["title", "text", "name", "email"]

    @property
    def kept(self) -> dict[str, str]:
        """What is kept of a valid form."""
        return {name: self.cleaned_data[name] for name in self.field_order}


@transaction.atomic
@notifying.in_house_language
def take(page: QuestionsPage, title: str, text: str, name: str = "", email: str = "") -> Question:
    """Put a question into the queue of the page's unit, with a deadline in working days."""
    question = Question.objects.create(
        page=page, unit=page.unit, title=title[:255], text=text,
        due=CalendarException.deadline(page.days),
    )  # fmt: skip
    if name or email:
        Asker.objects.create(question=question, name=name, email=email)
    people = notifying.able(Ability.WRITE, page.unit, Content.PAGE)
    said = _("Somebody asks: %(question)s, answer until %(day)s") % {
        "question": question.title, "day": f"{question.due:%d/%m/%Y}"}  # fmt: skip
    notifying.tell(people, said, reverse("question", args=[question.pk]), "question")
    return question


def may_answer(user, question: Question) -> bool:
    """Who writes pages for the unit that was asked."""
    return not user.is_superuser and access_of(user).may_edit(question.unit, Content.PAGE)


@transaction.atomic
def make_draft(question: Question, user) -> AnswerPage:
    """The draft of an answer with the question in it; the one that was begun, if there is one.

    Raises:
        PermissionDenied: he writes no pages for this unit.
        ValidationError: it was answered or refused.
    """
    question = mine(question, user)
    if question.answer is not None:
        return question.answer
    slug, number = text.slugify(question.title)[:200] or "cau-hoi", 1
    wanted = slug
    while not AnswerPage._slug_is_available(slug, question.page):
        number += 1
        slug = f"{wanted}-{number}"
    draft = AnswerPage(
        title=question.title, slug=slug, question=question.text, body="[]", unit=question.unit,
        asked_on=timezone.localtime(question.at).date(), live=False, owner=user,
    )  # fmt: skip
    QuestionsPage.objects.get(pk=question.page_id).add_child(instance=draft)
    draft.save_revision(user=user, clean=False)
    _handle(question, user, Question.State.DRAFT, answer=draft)
    return draft


@transaction.atomic
def refuse(question: Question, user, reason: str) -> None:
    """Refuse a question; who left an address gets the reason by e-mail.

    Raises:
        PermissionDenied: he writes no pages for this unit.
        ValidationError: there is no reason, or it was answered or refused before.
    """
    question = mine(question, user)
    if not reason.strip():
        raise ValidationError(_("Say why the question is not answered."))
    _handle(question, user, Question.State.REFUSED, reason=reason.strip())
    if address := _address(question):
        subject = _("Your question is not answered: %(question)s") % {"question": question.title}
        transaction.on_commit(lambda: mail(subject, question.reason, address))


def answer_published(sender, instances, **kwargs) -> None:
    """An answer that goes live for everybody closes its questions and tells who asked."""
    for answer in instances:
        if not answer.is_public:
            continue
        for question in Question.objects.filter(answer=answer.pk, state__in=Question.WAITING):
            question.state, question.handled_at = Question.State.ANSWERED, timezone.now()
            question.save(update_fields=["state", "handled_at"])
            if address := _address(question):
                _tell_asker(question, answer, address)


@notifying.in_house_language
def _tell_asker(question: Question, answer: AnswerPage, address: str) -> None:
    subject = _("Your question is answered: %(question)s") % {"question": question.title}
    body = f"{answer.title}\n\n{settings.PORTAL_URL}{answer.address}"
    transaction.on_commit(lambda: mail(subject, body, address))


def forget_askers(today: dt.date | None = None) -> int:
    """Delete who asked when the time is over; returns how many. Called by the clock."""
    found = Asker.objects.filter(forget_before(today or timezone.localdate()))
    return found.delete()[0]


@notifying.in_house_language
def tell_late(today: dt.date | None = None) -> int:
    """The unit's heads learn of late questions, once a week each. Called by the clock."""
    day = today or timezone.localdate()
    late = Question.objects.filter(state__in=Question.WAITING, due__lt=day).exclude(
        told_on__gt=day - dt.timedelta(days=7)
    )
    count = 0
    for question in late.select_related("unit"):
        people = notifying.able(Ability.CHECK, question.unit, Content.PAGE)
        said = _("Question is late: %(question)s") % {"question": question.title}
        notifying.tell(people, said, reverse("question", args=[question.pk]), "late")
        Question.objects.filter(pk=question.pk).update(told_on=day)
        count += 1
    return count


def mine(question: Question, user) -> Question:
    """The row anew and locked, for who may act on it while it waits."""
    question = Question.objects.select_for_update().get(pk=question.pk)
    if not may_answer(user, question):
        raise PermissionDenied(_("You answer nothing for this unit."))
    if not question.waits:
        raise ValidationError(_("This question was handled before."))
    return question


def _handle(question: Question, user, state: str, **changes) -> None:
    before = question.state
    for name, value in changes.items():
        setattr(question, name, value)
    question.state, question.handled_by = state, user
    if state == Question.State.REFUSED:
        question.handled_at = timezone.now()
    question.save()
    right = access_of(user).grant(Ability.WRITE, question.unit, Content.PAGE)
    audit.record(user, f"question.{state}", question, right=right, unit=question.unit,
                 states=(before, state), reason=question.reason)  # fmt: skip


def _address(question: Question) -> str:
    asker = Asker.objects.filter(question=question).first()
    return asker.email if asker else ""
