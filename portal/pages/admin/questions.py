"""The queue of questions of the public: by deadline, with the acts of who answers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from portal.organisations.access import access_of
from portal.organisations.roles import Ability, Content
from portal.pages import asking
from portal.pages.models import Question

ROWS = 50
WAITING = (Question.State.NEW, Question.State.DRAFT)


def may_see(user) -> bool:
    access = access_of(user)
    reads = any(access.can(Ability.READ, content=one) for one in (Content.PAGE, Content.NEWS))
    return reads or access.can(Ability.AUDIT)


@require_admin_access
def listing(request) -> HttpResponse:
    """Questions that wait first, by deadline; those that were handled below."""
    if not may_see(request.user):
        raise PermissionDenied(_("Only people of the unit read its questions."))
    rows = asking.questions_of(request.user)
    waiting = rows.filter(state__in=WAITING)
    context = {
        "page": Paginator(waiting, ROWS).get_page(request.GET.get("trang")),
        "handled": rows.exclude(state__in=WAITING).order_by("-handled_at")[:ROWS],
    }
    return render(request, "admin_pages/pages/questions.html", context)


@require_admin_access
def one(request, pk: int) -> HttpResponse:
    """One question: begin its answer, or refuse it."""
    question = asking.questions_of(request.user).filter(pk=pk).first()
    if question is None:
        raise Http404
    if request.method == "POST":
        try:
            return _act(request, question)
        except (PermissionDenied, ValidationError) as error:
            for message in getattr(error, "messages", [str(error)]):
                messages.error(request, message)
            return redirect(request.path)
    may_answer = asking.may_answer(request.user, question)
    # Who only reads or audits needs no name of who asked.
    asker = getattr(question, "asker", None) if may_answer else None
    context = {"question": question, "may_answer": may_answer and question.waits, "asker": asker}
    return render(request, "admin_pages/pages/question.html", context)


def _act(request, question) -> HttpResponse:
    if "refuse" in request.POST:
        asking.refuse(question, request.user, request.POST.get("reason", ""))
        messages.success(request, _("Refused; who asked is told if he left an address."))
        return redirect("questions")
    if "draft" in request.POST:
        draft = asking.make_draft(question, request.user)
        return redirect("wagtailadmin_pages:edit", draft.pk)
    return redirect(request.path)
