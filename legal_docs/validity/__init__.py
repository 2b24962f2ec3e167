"""Validity (hiệu lực): computed from dated events for any day, never typed.

``events_from`` makes events of stored dates and relations, ``validity`` answers for a day,
``intervals`` for all days, ``for_provision`` narrows events to one provision, ``explain`` and
``timeline`` put the answer into words, ``problems`` names what an editor should look at.
"""

from legal_docs.validity.answer import Interval, Validity, intervals, validity
from legal_docs.validity.building import PART, WHOLE, IncomingRelation, events_from
from legal_docs.validity.events import EventKind, ValidityEvent
from legal_docs.validity.problems import Problem, problems
from legal_docs.validity.provisions import for_provision
from legal_docs.validity.relations import (
    RELATION_BY_CODE,
    RELATION_BY_VBPL_CODE,
    RELATION_KINDS,
    Direction,
    LabelReading,
    RelationKind,
    read_label,
)
from legal_docs.validity.status import Doubt, Status
from legal_docs.validity.wording import TimelineEntry, explain, timeline

__all__ = [
    "PART",
    "RELATION_BY_CODE",
    "RELATION_BY_VBPL_CODE",
    "RELATION_KINDS",
    "WHOLE",
    "Direction",
    "Doubt",
    "EventKind",
    "IncomingRelation",
    "Interval",
    "LabelReading",
    "Problem",
    "RelationKind",
    "Status",
    "TimelineEntry",
    "Validity",
    "ValidityEvent",
    "events_from",
    "explain",
    "for_provision",
    "intervals",
    "problems",
    "read_label",
    "timeline",
    "validity",
]
