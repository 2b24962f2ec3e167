"""Validity in Vietnamese words: one sentence for the badge, a dated list for the Hiệu lực tab."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from legal_docs.validity.answer import Validity
from legal_docs.validity.events import EventKind, ValidityEvent
from legal_docs.validity.status import Doubt, Status

_WHOLE_LABELS: Final = {
    EventKind.PROMULGATED: "Văn bản được ban hành",
    EventKind.IN_FORCE: "Văn bản có hiệu lực",
    EventKind.EXPIRED: "Văn bản hết hiệu lực",
    EventKind.REPLACED: "Bị thay thế bởi",
    EventKind.REPEALED: "Bị bãi bỏ",
    EventKind.WITHDRAWN: "Bị thu hồi",
    EventKind.PARENT_ENDED: "Bị hết hiệu lực",
    EventKind.CONTINUED: "Được tiếp tục có hiệu lực",
    EventKind.AMENDED: "Bị sửa đổi 1 phần",
    EventKind.STAYED: "Bị đình chỉ thi hành",
    EventKind.SUSPENDED: "Bị tạm ngưng hiệu lực",
    EventKind.UNSUITABLE: "Không còn phù hợp",
    EventKind.CORRECTED: "Được đính chính",
    EventKind.UNNAMED: "Có thay đổi chưa rõ điều khoản",
}
_PART_LABELS: Final = {
    EventKind.IN_FORCE: "Một phần có hiệu lực",
    EventKind.EXPIRED: "Hết hiệu lực 1 phần",
    EventKind.REPLACED: "Bị thay thế 1 phần bởi",
    EventKind.REPEALED: "Bị bãi bỏ 1 phần",
    EventKind.PARENT_ENDED: "Bị hết hiệu lực 1 phần",
    EventKind.STAYED: "Bị đình chỉ thi hành 1 phần",
    EventKind.SUSPENDED: "Bị tạm ngưng hiệu lực 1 phần",
}
_CAUSES: Final = {
    EventKind.EXPIRED: "hết thời hạn",
    EventKind.REPLACED: "bị thay thế",
    EventKind.REPEALED: "bị bãi bỏ",
    EventKind.WITHDRAWN: "bị thu hồi",
    EventKind.PARENT_ENDED: "văn bản được quy định chi tiết hết hiệu lực",
    EventKind.AMENDED: "bị sửa đổi, bổ sung",
    EventKind.STAYED: "bị đình chỉ thi hành",
    EventKind.SUSPENDED: "bị tạm ngưng hiệu lực",
    EventKind.UNSUITABLE: "kết quả rà soát",
    EventKind.UNNAMED: "bị tác động",
}


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of the history: the day (None: not recorded), what happened, by which document."""

    on: date | None
    label: str
    source: str
    source_id: int | str | None
    targets: tuple[str, ...]
    until: date | None


def timeline(events: Sequence[ValidityEvent]) -> tuple[TimelineEntry, ...]:
    """Return the history in order of days; what has no day comes last."""
    ordered = sorted(events, key=lambda event: (event.on is None, event.on or date.max))
    return tuple(
        TimelineEntry(
            event.on, _label(event), event.source, event.source_id, event.targets, event.until
        )
        for event in ordered
    )


def _label(event: ValidityEvent) -> str:
    if not event.whole and event.kind in _PART_LABELS:
        return _PART_LABELS[event.kind]
    return _WHOLE_LABELS[event.kind]


def explain(answer: Validity) -> str:
    """Return the answer as one Vietnamese sentence without a full stop.

    >>> start = ValidityEvent(EventKind.IN_FORCE, date(2031, 8, 1))
    >>> explain(Validity(Status.IN_FORCE, date(2031, 8, 1), None, start))
    'Còn hiệu lực từ 01/08/2031'
    """
    if answer.status is Status.UNKNOWN:
        return f"{answer.status.label}: {_doubt(answer)}"
    if answer.status is Status.NOT_YET:
        start = answer.because.on if answer.because else answer.until
        return f"{answer.status.label}, sẽ có hiệu lực từ {_day(start)}"
    label = "Hết hiệu lực" if answer.status is Status.ENDED else answer.status.label
    since = f" từ {_day(answer.since)}" if answer.since else ""
    until = ""
    if answer.status in (Status.SUSPENDED, Status.PARTLY_SUSPENDED) and answer.until:
        until = f" đến trước {_day(answer.until)}"
    cause = _cause(answer.because)
    return f"{label}{since}{until}" + (f" do {cause}" if cause else "")


def _doubt(answer: Validity) -> str:
    match answer.doubt:
        case Doubt.END_BEFORE_START:
            return "ngày hết hiệu lực đứng trước ngày có hiệu lực"
        case Doubt.NO_DATE_OF_ACT:
            return f"thiếu ngày {_cause(answer.because)}"
        case Doubt.SUSPENSION_ENDS_BEFORE_START:
            return "ngày kết thúc việc ngưng hiệu lực không sau ngày bắt đầu"
        case Doubt.UNNAMED_PROVISION:
            return f"{_cause(answer.because)}, chưa rõ điều khoản nào"
        case _:
            return "thiếu ngày có hiệu lực"


def _cause(event: ValidityEvent | None) -> str:
    if event is None or event.kind not in _CAUSES:
        return ""
    by = f" bởi {event.source}" if event.source and event.kind is not EventKind.PARENT_ENDED else ""
    if event.kind is EventKind.PARENT_ENDED and event.source:
        return f"{event.source} hết hiệu lực"
    return _CAUSES[event.kind] + by


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day is not None else "ngày chưa rõ"
