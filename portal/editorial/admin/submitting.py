"""Sending in, taking back, taking down: the acts of whoever keeps the item."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from portal.editorial import checks, publishing
from portal.editorial.states import EDITABLE, IN_REVIEW, State
from portal.editorial.workflow import notifying, reviewing
from portal.editorial.workflow.routing import route_for
from portal.organisations.access import access_of
from portal.organisations.roles import Ability

from .items import item_at


def _told(request, error) -> None:
    for message in getattr(error, "messages", [str(error)]):
        messages.error(request, message)


@require_admin_access
def submit(request, label: str, pk: int) -> HttpResponse:
    """What the checks say before it goes, where it goes, and the button."""
    item = item_at(request, label, pk, Ability.WRITE)
    if request.method == "POST":
        try:
            reviewing.submit(
                item,
                request.user,
                comment=request.POST.get("comment", ""),
                public_note=request.POST.get("public_note", ""),
            )
        except (PermissionDenied, ValidationError) as error:
            _told(request, error)
            return redirect(request.path)
        messages.success(request, _("Sent for review: %(item)s") % {"item": item})
        return redirect(notifying.review_url(item))
    draft = item.get_latest_revision_as_object()
    findings = checks.run(draft)
    route = route_for(item)
    context = {
        "item": item,
        "findings": findings,
        "blocked": any(one.blocks for one in findings),
        "route": route,
        "steps": list(route.tasks) if route else [],
        "rests": item.editorial_state in EDITABLE,
        "remarks": reviewing.remarks(item),
    }
    return render(request, "admin_pages/review/submit.html", context)


@require_admin_access
def recall(request, label: str, pk: int) -> HttpResponse:
    """Take an item back from review."""
    item = item_at(request, label, pk, Ability.WRITE)
    if request.method == "POST":
        try:
            reviewing.recall(item, request.user, request.POST.get("reason", ""))
        except PermissionDenied as error:
            _told(request, error)
        else:
            messages.success(request, _("Taken back: %(item)s") % {"item": item})
        return redirect(notifying.review_url(item))
    if item.editorial_state not in IN_REVIEW:
        raise Http404
    return render(request, "admin_pages/review/recall.html", {"item": item})


@require_admin_access
def take_down(request, label: str, pk: int) -> HttpResponse:
    """Take a live item down, for now or for good; what the public is told is said apart."""
    item = item_at(request, label, pk, Ability.TAKE_DOWN, Ability.APPROVE)
    if not item.live and item.editorial_state != State.SUSPENDED:
        raise Http404
    access = access_of(request.user)
    if request.method == "POST":
        final = request.POST.get("final") == "1"
        reason, note = request.POST.get("reason", ""), request.POST.get("note", "")
        try:
            publishing.withdraw_by(item, request.user, reason, note, final=final)
        except PermissionDenied as error:
            _told(request, error)
            return redirect(request.path)
        messages.success(request, _("Taken down: %(item)s") % {"item": item})
        return redirect(notifying.review_url(item))
    context = {
        "item": item,
        "may_end": access.can(Ability.APPROVE, item.owning_unit, item.content_code),
    }
    return render(request, "admin_pages/review/take_down.html", context)
