"""What readers read, for the people who write it."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access

from portal.core.exports import csv_response, xlsx_response
from portal.organisations.access import access_of
from portal.organisations.roles import Ability
from portal.pages.usage.charts import bars
from portal.pages.usage.reporting import Report, report

LONGEST = dt.timedelta(days=731)
HEAD = ("nhóm", "tên", "đơn vị", "lượt")


def may_see(user) -> bool:
    """Who reads drafts, administers or audits; the numbers tell of public things only."""
    access = access_of(user)
    return any(access.can(one) for one in (Ability.READ, Ability.ADMINISTER, Ability.AUDIT))


class PeriodForm(forms.Form):
    """From a day to a day; both may be left out."""

    tu = forms.DateField(label=_("From day"), required=False, input_formats=["%d/%m/%Y"])
    den = forms.DateField(label=_("to day"), required=False, input_formats=["%d/%m/%Y"])

    def clean(self) -> dict:
        found = super().clean()
        last = found.get("den") or timezone.localdate()
        first = found.get("tu") or last - dt.timedelta(days=29)
        if first > last:
            raise forms.ValidationError(_("The first day stands after the last one."))
        if last - first > LONGEST:
            raise forms.ValidationError(_("Two years at most."))
        return found | {"den": last, "tu": first}


@require_admin_access
def page(request) -> HttpResponse:
    """Charts with their tables; ``?xuat=csv`` and ``?xuat=xlsx`` give all rows as a file."""
    if not may_see(request.user):
        raise PermissionDenied
    form = PeriodForm(request.GET)
    usual = PeriodForm({})
    period = form.cleaned_data if form.is_valid() else usual.is_valid() and usual.cleaned_data
    found = report(period["tu"], period["den"])
    if request.GET.get("xuat") == "csv":
        return csv_response("thong-ke-truy-cap", HEAD, _cells(found))
    if request.GET.get("xuat") == "xlsx":
        return xlsx_response("thong-ke-truy-cap", "Truy cập", HEAD, _cells(found))
    context = {
        "form": form, "period": period, "report": found,
        "chart": bars([(f"{day:%d/%m}", views) for day, views, *_rest in found.days]),
        "tables": [
            (_("By kind"), found.kinds), (_("By unit"), found.units),
            (_("By section"), found.sections), (_("Read most"), found.top),
            (_("Downloaded most"), found.downloads),
        ],
    }  # fmt: skip
    return render(request, "admin_pages/pages/usage.html", context)


def _cells(found: Report) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for day, views, visits, files, searches in found.days:
        for name, number in (("lượt xem", views), ("lượt truy cập", visits), ("lượt tải", files),
                             ("lượt tìm", searches)):  # fmt: skip
            rows.append((name, f"{day:%d/%m/%Y}", "", number))
    for group, many in (("loại", found.kinds), ("đơn vị", found.units), ("mục", found.sections),
                        ("xem nhiều", found.top), ("tải nhiều", found.downloads)):  # fmt: skip
        rows += [(group, one.name, one.unit, one.views) for one in many]
    return rows
