"""The review page: what is to go live beside what is, and the decision on exactly that."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from portal.editorial import checks, publishing
from portal.editorial.facts import Facts, compare
from portal.editorial.models import Criterion, Remark, ReviewState
from portal.editorial.states import EDITABLE, Act, Step, transition
from portal.editorial.workflow import reviewing, snapshots
from portal.organisations.access import access_of
from portal.organisations.roles import Ability

from .items import item_at


@require_admin_access
def review(request, label: str, pk: int) -> HttpResponse:
    """One item in review: differences, checks, checklist, opinions; the decision at the bottom."""
    item = item_at(request, label, pk)
    if request.method == "POST":
        return _act(request, item)
    return render(request, "admin_pages/review/page.html", _context(request, item))


def _context(request, item) -> dict[str, object]:
    draft = item.get_latest_revision_as_object()
    turns = list(reviewing.turns(item))
    turn = next((one for one in reversed(turns) if one.is_open), None)
    returned = next((one for one in reversed(turns) if one.snapshot), None)
    since_return = returned is not None and request.GET.get("so") == "tra-lai"
    standing, facts = item.facts_beside(draft)
    before = snapshots.facts(returned) if since_return else standing
    shown = request.GET.get("xem") == "het"
    content_hash = draft.approval_hash()
    authors = publishing.writers_since_live(item)
    wrote = {one.pk for one in authors}
    refusal = (
        reviewing.refusal(item, request.user, turn.task.reviewtask, wrote, turn.workflow_state)
        if turn
        else ""
    )
    by_place: dict[str, list[Remark]] = defaultdict(list)
    for row in reviewing.remarks(item):
        by_place[row.place].append(row)
    access = access_of(request.user)
    return {
        "item": item,
        "draft": draft,
        "hash": content_hash,
        "turn": turn,
        "step": Step(turn.step) if turn else None,
        "refusal": refusal,
        "may_decide": turn is not None and not refusal,
        "may_write": access.may_edit(item.owning_unit, item.content_code)
        and not request.user.is_superuser,
        "rests": item.editorial_state in EDITABLE,
        "may_submit": transition(item.editorial_state, Act.SUBMIT) is not None,
        "groups": _groups(
            before, facts, by_place, everything=shown or not (item.live or since_return)
        ),
        "everything": shown,
        "returned": returned,
        "since_return": since_return,
        "general": by_place.get("", []),
        "findings": checks.run(draft),
        "criteria": _criteria(turn),
        "turns": turns,
        "authors": authors,
        "note": turn.public_note if turn else "",
    }


def _groups(before: Facts, after: Facts, by_place, *, everything: bool) -> list[dict[str, object]]:
    """The four parts of an item with their changes; what stayed is counted, not shown."""
    parts = (
        (_("Attributes"), before.attributes, after.attributes, True),
        (_("Text"), before.passages, after.passages, False),
        (_("Files"), before.files, after.files, True),
        (_("Relations"), before.relations, after.relations, True),
    )
    groups = []
    for title, old, new, short in parts:
        changes = compare(old, new)
        rows = [
            {"change": change, "remarks": by_place.get(change.place, [])}
            for change in changes
            if everything or change.kind != "same" or change.place in by_place
        ]
        same = sum(change.kind == "same" for change in changes)
        changed = len(changes) - same
        groups.append(
            {"title": title, "rows": rows, "same": same, "changed": changed, "short": short}
        )
    return groups


def _criteria(turn: ReviewState | None) -> list[Criterion]:
    if turn is None:
        return []
    rows = Criterion.objects.filter(active=True, step=turn.step, content__in=["", turn.content])
    return list(rows)


# --- what is posted -----------------------------------------------------------------------------


def _act(request, item) -> HttpResponse:
    data = request.POST
    acts = {"pass": _pass, "return": _return, "remark": _remark, "resolve": _resolve}
    act = next((function for name, function in acts.items() if name in data), None)
    try:
        if act is None:
            raise PermissionDenied(_("There is no such act."))
        said = act(request, item)
    except (PermissionDenied, ValidationError) as error:
        for message in getattr(error, "messages", [str(error)]):
            messages.error(request, message)
        return redirect(request.get_full_path())
    messages.success(request, said)
    return redirect("my_work" if "pass" in data or "return" in data else request.get_full_path())


def _turn(item) -> ReviewState:
    turn = reviewing.turn_of(item)
    if turn is None:
        raise PermissionDenied(_("It is not under review."))
    return turn


def _pass(request, item) -> str:
    return pass_turn(request, _turn(item), request.POST.get("seen", ""))


def pass_turn(request, turn: ReviewState, seen: str, suffix: str = "") -> str:
    """Pass a turn on with what the form says; returns what to tell.

    Raises:
        PermissionDenied, ValidationError: see ``reviewing.pass_on``.
    """
    answers = _answers(request.POST, turn, suffix)
    publish_at = _moment(request.POST.get(f"publish_at{suffix}", ""))
    reviewing.pass_on(
        turn,
        request.user,
        seen=seen,
        comment=request.POST.get(f"comment{suffix}", "").strip(),
        checklist=answers,
        publish_at=publish_at,
    )
    return _("Passed on: %(item)s") % {"item": turn.label}


def _answers(data, turn: ReviewState, suffix: str) -> list[dict[str, object]]:
    """The checklist as answered: every criterion needs its answer; a “no” is no approval."""
    answers = []
    for criterion in _criteria(turn):
        answer = data.get(f"criterion-{criterion.pk}{suffix}", "")
        if answer != "yes":
            raise ValidationError(
                _("Not confirmed: “%(criterion)s”. Return it, or confirm it.")
                % {"criterion": criterion.text}
            )
        answers.append({"id": criterion.pk, "text": criterion.text, "answer": answer})
    return answers


def _moment(text: str) -> dt.datetime | None:
    """The hour of a datetime-local field in the portal's zone."""
    if not text:
        return None
    try:
        moment = timezone.make_aware(dt.datetime.fromisoformat(text))
    except ValueError:
        raise ValidationError(_("This is no date and hour.")) from None
    if moment <= timezone.now():
        raise ValidationError(_("The hour is past: leave it empty to publish at once."))
    return moment


def _return(request, item) -> str:
    turn = _turn(item)
    reviewing.send_back(turn, request.user, comment=request.POST.get("comment", ""))
    return _("Returned: %(item)s") % {"item": turn.label}


def _remark(request, item) -> str:
    text = request.POST.get("text", "").strip()
    if not text:
        raise ValidationError(_("Write the remark."))
    place, label = request.POST.get("place", ""), request.POST.get("place_label", "")
    access = access_of(request.user)
    if request.user.is_superuser or not access.can(
        Ability.READ, item.owning_unit, item.content_code
    ):
        raise PermissionDenied(_("You can't remark on items of this unit."))
    reviewing.remark(item, request.user, place, text, label)
    return _("Noted.")


def _resolve(request, item) -> str:
    pk = request.POST.get("resolve", "")
    row = reviewing.remarks(item).filter(pk=pk).first() if pk.isascii() and pk.isdecimal() else None
    access = access_of(request.user)
    if row is None or not access.can(Ability.READ, item.owning_unit, item.content_code):
        raise PermissionDenied(_("There is no such remark."))
    row.resolved_by, row.resolved_at = request.user, timezone.now()
    row.save(update_fields=["resolved_by", "resolved_at"])
    return _("Resolved.")
