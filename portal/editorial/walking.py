"""An item on its whole way through review, for the demo: each step by the person who has it."""

from __future__ import annotations

from collections.abc import Mapping

from portal.editorial.states import Step
from portal.editorial.workflow import reviewing
from portal.organisations.models import User


def pass_until(item, people: Mapping[Step, User], step: Step | None = None, **last) -> None:
    """Everybody passes it on, up to but without ``step``; to the end when there is none."""
    while (turn := reviewing.turn_of(fresh(item))) is not None and turn.step != step:
        seen = fresh(item).get_latest_revision_as_object().approval_hash()
        reviewing.pass_on(turn, people[Step(turn.step)], seen=seen, **last)


def fresh(item):
    """The item as the database has it now."""
    return type(item)._default_manager.get(pk=item.pk)
