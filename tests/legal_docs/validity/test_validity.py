"""What is in force on a day, said for each rule, and what must hold for any events."""

import csv
import doctest
import importlib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legal_docs.validity import (
    RELATION_BY_VBPL_CODE,
    RELATION_KINDS,
    Direction,
    Doubt,
    EventKind,
    IncomingRelation,
    Status,
    ValidityEvent,
    events_from,
    explain,
    for_provision,
    intervals,
    problems,
    read_label,
    timeline,
    validity,
)

START = date(2031, 1, 1)
CASES = list(
    csv.DictReader(
        (Path(__file__).parents[1] / "tables" / "validity.csv").open(encoding="utf-8", newline="")
    )
)
DAYS = st.dates(date(2030, 1, 1), date(2034, 12, 31))
EVENTS = st.lists(
    st.builds(
        ValidityEvent,
        st.sampled_from(EventKind),
        st.none() | DAYS,
        st.booleans(),
        st.just("NĐ 9"),
        st.none(),
        st.sampled_from([(), ("dieu-1",), ("dieu-1.khoan-2", "dieu-3")]),
        st.none() | DAYS,
    ),
    max_size=7,
)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _relation(text: str) -> IncomingRelation:
    code, on, scope, source, in_force, *until = text.split("|")
    return IncomingRelation(
        code, _day(on), scope, source, 1, _day(in_force), (), _day(until[0]) if until else None
    )


@pytest.mark.parametrize(
    "name", ["answer", "building", "problems", "provisions", "relations", "status", "wording"]
)
def test_examples_in_the_docstrings(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"legal_docs.validity.{name}")).failed == 0


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_the_status_on_a_day_and_its_sentence(case: dict[str, str]) -> None:
    relations = [_relation(text) for text in case["relations"].split(";") if text]
    events = events_from(_day(case["in_force"]), _day(case["expires"]), relations)
    answer = validity(events, date.fromisoformat(case["as_at"]))
    assert (answer.status.value, explain(answer)) == (case["status"], case["sentence"])


@given(EVENTS)
def test_intervals_fill_all_of_time_and_never_overlap(events: list[ValidityEvent]) -> None:
    spans = intervals(events)
    assert spans[0].since is None and spans[-1].until is None
    for earlier, later in pairwise(spans):
        assert earlier.until == later.since
        assert (earlier.status, earlier.doubt) != (later.status, later.doubt)


@given(EVENTS, DAYS, st.sampled_from(EventKind), st.integers(1, 900), st.booleans())
def test_an_event_to_come_never_changes_today(
    events: list[ValidityEvent], today: date, kind: EventKind, ahead: int, whole: bool
) -> None:
    later = ValidityEvent(kind, today + timedelta(days=ahead), whole)
    before, after = validity(events, today), validity([*events, later], today)
    starts = [e for e in events if e.kind is EventKind.IN_FORCE and e.whole and e.on]
    if kind is EventKind.IN_FORCE and not starts:
        return  # the first start that is recorded does tell something of today
    assert after.status is before.status
    if before.status is not Status.NOT_YET:
        assert (after.since, after.because) == (before.since, before.because)


@given(EVENTS, DAYS)
def test_in_force_is_never_said_without_a_date(events: list[ValidityEvent], today: date) -> None:
    undated = [event for event in events if event.kind is not EventKind.IN_FORCE]
    assert not validity(undated, today).status.applies
    answer = validity(events, today)
    assert (answer.because is not None) or answer.status is Status.UNKNOWN
    assert explain(answer)


@given(EVENTS, DAYS)
def test_a_provision_has_an_answer_for_any_events(events: list[ValidityEvent], today: date) -> None:
    assert validity(for_provision(events, "dieu-1.khoan-2.diem-a"), today).status in Status


def test_a_repealed_clause_ends_and_its_neighbour_stays() -> None:
    repeal = IncomingRelation(
        "bai_bo", date(2032, 1, 1), "mot_phan", "NĐ 9", 9, None, ("dieu-5.khoan-2",)
    )
    events = events_from(START, None, [repeal])
    day = date(2032, 6, 1)
    wanted = {
        "dieu-5.khoan-2": Status.ENDED,
        "dieu-5.khoan-2.diem-a": Status.ENDED,
        "dieu-5": Status.PARTLY_ENDED,
        "dieu-5.khoan-20": Status.IN_FORCE,
        "dieu-50": Status.IN_FORCE,
    }
    assert {eid: validity(for_provision(events, eid), day).status for eid in wanted} == wanted


def test_a_provision_with_its_own_start_follows_it() -> None:
    later = ValidityEvent(EventKind.IN_FORCE, date(2033, 1, 1), False, targets=("dieu-9",))
    events = [*events_from(START, None), later]
    assert validity(for_provision(events, "dieu-9"), date(2032, 1, 1)).status is Status.NOT_YET
    assert validity(for_provision(events, "dieu-8"), date(2032, 1, 1)).status is Status.IN_FORCE
    assert validity(events, date(2032, 1, 1)).status is Status.IN_FORCE


def test_a_partial_act_without_provision_leaves_each_in_doubt_from_its_day() -> None:
    events = events_from(
        START, None, [IncomingRelation("bai_bo", date(2032, 1, 1), "mot_phan", "NĐ 9", 9, None)]
    )
    mine = for_provision(events, "dieu-1")
    assert validity(mine, date(2031, 6, 1)).status is Status.IN_FORCE
    answer = validity(mine, date(2032, 6, 1))
    assert (answer.status, answer.doubt) == (Status.UNKNOWN, Doubt.UNNAMED_PROVISION)
    assert explain(answer) == "Chưa xác định: bị tác động bởi NĐ 9, chưa rõ điều khoản nào"


def test_a_guiding_text_falls_with_its_parent_unless_it_is_continued_in_time() -> None:
    start = ValidityEvent(EventKind.IN_FORCE, START)
    fall = ValidityEvent(EventKind.PARENT_ENDED, date(2032, 1, 1), source="Luật 9")
    kept = ValidityEvent(EventKind.CONTINUED, date(2031, 12, 1), source="NQ 1")
    late = ValidityEvent(EventKind.CONTINUED, date(2032, 5, 1), source="NQ 1")
    day = date(2032, 6, 1)
    assert explain(validity([start, fall], day)) == (
        "Hết hiệu lực từ 01/01/2032 do Luật 9 hết hiệu lực"
    )
    assert validity([start, fall, kept], day).status is Status.IN_FORCE
    assert validity([start, fall, late], day).status is Status.ENDED


def test_the_timeline_is_in_order_and_puts_what_has_no_date_last() -> None:
    events = events_from(
        START,
        None,
        [
            IncomingRelation("thay_the", None, "toan_bo", "NĐ 10", 10, None),
            IncomingRelation("bai_bo", date(2032, 1, 1), "mot_phan", "NĐ 9", 9, None),
        ],
        issued=date(2030, 11, 5),
    )
    assert [(entry.on, entry.label) for entry in timeline(events)] == [
        (date(2030, 11, 5), "Văn bản được ban hành"),
        (START, "Văn bản có hiệu lực"),
        (date(2032, 1, 1), "Bị bãi bỏ 1 phần"),
        (None, "Bị thay thế bởi"),
    ]


def test_problems_name_what_an_editor_can_mend() -> None:
    events = [
        ValidityEvent(EventKind.IN_FORCE, START),
        ValidityEvent(EventKind.EXPIRED, date(2030, 1, 1)),
        ValidityEvent(EventKind.REPEALED, None),
        ValidityEvent(EventKind.SUSPENDED, START, until=START),
        ValidityEvent(EventKind.AMENDED, START, whole=False),
        ValidityEvent(EventKind.CORRECTED, None),
    ]
    assert [problem.doubt for problem in problems(events)] == [
        Doubt.END_BEFORE_START,
        Doubt.NO_DATE_OF_ACT,
        Doubt.SUSPENSION_ENDS_BEFORE_START,
        Doubt.UNNAMED_PROVISION,
    ]


@pytest.mark.parametrize(
    ("label", "code", "direction", "whole"),
    [
        ("Văn bản hết hiệu lực", "bai_bo", "outgoing", None),
        ("Văn bản quy định hết hiệu lực", "bai_bo", "incoming", None),
        ("văn bản quy định hết hiệu lực 1 phần:", "bai_bo", "incoming", False),
        ("Văn bản bị bãi bỏ", "bai_bo", "outgoing", None),
        ("Văn bản được thay thế", "thay_the", "outgoing", None),
        ("Văn bản thay thế", "thay_the", "incoming", None),
        ("Văn bản căn cứ", "can_cu", "outgoing", None),
        ("Căn cứ ban hành", "can_cu", "outgoing", None),
        ("Văn bản HD, QĐ chi tiết", "quy_dinh_chi_tiet", "incoming", None),
        ("Văn bản được hợp nhất", "hop_nhat", "outgoing", None),
    ],
)
def test_a_label_is_read_with_its_direction(
    label: str, code: str, direction: str, whole: bool | None
) -> None:
    reading = read_label(label)
    assert reading is not None
    assert (reading.code, reading.direction, reading.whole) == (code, Direction(direction), whole)
    assert read_label("Nhãn không có thật") is None


def test_every_kind_of_relation_is_told_apart_on_both_pages() -> None:
    for kind in RELATION_KINDS:
        out, back = read_label(kind.label_outgoing), read_label(kind.label_incoming)
        assert out is not None and back is not None
        assert out.code == back.code == kind.code
        if kind.label_outgoing != kind.label_incoming:
            assert (out.direction, back.direction) == (Direction.OUTGOING, Direction.INCOMING)
    assert RELATION_BY_VBPL_CODE[13] is RELATION_BY_VBPL_CODE[10]


def test_a_wrong_scope_or_code_is_an_error() -> None:
    with pytest.raises(ValueError, match="toan_bo"):
        events_from(START, None, [IncomingRelation("bai_bo", START, "whole", "", None, None)])
    with pytest.raises(KeyError):
        events_from(START, None, [IncomingRelation("xoa", START, "toan_bo", "", None, None)])
