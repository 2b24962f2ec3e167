"""The register of mandatory sections: who fell behind, and the rows to keep it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from portal.core.exports import csv_response, xlsx_response
from portal.organisations import audit
from portal.organisations.access import access_of
from portal.organisations.roles import Ability
from portal.pages.duties import standings
from portal.pages.models import PortalPage, SectionDuty

HEAD = ("chuyên mục", "căn cứ", "đơn vị", "người phụ trách", "chu kỳ (ngày)", "cập nhật lần cuối",
        "hạn", "tình trạng")  # fmt: skip


def may_see(user) -> bool:
    """Who reads drafts, administers or audits."""
    access = access_of(user)
    return any(access.can(one) for one in (Ability.READ, Ability.ADMINISTER, Ability.AUDIT))


def may_keep(user) -> bool:
    """Who coordinates the editorial work, or administers the portal."""
    access = access_of(user)
    return access.can(Ability.COORDINATE) or access.can(Ability.ADMINISTER)


class DutyForm(ModelForm):
    class Meta:
        model = SectionDuty
        fields = ("name", "basis", "page", "address", "unit", "person", "days", "active", "order")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        rows = PortalPage.objects.filter(depth__gt=2, live=True).order_by("path")
        self.fields["page"].queryset = rows


@require_admin_access
def listing(request) -> HttpResponse:
    """Every mandatory section with its state; ``?xuat=csv`` and ``?xuat=xlsx`` as a file."""
    if not may_see(request.user):
        raise PermissionDenied
    rows = standings()
    if request.GET.get("xuat") == "csv":
        return csv_response("chuyen-muc-bat-buoc", HEAD, [_cells(one) for one in rows])
    if request.GET.get("xuat") == "xlsx":
        return xlsx_response(
            "chuyen-muc-bat-buoc", "Chuyên mục", HEAD, [_cells(one) for one in rows]
        )
    context = {"rows": rows, "may_keep": may_keep(request.user)}
    return render(request, "admin_pages/pages/duties.html", context)


def _cells(one) -> tuple[object, ...]:
    duty = one.duty
    return (
        duty.name, duty.basis, str(duty.unit or ""), str(duty.person or ""), duty.days,
        f"{one.renewed:%d/%m/%Y}" if one.renewed else "", f"{one.due:%d/%m/%Y}" if one.due else "",
        str(one.label),
    )  # fmt: skip


@require_admin_access
def duty(request, pk: int | None = None) -> HttpResponse:
    """A row of the register, new or standing."""
    if not may_keep(request.user):
        raise PermissionDenied
    row = get_object_or_404(SectionDuty, pk=pk) if pk else None
    form = DutyForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        changes = {name: [None, str(form.cleaned_data[name])] for name in form.changed_data}
        audit.record(request.user, "duty.saved", saved, changes=changes)
        return redirect("section_duties")
    title = row.name if row else _("Mandatory section")
    return render(request, "admin_pages/pages/duty.html", {"form": form, "title": title})
