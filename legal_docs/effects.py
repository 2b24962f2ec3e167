"""What relations do to validity: events of a work, its stored intervals, its answer for a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from .models import LegalDocument, Relation, ValidityInterval
from .models.validity_interval import BEGINNING, END
from .validity import (
    PART,
    RELATION_KINDS,
    WHOLE,
    IncomingRelation,
    Validity,
    ValidityEvent,
    events_from,
    intervals,
    validity,
)

ACTING = tuple(kind.code for kind in RELATION_KINDS if kind.effect is not None)


def acting_relations(identity_ids: Sequence[int]) -> dict[int, list[Relation]]:
    """Published edges that change the validity of these works, by target; one query."""
    found: dict[int, list[Relation]] = defaultdict(list)
    rows = (
        Relation.objects.live()
        .filter(target__in=identity_ids, kind__in=ACTING)
        .select_related("source", "source__legaldocument", "source__legaldocument__type")
        .order_by("pk")
    )
    for relation in rows:
        found[relation.target_id].append(relation)
    return found


def events_of(document: LegalDocument, relations: Iterable[Relation]) -> tuple[ValidityEvent, ...]:
    """Dated events of a document from its own dates and the edges that reach it."""
    seen: set[tuple] = set()
    incoming = []
    for relation in relations:
        acting = getattr(relation.source, "legaldocument", None)
        edge = IncomingRelation(
            relation.kind,
            relation.effective,
            WHOLE if relation.whole else PART,
            acting.title if acting else str(relation.source),
            relation.source_id,
            acting.in_force if acting else None,
            (relation.target_provision,) if relation.target_provision else (),
            relation.until,
        )
        # Both entries may state the same edge.
        if edge not in seen:
            seen.add(edge)
            incoming.append(edge)
    return events_from(
        document.in_force,
        document.expires,
        incoming,
        issued=document.issued,
        unsuitable_from=(document.in_force or document.issued) if document.no_longer_fit else None,
    )


def events_for(document: LegalDocument) -> tuple[ValidityEvent, ...]:
    """Events of one document; one query."""
    return events_of(document, acting_relations([document.identity_id])[document.identity_id])


def validity_on(document: LegalDocument, day: dt.date) -> Validity:
    return validity(events_for(document), day)


def recompute(identity_ids: Iterable[int]) -> None:
    """Rebuild the stored intervals of these works; rows that stay the same are not written."""
    ids = sorted(set(identity_ids))
    documents = LegalDocument.objects.filter(identity__in=ids, type__has_validity=True)
    relations = acting_relations(ids)
    standing: dict[int, list[tuple]] = defaultdict(list)
    for row in ValidityInterval.objects.filter(work__in=ids).order_by("since"):
        standing[row.work_id].append((row.since, row.until, row.status))
    wanted = {
        document.identity_id: [
            (span.since or BEGINNING, span.until or END, span.status.value)
            for span in intervals(events_of(document, relations[document.identity_id]))
        ]
        for document in documents
    }
    changed = [pk for pk in ids if standing.get(pk, []) != wanted.get(pk, [])]
    ValidityInterval.objects.filter(work__in=changed).delete()
    ValidityInterval.objects.bulk_create(
        [
            ValidityInterval(work_id=pk, since=since, until=until, status=status)
            for pk in changed
            for since, until, status in wanted.get(pk, [])
        ],
        batch_size=500,
    )


def statuses_on(identity_ids: Iterable[int], day: dt.date) -> dict[int, str]:
    """Status codes of many works on a day, for lists; one query."""
    return dict(
        ValidityInterval.objects.filter(
            work__in=list(identity_ids), since__lte=day, until__gt=day
        ).values_list("work_id", "status")
    )
