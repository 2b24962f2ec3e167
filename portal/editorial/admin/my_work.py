"""“Việc của tôi”: what waits for me first, by deadline, with the one next act on each row."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from portal.editorial.models import Notification, Preference, ReviewState
from portal.editorial.states import State
from portal.editorial.workflow import notifying
from portal.editorial.workflow.reading import items_in_states
from portal.editorial.workflow.subjects import subject_of

from .review import pass_turn

ROWS = 50
#: So many items are decided in one go; each is shown whole with its own hash.
AT_ONCE = 10


@require_admin_access
def my_work(request) -> HttpResponse:
    """My queue, what came back to me, what I approved that waits, and my notices."""
    user = request.user
    waiting = (
        ReviewState.objects.waiting_for(user)
        .exclude(workflow_state__requested_by=user)
        .select_related("workflow_state", "workflow_state__requested_by", "owner")
        .order_by(F("due").asc(nulls_last=True), "pk")
    )
    page = Paginator(waiting, ROWS).get_page(request.GET.get("trang"))
    mine = items_in_states(user, State.RETURNED, State.CORRECTING, State.APPROVED)
    context = {
        "page": page,
        "today": timezone.localdate(),
        "rows": [{"turn": turn, "url": url_of(turn)} for turn in page.object_list],
        "returned": mine[State.RETURNED],
        "correcting": mine[State.CORRECTING],
        "approved": mine[State.APPROVED],
        "sent": ReviewState.objects.open()
        .filter(workflow_state__requested_by=user)
        .select_related("workflow_state", "owner")
        .order_by("due")[:ROWS],
        "notices": Notification.objects.filter(user=user, read_at=None)[:ROWS],
        "url_of": url_of,
    }
    return render(request, "admin_pages/review/my_work.html", context)


def url_of(turn: ReviewState) -> str:
    """Address of the review page of a turn's item, without asking for the item."""
    state = turn.workflow_state
    return notifying.review_url_of(state.content_type_id, state.object_id)


@require_admin_access
def several(request) -> HttpResponse:
    """Several items one after the other, each with its own hash, decided with one button."""
    from .review import _context  # the same page, once for each item

    pks = [
        pk for pk in request.POST.getlist("turn") or request.GET.getlist("turn") if pk.isdecimal()
    ]
    turns = list(
        ReviewState.objects.waiting_for(request.user)
        .filter(pk__in=pks[:AT_ONCE])
        .select_related("workflow_state", "task", "owner")
    )
    if not turns:
        raise Http404
    if request.method == "POST" and "pass" in request.POST:
        for turn in turns:
            suffix = f"-{turn.pk}"
            if request.POST.get(f"take{suffix}") != "1":
                continue
            try:
                said = pass_turn(request, turn, request.POST.get(f"seen{suffix}", ""), suffix)
                messages.success(request, said)
            except (PermissionDenied, ValidationError) as error:
                for message in getattr(error, "messages", [str(error)]):
                    messages.error(request, f"{turn.label}: {message}")
        return redirect("my_work")
    shown = []
    for turn in turns:
        context = _context(request, subject_of(turn.workflow_state))
        shown.append(context | {"turn": turn, "suffix": f"-{turn.pk}"})
    return render(request, "admin_pages/review/several.html", {"items": shown})


@require_admin_access
def notices(request) -> HttpResponse:
    """Mark notices as read, and say how to be told."""
    preference, _made = Preference.objects.get_or_create(user=request.user)
    if request.method == "POST":
        if "read" in request.POST:
            rows = Notification.objects.filter(user=request.user, read_at=None)
            rows.update(read_at=timezone.now())
            return redirect("my_work")
        if request.POST.get("mail") in Preference.Mail.values:
            preference.mail = request.POST["mail"]
            preference.save(update_fields=["mail"])
            messages.success(request, _("Saved."))
        elif "renew" in request.POST:
            preference.renew_token()
            messages.success(request, _("The old address of the calendar no longer works."))
        return redirect(request.path)
    context = {
        "preference": preference,
        "choices": Preference.Mail.choices,
        "rows": Notification.objects.filter(user=request.user)[:200],
        "email": request.user.email,
    }
    return render(request, "admin_pages/review/notices.html", context)
