"""The queue of questions of the public: by deadline, with the acts of who answers."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access

from portal.organisations.access import access_of
from portal.organisations.models import Organisation
from portal.organisations.roles import Ability, Content
from portal.pages import asking, coordinating
from portal.pages.models import Question, QuestionInput

ROWS = 50


class TransferForm(forms.Form):
    """Which unit shall answer instead, and why."""

    unit = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Unit that shall answer"),
        help_text=gettext_lazy("Only units in which somebody writes pages."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why that unit"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Kept in the log; that unit reads it, the public does not."),
    )  # fmt: skip


class InputForm(forms.Form):
    """Which unit is asked for what, until when."""

    unit = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Unit that is asked"),
        help_text=gettext_lazy("Your unit stays responsible for the answer."),
    )  # fmt: skip
    wish = forms.CharField(
        label=gettext_lazy("What it shall contribute"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("What you need to know; the unit sees the question too."),
    )  # fmt: skip
    due = forms.DateField(
        label=gettext_lazy("Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Not after the day on which the answer is due."),
    )  # fmt: skip


def may_see(user) -> bool:
    access = access_of(user)
    reads = any(access.can(Ability.READ, content=one) for one in (Content.PAGE, Content.NEWS))
    return reads or access.can(Ability.AUDIT)


@require_admin_access
def listing(request) -> HttpResponse:
    """Questions that wait first, by deadline; what other units want; those that were handled."""
    if not may_see(request.user):
        raise PermissionDenied(_("Only people of the unit read its questions."))
    rows = coordinating.readable(request.user)
    wanted = list(coordinating.inputs_wanted(request.user)[:ROWS])
    theirs = [
        one.question_id for one in wanted if not asking.may_answer(request.user, one.question)
    ]
    waiting = rows.filter(state__in=Question.WAITING).exclude(pk__in=theirs)
    context = {
        "page": Paginator(waiting, ROWS).get_page(request.GET.get("trang")),
        "wanted": wanted,
        "handled": rows.exclude(state__in=Question.WAITING).order_by("-handled_at")[:ROWS],
    }
    return render(request, "admin_pages/pages/questions.html", context)


@require_admin_access
def one(request, pk: int) -> HttpResponse:
    """One question: begin its answer, refuse it, hand it over, ask others or contribute."""
    question = coordinating.readable(request.user).filter(pk=pk).first()
    if question is None:
        raise Http404
    given = request.POST if request.method == "POST" else None
    transfer = TransferForm(given if given and "transfer" in given else None, prefix="chuyen")
    wish = InputForm(given if given and "ask" in given else None, prefix="phoi-hop",
                     initial={"due": max(question.due, timezone.localdate())})  # fmt: skip
    for form in (transfer, wish):
        form.fields["unit"].queryset = coordinating.units_that_answer(question)
    if given is not None:
        try:
            if done := _act(request, question, transfer, wish):
                return done
        except (PermissionDenied, ValidationError) as error:
            for message in getattr(error, "messages", [str(error)]):
                messages.error(request, message)
    may_answer = asking.may_answer(request.user, question)
    inputs = list(question.inputs.select_related("unit", "question", "asked_by", "given_by"))
    context = {
        "question": question,
        "may_answer": may_answer and question.waits,
        # Who only reads, contributes or audits needs no name of who asked.
        "asker": getattr(question, "asker", None) if may_answer else None,
        "transfers": coordinating.transfers(question),
        "inputs": [(one, coordinating.may_give(request.user, one)) for one in inputs],
        "transfer_form": transfer, "input_form": wish,
        "said": request.POST.get("text", ""),
    }  # fmt: skip
    return render(request, "admin_pages/pages/question.html", context)


def _act(request, question, transfer, wish) -> HttpResponse | None:
    """Do what was sent; None when a form says what is wrong with it."""
    user, given = request.user, request.POST
    if "refuse" in given:
        asking.refuse(question, user, given.get("reason", ""))
        messages.success(request, _("Refused; who asked is told if he left an address."))
        return redirect("questions")
    if "draft" in given:
        return redirect("wagtailadmin_pages:edit", asking.make_draft(question, user).pk)
    if "transfer" in given:
        if not transfer.is_valid():
            return None
        unit = transfer.cleaned_data["unit"]
        coordinating.transfer(question, user, unit, transfer.cleaned_data["reason"])
        messages.success(request, _("Handed over to %(unit)s.") % {"unit": unit})
        return redirect("questions")
    if "ask" in given:
        if not wish.is_valid():
            return None
        coordinating.request_input(question, user, **wish.cleaned_data)
        messages.success(request, _("%(unit)s is asked.") % wish.cleaned_data)
    elif "give" in given:
        number = given["give"] if given["give"].isdecimal() and len(given["give"]) < 10 else 0
        wanted = QuestionInput.objects.filter(pk=number, question=question).first()
        if wanted is None:
            raise PermissionDenied(_("Your unit is not asked for anything here."))
        coordinating.give_input(wanted, user, given.get("text", ""))
        messages.success(request, _("The unit that answers has it now."))
    return redirect(request.path)
