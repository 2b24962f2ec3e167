"""What stands on the first page of the admin: short lists, each from the room that knows them.

A room registers in ``AppConfig.ready``; the page asks all and shows what is not empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.editorial.models import ReviewState
from portal.editorial.models.checks import Severity
from portal.editorial.states import State
from portal.editorial.workflow.notifying import review_url_of
from portal.editorial.workflow.reading import items_in_states

#: Rows that a list shows; the page behind it has them all.
ROWS = 6


@dataclass(frozen=True, slots=True)
class Row:
    """One line: where it leads, a remark, and whether it is late (or done, in a list of steps)."""

    text: str
    url: str = ""
    remark: str = ""
    late: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A list of the first page: ``rows(user)`` gives what concerns somebody."""

    code: str
    title: str | Promise
    order: int
    rows: Callable[[object], Iterable[Row]]
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A list that has something for this reader."""

    code: str
    title: str | Promise
    rows: list[Row]
    more_url: str


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.code] = source


def lists_for(user) -> list[Shown]:
    """All lists that have something for somebody, in their order."""
    found = []
    for source in sorted(_sources.values(), key=lambda one: one.order):
        rows = list(islice(source.rows(user), ROWS + 4))
        if rows:
            found.append(Shown(source.code, source.title, rows, source.more_url))
    return found


# --- of the editorial room ----------------------------------------------------------------------


def waiting(user) -> list[Row]:
    """What waits for me, by its deadline."""
    today = timezone.localdate()
    turns = (
        ReviewState.objects.waiting_for(user)
        .exclude(workflow_state__requested_by=user)
        .select_related("workflow_state", "owner")
        .order_by(F("due").asc(nulls_last=True), "pk")[:ROWS]
    )
    return [
        Row(turn.label, review_url_of(turn.workflow_state.content_type_id, turn.workflow_state.object_id),
            _due(turn.due, turn.get_step_display()), turn.due is not None and turn.due < today)
        for turn in turns
    ]  # fmt: skip


def _due(day, step: str) -> str:
    return _("%(step)s, by %(day)s") % {"step": step, "day": f"{day:%d/%m/%Y}"} if day else step


def returned(user) -> list[Row]:
    """What came back to my units."""
    return [
        Row(str(one["item"]), str(one["url"]), str(one["item"].owning_unit or ""))
        for one in items_in_states(user, State.RETURNED)[State.RETURNED][:ROWS]
    ]


def failing(user) -> list[Row]:
    """What I am to decide on and has findings that block."""
    turns = (
        ReviewState.objects.waiting_for(user).exclude(checks=[]).select_related("workflow_state")
    )
    rows = []
    for turn in turns.order_by("due", "pk")[:200]:
        blocks = sum(one.get("severity") == Severity.BLOCK for one in turn.checks)
        if blocks:
            state = turn.workflow_state
            remark = ngettext("%d finding that blocks", "%d findings that block", blocks) % blocks
            url = review_url_of(state.content_type_id, state.object_id)
            rows.append(Row(turn.label, url, remark, late=True))
    return rows[:ROWS]


def connect() -> None:
    from django.urls import reverse_lazy

    work = reverse_lazy("my_work")
    register(Source("waiting", gettext_lazy("Waits for me"), 10, waiting, work))
    register(Source("returned", gettext_lazy("Returned to my unit"), 20, returned, work))
    register(Source("failing", gettext_lazy("Checks that fail"), 30, failing, work))
