"""The ledger for everybody: a page, a feed, an export, and what proves them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from portal.core.cache_guard import share
from portal.core.limits import limited
from portal.editorial import telling
from portal.editorial.acts import Act
from portal.editorial.freezing import canonical
from portal.editorial.models import Checkpoint, PublicationRecord, SigningKey
from portal.organisations.access import audience_of
from portal.organisations.audience import PUBLIC

PAGE = 50
EXPORT = 10_000
SECONDS = 300


@dataclass(frozen=True, slots=True)
class Row:
    """A line, and whether its item may be told."""

    line: PublicationRecord
    is_told: bool

    @property
    def url(self) -> str:
        path = self.line.identity.get("path", "") if self.is_told else ""
        inner = path.strip("/")
        return (f"/{inner}/" if inner else "/") if path else ""


def page(request) -> HttpResponse:
    """Newest lines first, by act and day; older ones by key, not by counting pages."""
    lines = _asked(request).order_by("-number")
    if before := _number(request, "truoc"):
        lines = lines.filter(number__lt=before)
    found = list(lines[: PAGE + 1])
    context = {
        "rows": _rows(found[:PAGE], audience_of(request)),
        "older": found[PAGE - 1].number if len(found) > PAGE else None,
        "acts": Act.choices,
        "act": request.GET.get("viec", ""),
        "since": request.GET.get("tu", "")[:10],
        "until": request.GET.get("den", "")[:10],
        "is_first": before is None,
        "checkpoint": Checkpoint.objects.first(),
    }
    response = render(request, "pages/ledger.html", context)
    return share(response) if audience_of(request).is_public else response


def feed(request) -> HttpResponse:
    """The newest lines about public items, as Atom; public whoever asks for it."""
    made = Atom1Feed(
        title=_("Publication ledger – %(portal)s") % {"portal": settings.PORTAL_NAME},
        link=f"{settings.PORTAL_URL}{reverse('ledger')}",
        description=_("What was published, corrected and withdrawn"),
        language="vi",
        feed_url=f"{settings.PORTAL_URL}{request.path}",
    )
    for row in _rows(list(PublicationRecord.objects.order_by("-number")[: PAGE * 4]), PUBLIC):
        if row.is_told:
            made.add_item(
                title=f"{row.line.get_act_display()}: {row.line.label}",
                link=f"{settings.PORTAL_URL}{row.url}",
                unique_id=f"{settings.PORTAL_URL}{reverse('ledger')}#{row.line.number}",
                description=row.line.note or row.line.get_act_display(),
                pubdate=row.line.at,
                updateddate=row.line.at,
            )
    response = HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
    response.may_be_kept = False
    return share(response, SECONDS) if audience_of(request).is_public else response


@limited("export")
def export(request) -> HttpResponse:
    """Up to 10,000 lines after a number as JSON lines, in the public view (docs/ledger.md)."""
    after = _number(request, "sau") or 0
    lines = list(PublicationRecord.objects.filter(number__gt=after).order_by("number")[:EXPORT])
    seen = telling.told(lines, PUBLIC)
    text = "".join(canonical(telling.exported(line, line.number in seen)) + "\n" for line in lines)
    response = HttpResponse(text, content_type="application/jsonl; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="so-cong-bo.jsonl"'
    response["Cache-Control"] = "no-store"
    return response


def checkpoints(request) -> HttpResponse:
    """Signed checkpoints, newest first, and the public keys that prove them."""
    rows = Checkpoint.objects.order_by("-pk")
    if before := _number(request, "truoc"):
        rows = rows.filter(lines__lt=before)
    body = {
        "keys": [key.statement() | {"signature": key.signature} for key in _keys()],
        "checkpoints": [row.statement() | {"signature": row.signature} for row in rows[: PAGE * 4]],
    }
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False})
    response.may_be_kept = False
    return share(response) if audience_of(request).is_public else response


def _keys() -> QuerySet[SigningKey]:
    return SigningKey.objects.order_by("pk")


def _rows(lines: list[PublicationRecord], audience) -> list[Row]:
    seen = telling.told(lines, audience)
    return [Row(line, line.number in seen) for line in lines]


def _asked(request) -> QuerySet[PublicationRecord]:
    lines = PublicationRecord.objects.all()
    if (act := request.GET.get("viec")) in Act.values:
        lines = lines.filter(act=act)
    if since := _day(request, "tu"):
        lines = lines.filter(at__gte=since)
    if until := _day(request, "den"):
        lines = lines.filter(at__lt=until + dt.timedelta(days=1))
    return lines


def _day(request, name: str) -> dt.datetime | None:
    """The beginning of a day typed as 31/12/2024 or 2024-12-31; None for anything else."""
    raw = request.GET.get(name, "").strip()
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            day = dt.datetime.strptime(raw, pattern)
            return day.replace(tzinfo=timezone.get_current_timezone()) if day.year < 9999 else None
        except ValueError:
            continue
    return None


def _number(request, name: str) -> int | None:
    raw = request.GET.get(name, "")
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 16 else None
