"""Reminders before and after a deadline, and word to those above when nothing happens."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.editorial.models import ReviewState
from portal.editorial.signals import overdue
from portal.editorial.states import STEPS, Step
from portal.organisations.roles import Ability

from .notifying import able, in_house_language, review_url_of, tell
from .subjects import subject_of

#: Days after the deadline when those above are told.
ESCALATE_AFTER = 1


def remind(today: dt.date | None = None) -> int:
    """Tell who can act of what is due by tomorrow or late, once a day; how many turns."""
    day = today or timezone.localdate()
    rows = ReviewState.objects.open().filter(due__lte=day + dt.timedelta(days=1))
    rows = rows.filter(Q(reminded_on=None) | Q(reminded_on__lt=day))
    count = 0
    for turn in rows.select_related("workflow_state", "owner")[:5000]:
        _remind(turn, day)
        count += 1
    return count


@in_house_language
def _remind(turn: ReviewState, day: dt.date) -> None:
    ability, _state = STEPS[Step(turn.step)]
    state = turn.workflow_state
    url = review_url_of(state.content_type_id, state.object_id)
    late = turn.due < day
    text = (_("Overdue: %(item)s (%(day)s)") if late else _("Due: %(item)s (%(day)s)")) % {
        "item": turn.label,
        "day": f"{turn.due:%d/%m/%Y}",
    }
    people = able(ability, turn.owner, turn.content)
    tell(people, text, url, "due")
    fields = ["reminded_on"]
    turn.reminded_on = day
    if (day - turn.due).days >= ESCALATE_AFTER and turn.escalated_on is None:
        above = able(Ability.COORDINATE, turn.owner, turn.content) - people
        tell(above, text, url, "late")
        turn.escalated_on = day
        fields.append("escalated_on")
        item = subject_of(state)
        overdue.send(type(item), instances=[item])
    turn.save(update_fields=fields)
