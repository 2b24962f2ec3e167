"""Readers' reports of errors: the queue by deadline, and the answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from portal.editorial import error_reports
from portal.editorial.models import ErrorReport
from portal.editorial.workflow.notifying import review_url_of
from portal.organisations.access import access_of
from portal.organisations.roles import Ability

ROWS = 50


@require_admin_access
def listing(request) -> HttpResponse:
    """Reports that wait first, by deadline; the answered ones below."""
    access = access_of(request.user)
    if not (access.can(Ability.READ) or access.can(Ability.AUDIT)):
        raise PermissionDenied(_("Only people of the unit read its reports."))
    rows = error_reports.reports_of(request.user)
    answered = rows.exclude(state=ErrorReport.State.NEW).order_by("-answered_at")
    context = {
        "page": Paginator(rows.filter(state=ErrorReport.State.NEW), ROWS).get_page(
            request.GET.get("trang")
        ),
        "answered": answered[:ROWS],
    }
    return render(request, "admin_pages/review/reports.html", context)


@require_admin_access
def one(request, pk: int) -> HttpResponse:
    """One report with its answer."""
    report = error_reports.reports_of(request.user).filter(pk=pk).first()
    if report is None:
        raise Http404
    if request.method == "POST":
        try:
            error_reports.answer(
                report, request.user, request.POST.get("state", ""), request.POST.get("answer", "")
            )
        except (PermissionDenied, ValidationError) as error:
            for message in getattr(error, "messages", [str(error)]):
                messages.error(request, message)
            return redirect(request.path)
        messages.success(request, _("Answered."))
        return redirect("error_reports")
    context = {
        "report": report,
        "item_url": review_url_of(report.content_type_id, str(report.object_id)),
        "may_answer": access_of(request.user).can(Ability.WRITE, report.owner),
    }
    return render(request, "admin_pages/review/report.html", context)
