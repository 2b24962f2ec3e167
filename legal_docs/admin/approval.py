"""Approval and withdrawal of one work by a second person.

The whole review (routes, checks, comments) comes with editorial review; the door to live is
this one from the start.
"""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from legal_docs import freezing, reading
from legal_docs.models import Expression, Manifestation, Relation
from portal.editorial import publishing
from portal.editorial.owned_rows import rows_of


def view_for(model):
    """The approval page of a class of works."""

    @require_admin_access
    def approve(request, pk: int) -> HttpResponse:
        work = _own(model, request, pk)
        draft = work.get_latest_revision_as_object()
        seen = draft.approval_hash()
        reason = _refusal(work, request.user)
        if request.method == "POST":
            try:
                approval = publishing.approve(
                    work, request.user, request.POST.get("seen", ""), request.POST.get("note", "")
                )
                publishing.publish(work, approval, by=request.user)
            except PermissionDenied as error:
                messages.error(request, str(error))
                return redirect(request.path)
            messages.success(request, _("“%(title)s” is live.") % {"title": work})
            return redirect(f"{model.snippet_viewset.get_url_name('edit')}", pk)
        return render(request, "admin_pages/approve.html", _seen(draft, seen, reason))

    return approve


def withdraw_view_for(model):
    """The withdrawal page of a class of works."""

    @require_admin_access
    def withdraw(request, pk: int) -> HttpResponse:
        work = _own(model, request, pk)
        if not work.live:
            raise Http404
        if request.method == "POST":
            try:
                publishing.withdraw_by(work, request.user, request.POST.get("reason", ""))
            except PermissionDenied as error:
                messages.error(request, str(error))
                return redirect(request.path)
            messages.success(request, _("“%(title)s” was withdrawn.") % {"title": work})
            return redirect(f"{model.snippet_viewset.get_url_name('edit')}", pk)
        return render(request, "admin_pages/withdraw.html", {"work": work})

    return withdraw


def _own(model, request, pk: int):
    work = (
        rows_of(model, request.user)
        .select_related("identity", "type", "lead_issuer", "owner", "latest_revision")
        .filter(pk=pk)
        .first()
    )
    if work is None:
        raise Http404
    return work


def _refusal(work, user) -> str:
    try:
        publishing.refuse_approver(work, user)
    except PermissionDenied as error:
        return str(error)
    return ""


def _seen(draft, seen: str, reason: str) -> dict[str, object]:
    """Exactly what would go live: metadata, the text, files, relations, and their hash."""
    expressions = freezing.current_expressions(
        Expression.objects.filter(work=draft.identity_id).draft()
    )
    return {
        "work": draft,
        "hash": seen,
        "reason": reason,
        "attributes": reading.attributes(draft),
        "expressions": expressions,
        "files": Manifestation.objects.filter(work=draft.identity_id).draft(),
        "relations": Relation.objects.filter(stated_by=draft.identity_id)
        .draft()
        .select_related("source", "target"),
    }
