"""What a new portal still lacks, step by step, and what of the pages needs somebody soon."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.editorial import dashboard
from portal.editorial.dashboard import Row, Source
from portal.organisations.access import access_of
from portal.organisations.models import Membership
from portal.organisations.roles import Ability, Content

from . import coordinating
from .duties import standings
from .models import ConsultationPage, HomePage, PortalPage, PortalSettings, Question

#: So many days ahead something counts as ending soon.
SOON = dt.timedelta(days=7)
SECTIONS = 5


def steps(user) -> list[Row]:
    """How a portal is set up, in the order that works; nothing once all is done."""
    access = access_of(user)
    administers = access.can(Ability.ADMINISTER)
    writes = access.can(Ability.WRITE, content=Content.PAGE)
    if not administers and not writes:
        return []
    home = HomePage.objects.order_by("path").first()
    sections = PortalPage.objects.filter(depth=3, live=True).count()
    settings = PortalSettings.objects.first() or PortalSettings()
    pages = "wagtailadmin_pages:"
    rows = [
        (_("Name the portal, its agency and who answers for it"),
         bool(settings.name_vi and settings.responsible),
         reverse("wagtailsettings:edit", args=["pages", "portalsettings"]), administers),
        (_("Choose colours and the emblem"), bool(settings.emblem_id or settings.masthead),
         reverse("wagtailsettings:edit", args=["pages", "portalsettings"]), administers),
        (_("Give people their roles: who writes, who approves"),
         Membership.objects.values("user").distinct().count() > 1, reverse("roles"), administers),
        (_("Look at the home page and send it for review"), bool(home and home.live),
         reverse(f"{pages}edit", args=[home.pk]) if home else "", writes),
        (_("Add the sections that readers expect (%(there)d of %(wanted)d)")
         % {"there": min(sections, SECTIONS), "wanted": SECTIONS}, sections >= SECTIONS,
         reverse(f"{pages}add_subpage", args=[home.pk]) if home else "", writes),
        (_("Publish the first news"), PortalPage.objects.filter(depth__gt=3, live=True).exists(),
         reverse("wagtailadmin_explore", args=[home.pk]) if home else "", writes),
        (_("Say who keeps each mandatory section"),
         all(one.duty.unit_id for one in standings()), reverse("section_duties"), administers),
    ]  # fmt: skip
    if all(done for _text, done, _url, _may in rows):
        return []
    others = _("another role does this")
    return [
        Row(text, url if may else "", "" if may or done else others, done=done)
        for text, done, url, may in rows
    ]


def ending(user) -> list[Row]:
    """Consultations of my units that close within days."""
    today = timezone.localdate()
    rows = ConsultationPage.objects.filter(live=True, closes__gte=today, closes__lte=today + SOON)
    mine = rows.of_owners(access_of(user).paths(Ability.WRITE, Content.PAGE))
    return [
        Row(row.title, reverse("wagtailadmin_pages:edit", args=[row.pk]),
            _("comments until %(day)s") % {"day": f"{row.closes:%d/%m/%Y}"})
        for row in mine.defer("body", "draft_text").order_by("closes")[: dashboard.ROWS]
    ]  # fmt: skip


def questions(user) -> list[Row]:
    """Questions of the public that my units answer or are to contribute to, the next due first."""
    units = access_of(user).units(Ability.WRITE, Content.PAGE)
    asked = Question.objects.filter(unit__in=units, state__in=Question.WAITING)
    rows = [(one.due, one.pk, one.title, one.overdue, _("answer until %(day)s"))
            for one in asked.order_by("due", "pk")[: dashboard.ROWS]]  # fmt: skip
    rows += [(one.due, one.question_id, one.question.title, one.overdue, _("our part until %(day)s"))
             for one in coordinating.inputs_wanted(user)[: dashboard.ROWS]]  # fmt: skip
    return [
        Row(title, reverse("question", args=[pk]), remark % {"day": f"{due:%d/%m/%Y}"}, late)
        for due, pk, title, late, remark in sorted(rows)[: dashboard.ROWS]
    ]


def stale(user) -> list[Row]:
    """Mandatory sections that my units keep and that fell behind."""
    units = set(access_of(user).units(Ability.WRITE, Content.PAGE).values_list("pk", flat=True))
    rows = []
    for one in standings() if units else ():
        mine = one.duty.person_id == user.pk or one.duty.unit_id in units
        if mine and one.state != "fresh":
            url = (
                reverse("wagtailadmin_explore", args=[one.duty.page_id]) if one.duty.page_id else ""
            )
            rows.append(Row(one.duty.name, url or reverse("section_duties"), one.label, late=True))
    return rows[: dashboard.ROWS]


def connect() -> None:
    dashboard.register(Source("steps", gettext_lazy("First steps"), 5, steps))
    dashboard.register(Source("questions", gettext_lazy("Questions of the public"), 30, questions,
                              reverse_lazy("questions")))  # fmt: skip
    dashboard.register(Source("ending", gettext_lazy("Ends soon"), 40, ending))
    dashboard.register(Source("stale", gettext_lazy("Sections that fell behind"), 50, stale))
