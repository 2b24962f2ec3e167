"""How review goes: time at each step, what was returned, what was late; by unit and month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtail.models import TaskState

from portal.core.exports import csv_response, xlsx_response
from portal.editorial.models import ReviewState
from portal.editorial.states import Step
from portal.organisations.access import access_of
from portal.organisations.roles import Ability

HEAD = ("tháng", "đơn vị", "bước", "lượt", "trả lại", "tỷ lệ trả lại", "quá hạn", "giờ trung bình")


@dataclass(slots=True)
class Line:
    """One month, unit and step; hours are calendar hours from the beginning to the decision."""

    month: str
    unit: str
    step: str
    turns: int = 0
    returned: int = 0
    late: int = 0
    hours: list[float] = field(default_factory=list)

    def cells(self) -> tuple[object, ...]:
        share = f"{100 * self.returned / self.turns:.0f}%" if self.turns else ""
        mean = round(sum(self.hours) / len(self.hours), 1) if self.hours else ""
        return (
            self.month, self.unit, self.step, self.turns, self.returned, share, self.late, mean,
        )  # fmt: skip


def may_see(user) -> bool:
    access = access_of(user)
    return any(access.can(one) for one in (Ability.COORDINATE, Ability.CHECK, Ability.AUDIT))


def lines(user) -> list[Line]:
    """Decided turns of units that a user coordinates or checks; an auditor sees all."""
    access = access_of(user)
    rows = ReviewState.objects.filter(
        status__in=[TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED]
    )
    if not access.can(Ability.AUDIT):
        units = access.units(Ability.COORDINATE) | access.units(Ability.CHECK)
        rows = rows.filter(owner__in=units)
    found: dict[tuple[str, str, str], Line] = {}
    values = rows.values_list("owner__name", "step", "status", "started_at", "finished_at", "due")
    for unit, step, status, started, finished, due in values.iterator():
        month = f"{timezone.localtime(finished):%m/%Y}"
        key = (month, unit or "", step)
        line = found.setdefault(key, Line(month, unit or "", str(Step(step).label)))
        line.turns += 1
        line.returned += status == TaskState.STATUS_REJECTED
        line.late += due is not None and timezone.localdate(finished) > due
        line.hours.append((finished - started).total_seconds() / 3600)
    return sorted(
        found.values(), key=lambda one: (one.month[3:], one.month[:2], one.unit, one.step)
    )


@require_admin_access
def page(request) -> HttpResponse:
    """The table, with bars; ``?xuat=csv`` and ``?xuat=xlsx`` give it as a file."""
    if not may_see(request.user):
        raise PermissionDenied(_("Only heads, the secretary and auditors see the statistics."))
    rows = lines(request.user)
    export = request.GET.get("xuat")
    if export == "csv":
        return csv_response("thong-ke-duyet", HEAD, [row.cells() for row in rows])
    if export == "xlsx":
        return xlsx_response("thong-ke-duyet", "Duyệt", HEAD, [row.cells() for row in rows])
    by_step: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        by_step[row.step] += row.hours
    means = {step: sum(hours) / len(hours) for step, hours in by_step.items() if hours}
    most = max(means.values(), default=0) or 1
    bars = [
        {"step": step, "hours": round(mean, 1), "width": round(100 * mean / most)}
        for step, mean in means.items()
    ]
    context = {"head": HEAD, "rows": [row.cells() for row in rows], "bars": bars}
    return render(request, "admin_pages/review/statistics.html", context)
