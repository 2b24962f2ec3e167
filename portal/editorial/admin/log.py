"""The log for auditors: filtered, exported, never changed."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterator

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access

from portal.core.spreadsheets import harmless
from portal.organisations.access import access_of
from portal.organisations.models import AuditEntry, Organisation, User
from portal.organisations.roles import Ability

ROWS = 100
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LogFilter(forms.Form):
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=_DAY)
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=_DAY)
    actor = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Person"), required=False
    )
    unit = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Unit"), required=False
    )
    action = forms.CharField(label=gettext_lazy("Act"), required=False)
    item = forms.CharField(label=gettext_lazy("Item"), required=False)

    def __init__(self, *args, rows: QuerySet, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actor"].queryset = User.objects.filter(pk__in=rows.values("actor"))
        self.fields["unit"].queryset = Organisation.objects.filter(pk__in=rows.values("unit"))

    def narrowed(self, rows: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        """The rows that the filter leaves; a day counts whole."""
        if not self.is_valid():
            return rows
        data = self.cleaned_data
        if data["since"]:
            rows = rows.filter(at__gte=_midnight(data["since"]))
        if data["until"]:
            rows = rows.filter(at__lt=_midnight(data["until"] + dt.timedelta(days=1)))
        if data["actor"]:
            rows = rows.filter(actor=data["actor"])
        if data["unit"]:
            rows = rows.filter(unit__path__startswith=data["unit"].path)
        if data["action"]:
            rows = rows.filter(action__startswith=data["action"].strip())
        if data["item"]:
            rows = rows.filter(label__icontains=data["item"].strip())
        return rows


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def may_read(user) -> bool:
    return access_of(user).can(Ability.AUDIT)


@require_admin_access
def log(request) -> HttpResponse:
    """The log, newest first; with ``?xuat=csv`` all that the filter leaves."""
    if not may_read(request.user):
        raise PermissionDenied(_("Only auditors read the log."))
    everything = AuditEntry.objects.all()
    form = LogFilter(request.GET or None, rows=everything)
    rows = form.narrowed(everything).select_related("actor", "unit", "delegation__membership__user")
    if request.GET.get("xuat") == "csv":
        response = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="nhat-ky.csv"'
        return response
    page = Paginator(rows, ROWS).get_page(request.GET.get("trang"))
    return render(request, "admin_pages/review/log.html", {"form": form, "page": page})


class _Echo:
    def write(self, value: str) -> str:
        return value


def _csv(rows: QuerySet[AuditEntry]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    head = (
        "lúc", "người", "vai trò", "thay cho", "đơn vị", "hành vi", "mục", "từ", "đến", "lý do",
        "băm", "thay đổi", "địa chỉ",
    )  # fmt: skip
    yield "\ufeff" + writer.writerow(head)
    for row in rows.iterator(chunk_size=1000):
        giver = row.delegation.membership.user if row.delegation_id else ""
        cells = (
            timezone.localtime(row.at).strftime("%d/%m/%Y %H:%M:%S"), row.actor, row.acting_as,
            giver, row.unit, row.action, row.label, row.state_before, row.state_after, row.reason,
            row.content_hash, json.dumps(row.changes, ensure_ascii=False) if row.changes else "",
            row.address,
        )  # fmt: skip
        yield writer.writerow([harmless(cell) for cell in cells])
