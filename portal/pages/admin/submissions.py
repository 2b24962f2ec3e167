"""Filled forms, for who writes pages of the owning unit and for nobody else."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from portal.core.exports import xlsx_response
from portal.organisations import audit
from portal.organisations.access import access_of
from portal.organisations.roles import Ability, Content
from portal.pages.models import FormPage

ROWS = 50


def may_see(user) -> bool:
    return not user.is_superuser and access_of(user).can(Ability.WRITE, content=Content.PAGE)


def forms_of(user):
    """Form pages of units for which somebody writes pages."""
    units = access_of(user).units(Ability.WRITE, Content.PAGE)
    return FormPage.objects.filter(unit__in=units, working_copy_of=None)


@require_admin_access
def listing(request) -> HttpResponse:
    """The forms of his units with how often each was filled."""
    if not may_see(request.user):
        raise PermissionDenied(_("Only people of the unit read what was sent to it."))
    rows = forms_of(request.user).annotate(count=Count("submissions")).order_by("title")
    return render(request, "admin_pages/pages/forms.html", {"rows": rows})


@require_admin_access
def one(request, pk: int) -> HttpResponse:
    """What was sent by one form; ``?xuat=xlsx`` gives it as a file, which the log notes."""
    page = forms_of(request.user).filter(pk=pk).first() if may_see(request.user) else None
    if page is None:
        raise Http404
    rows = page.submissions.all()
    if request.GET.get("xuat") == "xlsx":
        audit.record(request.user, "submissions.exported", page, unit=page.unit)
        return _file(page, list(rows))
    context = {"form_page": page, "page": Paginator(rows, ROWS).get_page(request.GET.get("trang"))}
    return render(request, "admin_pages/pages/submissions.html", context)


def _file(page: FormPage, rows: list) -> HttpResponse:
    """A column for each question that was ever asked, in the order in which they came."""
    labels = list(dict.fromkeys(label for row in rows for label, _said in row.answers))
    cells = []
    for row in rows:
        answers = dict(row.answers)
        sent = f"{timezone.localtime(row.at):%d/%m/%Y %H:%M}"
        cells.append([sent, *(answers.get(label, "") for label in labels)])
    return xlsx_response(f"bieu-mau-{page.pk}", "Biểu mẫu", ["gửi lúc", *labels], cells)
