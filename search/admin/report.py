"""What readers search for and do not find, without saying who they are.

Only rows that enough different visitors had a part in are told of (``SEARCH_LOG_FLOOR``); a
choice becomes memory when an editor accepts it.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.log_actions import log

from legal_docs.models import WorkIdentity
from legal_docs.works import visible_works
from portal.core.spreadsheets import harmless
from portal.organisations.access import access_of
from portal.organisations.audience import Audience
from search.admin.places import address_of
from search.models import AnsweredQuestion, ClickCount, QueryCount
from search.models.counts import floor
from search.models.memory import CLICKED, place_label, question_key

PERIODS: Final = (7, 30, 90)
ROWS: Final = 100
ROWS_OF_FILE: Final = 5000
TABLES: Final = {
    "khong-ket-qua": gettext_lazy("Searches without results"),
    "thuong-gap": gettext_lazy("Frequent searches"),
    "luot-chon": gettext_lazy("Results that were chosen"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the report; ``place`` and ``url`` where a result was chosen."""

    words: str
    count: int
    empty: int = 0
    identity: int = 0
    eid: str = ""
    place: str = ""
    url: str = ""
    remembered: bool = False

    @property
    def as_synonym(self) -> str:
        """Address of the form for a pair of words, begun."""
        return _begun("search_wordpair_modeladmin_create", typed=self.words[:160])

    @property
    def as_promotion(self) -> str:
        """Address of the form for a promotion, begun."""
        return _begun("search_promotion_modeladmin_create", words=self.words, place=self.url)


def _begun(name: str, **values: str) -> str:
    return f"{reverse(name)}?{urlencode({key: value for key, value in values.items() if value})}"


def may_see(user) -> bool:
    return user.has_perm("search.view_querycount")


@require_admin_access
@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """The three tables of a period."""
    _refuse_others(request)
    days = _days(request)
    audience = access_of(request.user).audience
    context = {
        "tables": [(name, label, rows_of(name, days, audience)) for name, label in TABLES.items()],
        "days": days,
        "periods": PERIODS,
        "floor": floor(),
        "kept": settings.SEARCH_LOG_DAYS,
        "may_pair": request.user.has_perm("search.add_wordpair"),
        "may_promote": request.user.has_perm("search.add_promotion"),
        "may_remember": request.user.has_perm("search.add_answeredquestion"),
    }
    return render(request, "admin_pages/search_report.html", context)


@require_admin_access
@require_GET
def table(request: HttpRequest, which: str) -> HttpResponse:
    """One table as CSV, with the mark by which spreadsheets know UTF-8."""
    _refuse_others(request)
    if which not in TABLES:
        raise Http404
    days = _days(request)
    rows = rows_of(which, days, access_of(request.user).audience, ROWS_OF_FILE)
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow([_("Words"), _("Times"), _("Without results"), _("Chosen"), _("Address")])
    for row in rows:
        writer.writerow(
            harmless(cell) for cell in (row.words, row.count, row.empty, row.place, row.url)
        )
    response = HttpResponse("\ufeff" + stream.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{which}-{days}-ngay.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_admin_access
@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """Make memory of what readers chose; what is under the floor is not there."""
    if not (may_see(request.user) and request.user.has_perm("search.add_answeredquestion")):
        raise PermissionDenied
    words, eid = request.POST.get("words", ""), request.POST.get("eid", "")
    pk = request.POST.get("identity", "")
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 12):
        raise Http404
    counted = ClickCount.objects.told().filter(words=words, identity_id=int(pk), eid=eid)
    identity = WorkIdentity.objects.filter(pk__in=counted.values("identity_id")).first()
    if identity is None or not visible_works([identity], access_of(request.user).audience):
        raise Http404
    row, new = AnsweredQuestion.objects.remember(
        words,
        [(identity.pk, eid)],
        source=AnsweredQuestion.Source.CLICKS,
        user=request.user,
        weight=CLICKED,
    )
    log(
        instance=row,
        action="wagtail.create" if new else "wagtail.edit",
        user=request.user,
        data={"accepted": place_label(identity, eid)},
    )
    messages.success(request, _("Remembered: %(words)s") % {"words": row.text})
    return redirect(f"{reverse('search_report')}?ky={_days(request)}")


def rows_of(name: str, days: int, audience: Audience, most: int = ROWS) -> list[Row]:
    """The lines of one table, most frequent first."""
    since = timezone.localdate() - dt.timedelta(days=days - 1)
    if name == "luot-chon":
        return _chosen(since, audience, most)
    asked = QueryCount.objects.told().filter(day__gte=since).values("words")
    counted = asked.annotate(times=Sum("searches"), none=Sum("empty"))
    if name == "khong-ket-qua":
        counted = counted.filter(none__gt=0).order_by("-none", "words")
    else:
        counted = counted.order_by("-times", "words")
    return [Row(row["words"], row["times"], row["none"]) for row in counted[:most]]


def _chosen(since: dt.date, audience: Audience, most: int) -> list[Row]:
    """Choices of documents that are still there for this editor."""
    counted = list(
        ClickCount.objects.told()
        .filter(day__gte=since)
        .values("words", "identity_id", "eid")
        .annotate(times=Sum("clicks"))
        .order_by("-times", "words", "identity_id", "eid")[:most]
    )
    identities = WorkIdentity.objects.in_bulk({row["identity_id"] for row in counted})
    visible = visible_works(identities.values(), audience)
    keys = {row["words"]: question_key(row["words"]) for row in counted}
    known = set(
        AnsweredQuestion.objects.filter(key__in=set(keys.values()), active=True).values_list(
            "key", "answers__identity_id", "answers__eid"
        )
    )
    found = []
    for row in counted:
        identity, eid = identities[row["identity_id"]], row["eid"]
        if identity.pk in visible:
            found.append(
                Row(
                    words=row["words"],
                    count=row["times"],
                    identity=identity.pk,
                    eid=eid,
                    place=place_label(identity, eid),
                    url=address_of(identity, eid),
                    remembered=(keys[row["words"]], identity.pk, eid) in known,
                )
            )
    return found


def _refuse_others(request: HttpRequest) -> None:
    if not may_see(request.user):
        raise PermissionDenied


def _days(request: HttpRequest) -> int:
    asked = request.POST.get("ky") or request.GET.get("ky", "")
    return next((days for days in PERIODS if str(days) == asked), PERIODS[1])
