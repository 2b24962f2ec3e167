"""From a document's dates and the relations that reach it to its events."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from legal_docs.validity.events import EventKind, ValidityEvent
from legal_docs.validity.relations import RELATION_BY_CODE

WHOLE = "toan_bo"
PART = "mot_phan"


class IncomingRelation(NamedTuple):
    """One edge that ends at the document. ``code`` is a code of ``RELATION_KINDS``.

    ``effective_date`` is the edge's own day; where it is None the day on which the acting
    document itself came into force counts. ``scope`` is ``toan_bo`` or ``mot_phan``.
    """

    code: str
    effective_date: date | None
    scope: str
    source_label: str
    source_id: int | str | None
    source_in_force: date | None
    targets: tuple[str, ...] = ()
    until: date | None = None


def events_from(
    in_force: date | None,
    expires: date | None,
    relations: Iterable[IncomingRelation] = (),
    *,
    issued: date | None = None,
    unsuitable_from: date | None = None,
) -> tuple[ValidityEvent, ...]:
    """Return the events of a document with these dates and incoming relations.

    Raises KeyError for an unknown code and ValueError for an unknown scope.

    >>> events_from(None, None)
    ()
    >>> edge = IncomingRelation("thay_the", None, "toan_bo", "12/2031/NĐ-CP", 7, date(2031, 2, 1))
    >>> [(e.kind.value, e.on.year) for e in events_from(date(2030, 1, 1), None, [edge])]
    [('co_hieu_luc', 2030), ('bi_thay_the', 2031)]
    """
    own = (
        (EventKind.PROMULGATED, issued),
        (EventKind.IN_FORCE, in_force),
        (EventKind.EXPIRED, expires),
        (EventKind.UNSUITABLE, unsuitable_from),
    )
    events = [ValidityEvent(kind, on) for kind, on in own if on is not None]
    caused = (_event(IncomingRelation(*relation)) for relation in relations)
    return (*events, *(event for event in caused if event is not None))


def _event(relation: IncomingRelation) -> ValidityEvent | None:
    if relation.scope not in (WHOLE, PART):
        raise ValueError(f"{relation.scope!r} is no scope: use {WHOLE!r} or {PART!r}")
    kind = RELATION_BY_CODE[relation.code].effect
    if kind is None:
        return None
    return ValidityEvent(
        kind,
        relation.effective_date or relation.source_in_force,
        relation.scope == WHOLE and not relation.targets,
        relation.source_label,
        relation.source_id,
        relation.targets,
        relation.until,
    )
