"""From events to half-open intervals, and to the answer for one day.

Rules: Luật 64/2025/QH15 Điều 53 (start), 56 (suspension), 57 (end; guiding texts fall with their
parent unless they are announced as continuing). No clock is read here: the day is an argument.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from legal_docs.validity.events import EventKind, ValidityEvent
from legal_docs.validity.status import Doubt, Status


@dataclass(frozen=True, slots=True)
class Interval:
    """One status from ``since`` (None: always) to ``until`` (excluded; None: open)."""

    since: date | None
    until: date | None
    status: Status
    because: ValidityEvent | None
    doubt: Doubt | None = None

    def covers(self, day: date) -> bool:
        """Tell whether ``day`` lies in the interval."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Validity:
    """The answer for one day; ``because`` is None only when the status is UNKNOWN."""

    status: Status
    since: date | None
    until: date | None
    because: ValidityEvent | None
    doubt: Doubt | None = None


_Finding = tuple[Status, ValidityEvent | None, Doubt | None]


def validity(events: Sequence[ValidityEvent], as_at: date) -> Validity:
    """Return the status on ``as_at`` with its interval and the event that caused it.

    A date that is missing makes the answer UNKNOWN, never IN_FORCE. An event after ``as_at``
    never changes the status.

    >>> validity([ValidityEvent(EventKind.IN_FORCE, date(2031, 1, 1))], date(2031, 1, 1)).status
    <Status.IN_FORCE: 'con_hieu_luc'>
    >>> validity([], date(2031, 1, 1)).status
    <Status.UNKNOWN: 'khong_xac_dinh'>
    """
    span = next(interval for interval in intervals(events) if interval.covers(as_at))
    return Validity(span.status, span.since, span.until, span.because, span.doubt)


def intervals(events: Sequence[ValidityEvent]) -> tuple[Interval, ...]:
    """Return the whole of time in order, cut where the status changes; nothing overlaps.

    >>> [(i.since, i.until, i.status.value) for i in intervals([])]
    [(None, None, 'khong_xac_dinh')]
    """
    facts = _Facts.of(events)
    spans: list[Interval] = []
    for day in (None, *facts.changes):
        status, because, doubt = facts.on(day or date.min)
        if spans and (spans[-1].status, spans[-1].doubt) == (status, doubt):
            continue
        if spans:
            last = spans[-1]
            spans[-1] = Interval(last.since, day, last.status, last.because, last.doubt)
        spans.append(Interval(day, None, status, because, doubt))
    return tuple(spans)


@dataclass(frozen=True, slots=True)
class _Facts:
    start: ValidityEvent | None
    ends: tuple[ValidityEvent, ...]
    suspensions: tuple[ValidityEvent, ...]
    parts: tuple[ValidityEvent, ...]
    unsuitable: tuple[ValidityEvent, ...]
    unnamed: tuple[ValidityEvent, ...]

    @classmethod
    def of(cls, events: Sequence[ValidityEvent]) -> "_Facts":
        ordered = sorted(events, key=lambda event: event.on or date.max)
        starts = [e for e in ordered if e.kind is EventKind.IN_FORCE and e.whole and e.on]
        ending = [e for e in ordered if e.kind.ends and not _is_continued(e, ordered)]
        return cls(
            starts[0] if starts else None,
            tuple(e for e in ending if e.whole),
            tuple(e for e in ordered if e.kind.suspends),
            tuple(
                e for e in ordered if e.kind is EventKind.AMENDED or (e in ending and not e.whole)
            ),
            tuple(e for e in ordered if e.kind is EventKind.UNSUITABLE),
            tuple(e for e in ordered if e.kind is EventKind.UNNAMED),
        )

    @property
    def changes(self) -> list[date]:
        """Return every day on which something may begin or end, in order."""
        groups = (self.ends, self.suspensions, self.parts, self.unsuitable, self.unnamed)
        events = [event for group in groups for event in group]
        if self.start is not None:
            events.append(self.start)
        days = {day for event in events for day in (event.on, event.until) if day is not None}
        return sorted(days - {date.min})

    def on(self, day: date) -> _Finding:
        """Return what holds on ``day``: the first of the questions that has an answer."""
        for question in (self._ended, self._before, self._stopped, self._partly, self._doubtful):
            finding = question(day)
            if finding is not None:
                return finding
        return Status.IN_FORCE, self.start, None

    def _ended(self, day: date) -> _Finding | None:
        past = [end for end in self.ends if end.on and end.on <= day]
        begun = self.start.on if self.start is not None else None
        for end in past:
            if begun is None or (end.on and end.on >= begun):
                return Status.ENDED, end, None
        return (Status.UNKNOWN, past[0], Doubt.END_BEFORE_START) if past else None

    def _before(self, day: date) -> _Finding | None:
        if self.start is None or self.start.on is None:
            return Status.UNKNOWN, None, Doubt.NO_START
        if day < self.start.on:
            return Status.NOT_YET, self.start, None
        undated = next((end for end in self.ends if end.on is None), None)
        return (Status.UNKNOWN, undated, Doubt.NO_DATE_OF_ACT) if undated else None

    def _stopped(self, day: date) -> _Finding | None:
        for event in self.unsuitable:
            if event.on and event.on <= day:
                return Status.UNSUITABLE, event, None
        running = [event for event in self.suspensions if _is_running(event, day)]
        for event in running:
            if event.until and event.on and event.until <= event.on:
                return Status.UNKNOWN, event, Doubt.SUSPENSION_ENDS_BEFORE_START
        for whole, status in ((True, Status.SUSPENDED), (False, Status.PARTLY_SUSPENDED)):
            for event in running:
                if event.whole is whole:
                    return status, event, None
        return None

    def _partly(self, day: date) -> _Finding | None:
        for event in self.parts:
            if event.on and event.on <= day:
                return Status.PARTLY_ENDED, event, None
        return None

    def _doubtful(self, day: date) -> _Finding | None:
        for event in (*self.parts, *self.suspensions, *self.unsuitable):
            if event.on is None:
                return Status.UNKNOWN, event, Doubt.NO_DATE_OF_ACT
        for event in self.unnamed:
            if event.on is None or event.on <= day:
                return Status.UNKNOWN, event, Doubt.UNNAMED_PROVISION
        return None


def _is_running(event: ValidityEvent, day: date) -> bool:
    if event.on is None or day < event.on:
        return False
    return event.until is None or day < event.until or event.until <= event.on


def _is_continued(end: ValidityEvent, events: Sequence[ValidityEvent]) -> bool:
    """Tell whether an announcement, made before a guiding text would have fallen, keeps it."""
    if end.kind is not EventKind.PARENT_ENDED or end.on is None:
        return False
    return any(
        event.kind is EventKind.CONTINUED and event.on is not None and event.on <= end.on
        for event in events
    )
