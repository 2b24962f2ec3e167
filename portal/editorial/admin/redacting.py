"""Hiding personal data: what was found in a draft, and a mark in its place.

The page writes a new draft revision in the name of who asked, so that he can't approve it; the
log says how many places of which kind, never what stood there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from portal.editorial.checks.personal_data import KINDS, found_in
from portal.editorial.pieces import forget
from portal.organisations import audit
from portal.organisations.roles import Ability

from .items import item_at

MARK = "[đã che]"
#: What somebody may add by hand: a name, a number; not a word that stands everywhere.
SHORTEST, LONGEST, MOST = 4, 200, 200


@dataclass(frozen=True, slots=True)
class Row:
    """One string, how often it stands, and where first."""

    kind: str
    label: str
    text: str
    count: int
    place: str


@require_admin_access
def redact(request, label: str, pk: int) -> HttpResponse:
    """The list, and the act."""
    item = item_at(request, label, pk, Ability.WRITE)
    draft = item.get_latest_revision_as_object()
    rows = _rows(draft)
    if request.method == "POST":
        return _act(request, item, draft, rows)
    context = {"item": item, "rows": rows, "mark": MARK, "files": item.facts().files}
    return render(request, "admin_pages/review/redact.html", context)


def _rows(draft) -> list[Row]:
    counted: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], str] = {}
    for piece, one in found_in(draft):
        key = (one.kind, one.text)
        counted[key] += 1
        places.setdefault(key, piece.label)
    forget(draft)
    return [
        Row(kind, str(KINDS[kind]), text, count, places[kind, text])
        for (kind, text), count in counted.items()
    ]


def _act(request, item, draft, rows: list[Row]) -> HttpResponse:
    lock = item.get_lock()
    chosen = _chosen(request.POST, rows)
    if lock is not None and lock.for_user(request.user):
        messages.error(request, lock.get_message(request.user))
    elif not chosen:
        messages.error(request, _("Choose what is to be hidden."))
    else:
        count = _hide(request.user, item, draft, chosen)
        if count:
            messages.success(
                request, _("Hidden in %(count)s places of the draft.") % {"count": count}
            )
        else:
            messages.warning(request, _("It stands nowhere as one piece; correct it in the text."))
    return redirect(request.path)


def _chosen(data, rows: list[Row]) -> dict[str, str]:
    """Strings to hide with their kind: those that were ticked, and those written by hand."""
    known = {row.text: row.kind for row in rows}
    chosen = {text: known[text] for text in data.getlist("hide") if text in known}
    for line in data.get("more", "").splitlines()[:MOST]:
        text = " ".join(line.split())
        if SHORTEST <= len(text) <= LONGEST:
            chosen.setdefault(text, "by hand")
    return chosen


@transaction.atomic
def _hide(user, item, draft, chosen: dict[str, str]) -> int:
    count = draft.redact(chosen, MARK)
    if count:
        draft.save_revision(user=user, clean=False)
        kinds = Counter(chosen.values())
        changes = {kind: ["", f"{number} × {MARK}"] for kind, number in kinds.items()}
        audit.record(user, "item.redacted", item, changes=changes)
    return count
