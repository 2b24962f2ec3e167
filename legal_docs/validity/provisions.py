"""The same answer for one provision: its own events, and those of all that contains it."""

from collections.abc import Sequence
from dataclasses import replace

from legal_docs.validity.events import EventKind, ValidityEvent


def for_provision(events: Sequence[ValidityEvent], eid: str) -> tuple[ValidityEvent, ...]:
    """Return the events of a document as they concern the provision ``eid``.

    An event on the provision or on what contains it concerns it wholly; one on a part of it
    concerns it partly. A partial event that names no provision leaves every provision in doubt
    from its day on: 80 % of partly ended documents have several texts acting on them, and the
    record rarely says which text ended which article.

    >>> repeal = ValidityEvent(EventKind.REPEALED, None, whole=False, targets=("dieu-5",))
    >>> [event.whole for event in for_provision([repeal], "dieu-5.khoan-2")]
    [True]
    >>> for_provision([repeal], "dieu-50")
    ()
    """
    mine = [(event, _concerning(event, eid)) for event in events]
    own_start = any(was.targets and now and _starts(now) for was, now in mine)
    return tuple(
        now
        for was, now in mine
        if now is not None and (was.targets or not own_start or not _starts(was))
    )


def _starts(event: ValidityEvent) -> bool:
    # A day of its own (staggered effect, Luật 64/2025/QH15 Điều 53) overrules the document's.
    return event.kind is EventKind.IN_FORCE and event.whole


def _concerning(event: ValidityEvent, eid: str) -> ValidityEvent | None:
    if not event.targets:
        partial = not event.whole and event.kind is not EventKind.CORRECTED
        if partial or event.kind is EventKind.AMENDED:
            return replace(event, kind=EventKind.UNNAMED)
        return event
    if any(_contains(target, eid) for target in event.targets):
        return replace(event, whole=True)
    if any(_contains(eid, target) for target in event.targets):
        return replace(event, whole=False)
    return None


def _contains(outer: str, inner: str) -> bool:
    return inner == outer or inner.startswith(f"{outer}.")
