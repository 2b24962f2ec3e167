"""What makes an answer uncertain, for the editor who can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from legal_docs.validity.events import EventKind, ValidityEvent
from legal_docs.validity.status import Doubt


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend; ``event`` is None when the problem is that an event is missing."""

    doubt: Doubt
    event: ValidityEvent | None


def problems(events: Sequence[ValidityEvent]) -> tuple[Problem, ...]:
    """Return the contradictions and the missing dates among ``events``.

    >>> [problem.doubt.value for problem in problems([])]
    ['thieu_ngay_co_hieu_luc']
    """
    starts = [e.on for e in events if e.kind is EventKind.IN_FORCE and e.whole and e.on]
    found = [] if starts else [Problem(Doubt.NO_START, None)]
    for event in events:
        doubt = _doubt(event, min(starts) if starts else None)
        if doubt is not None:
            found.append(Problem(doubt, event))
    return tuple(found)


def _doubt(event: ValidityEvent, start: date | None) -> Doubt | None:
    acts = event.kind.ends or event.kind.suspends or event.kind is EventKind.AMENDED
    if event.on is None:
        return Doubt.NO_DATE_OF_ACT if acts else None
    if event.kind.suspends and event.until is not None and event.until <= event.on:
        return Doubt.SUSPENSION_ENDS_BEFORE_START
    if start is not None and event.kind.ends and event.whole and event.on < start:
        return Doubt.END_BEFORE_START
    if acts and not event.whole and not event.targets:
        return Doubt.UNNAMED_PROVISION
    return None
