"""Mandatory sections: when each was renewed last, which are late, and who is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.editorial.workflow.notifying import able, in_house_language, tell
from portal.organisations.audience import PUBLIC
from portal.organisations.roles import Ability, Content

from . import registry
from .models import PortalPage, SectionDuty

#: What a new portal begins with: section, rule, days, listing, address.
#: Luật Tiếp cận thông tin 104/2016/QH13, Điều 17; Nghị định 42/2022/NĐ-CP.
DEFAULTS: tuple[tuple[str, str, int, str, str], ...] = (
    ("Giới thiệu", "Nghị định 42/2022/NĐ-CP", 0, "", ""),
    ("Tin tức, sự kiện", "Nghị định 42/2022/NĐ-CP", 7, "tin-tuc", ""),
    ("Chỉ đạo, điều hành", "Nghị định 42/2022/NĐ-CP", 15, "chi-dao", "/chi-dao/"),
    ("Văn bản quy phạm pháp luật", "Luật Tiếp cận thông tin 2016, Điều 17", 30, "moi", "/van-ban/"),
    ("Tuyên truyền, phổ biến pháp luật", "Nghị định 42/2022/NĐ-CP", 30, "", ""),
    ("Chiến lược, quy hoạch, kế hoạch", "Luật Tiếp cận thông tin 2016, Điều 17", 0, "", ""),
    ("Dự án, đấu thầu, mua sắm công", "Nghị định 42/2022/NĐ-CP", 90, "", ""),
    ("Lấy ý kiến dự thảo văn bản", "Nghị định 42/2022/NĐ-CP", 60, "", ""),
    ("Hỏi đáp", "Nghị định 42/2022/NĐ-CP", 30, "hoi-dap", ""),
    ("Thủ tục hành chính, dịch vụ công", "Nghị định 42/2022/NĐ-CP", 0, "", ""),
    ("Ngân sách, công khai tài chính", "Luật Tiếp cận thông tin 2016, Điều 17", 90, "", ""),
    ("Thông tin thống kê", "Nghị định 42/2022/NĐ-CP", 90, "", ""),
    ("Thông tin bằng tiếng Anh", "Nghị định 42/2022/NĐ-CP", 90, "", ""),
)


def load_defaults() -> None:
    """A portal without any duty gets the usual ones; called after migrations."""
    if SectionDuty.objects.exists():
        return
    SectionDuty.objects.bulk_create(
        [
            SectionDuty(name=name, basis=basis, days=days, listing=code, address=address,
                        order=10 * number)
            for number, (name, basis, days, code, address) in enumerate(DEFAULTS, 1)
        ]
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """A duty on a day: when it was renewed last, and until when it had to be."""

    duty: SectionDuty
    renewed: dt.date | None
    due: dt.date | None
    state: str  # "missing", "late", "fresh"

    @property
    def label(self) -> str:
        return {"missing": _("missing"), "late": _("late"), "fresh": _("in time")}[self.state]


def standings(day: dt.date | None = None) -> list[Standing]:
    """All duties in use, the missing and late ones first."""
    today = day or timezone.localdate()
    rows = SectionDuty.objects.filter(active=True).select_related("page", "unit", "person")
    found = [_standing(duty, today) for duty in rows]
    order = {"missing": 0, "late": 1, "fresh": 2}
    return sorted(found, key=lambda one: (order[one.state], one.duty.order))


def _standing(duty: SectionDuty, today: dt.date) -> Standing:
    there, renewed = _renewed(duty)
    if not there:
        return Standing(duty, None, None, "missing")
    if not duty.days:
        return Standing(duty, renewed, None, "fresh")
    due = renewed + dt.timedelta(days=duty.days) if renewed else None
    return Standing(duty, renewed, due, "fresh" if due and due >= today else "late")


def _renewed(duty: SectionDuty) -> tuple[bool, dt.date | None]:
    """Whether the public finds the section, and the day on which it changed last."""
    if duty.page_id:
        rows = PortalPage.objects.visible_to(PUBLIC).filter(path__startswith=duty.page.path)
        if not rows.filter(pk=duty.page_id).exists():
            return False, None
        return True, _day(rows.aggregate(last=Max("last_published_at"))["last"])
    listing = registry.listing(duty.listing)
    if listing is None or not (duty.address or listing.address):
        return bool(duty.address), None
    newest = listing.query(PUBLIC, QueryDict("")).order_by("-last_published_at")[:1]
    row = next(iter(newest), None)
    return row is not None, _day(row.last_published_at) if row is not None else None


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localtime(moment).date() if moment else None


def tell_stale() -> None:
    """Who keeps a late section is told, once a week. Called by the clock."""
    today = timezone.localdate()
    for one in standings(today):
        duty = one.duty
        told_lately = duty.told_on is not None and (today - duty.told_on).days < 7
        if one.state == "fresh" or told_lately:
            continue
        people = {duty.person} if duty.person else set()
        if not people and duty.unit:
            people = able(Ability.CHECK, duty.unit, Content.PAGE)
        if not people:
            continue
        with in_house_language:
            tell(people, _("Section to renew: %(name)s") % {"name": duty.name},
                 reverse("section_duties"), "late")  # fmt: skip
        SectionDuty.objects.filter(pk=duty.pk).update(told_on=today)
