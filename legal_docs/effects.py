"""What relations do to validity: events of a work, its stored intervals, its answer for a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence

from django.db.models import Q

from portal.organisations.audience import Audience

from .models import LegalDocument, Relation, ValidityInterval
from .models.validity_interval import BEGINNING, END
from .validity import (
    PART,
    RELATION_KINDS,
    WHOLE,
    IncomingRelation,
    ValidityEvent,
    events_from,
    intervals,
)
from .works import kinds, visible_works

ACTING = tuple(kind.code for kind in RELATION_KINDS if kind.effect is not None)


def acting_relations(identity_ids: Sequence[int]) -> dict[int, list[Relation]]:
    """Edges stated by live works that change the validity of these works, by target; one query."""
    live = Q()
    for kind in kinds():
        live |= Q(**{f"stated_by__{kind.model._meta.model_name}__live": True})
    found: dict[int, list[Relation]] = defaultdict(list)
    rows = (
        Relation.objects.live()
        .filter(live, target__in=identity_ids, kind__in=ACTING)
        .select_related(
            "stated_by", "source", "source__legaldocument", "source__legaldocument__type"
        )
        .order_by("pk")
    )
    for relation in rows:
        found[relation.target_id].append(relation)
    return found


def nameable(relations: Iterable[Relation], audience: Audience) -> dict[int, str]:
    """Acting works that this reader may know of, by identity id, with their address if any.

    What a hidden work does to the validity of another one is a fact for everybody; which work
    that is, only for its readers. A work that is not here may be named where a visible one
    names it.
    """
    rows = list(relations)
    both = {identity.pk: identity for row in rows for identity in (row.source, row.stated_by)}
    seen = visible_works(both.values(), audience)
    return {
        row.source_id: seen[row.source_id].identity.url if row.source_id in seen else ""
        for row in rows
        if row.stated_by_id in seen and (row.source_id in seen or row.source.is_stub)
    }


def events_of(
    document: LegalDocument,
    relations: Iterable[Relation],
    named: Container[int] | None = None,
) -> tuple[ValidityEvent, ...]:
    """Dated events of a document from its own dates and the edges that reach it.

    With ``named`` the acting works that are not in it stay without a name.
    """
    seen: set[tuple] = set()
    incoming = []
    for relation in relations:
        acting = getattr(relation.source, "legaldocument", None)
        known = named is None or relation.source_id in named
        edge = IncomingRelation(
            relation.kind,
            relation.effective,
            WHOLE if relation.whole else PART,
            (acting.title if acting else str(relation.source)) if known else "",
            relation.source_id if known else None,
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


def events_for(document: LegalDocument, audience: Audience) -> tuple[ValidityEvent, ...]:
    """Events of one document, in the words that this reader may read."""
    relations = acting_relations([document.identity_id])[document.identity_id]
    return events_of(document, relations, nameable(relations, audience))


def recompute(identity_ids: Iterable[int]) -> set[int]:
    """Rebuild the stored intervals of these works; return those whose validity changed."""
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
    return set(changed)


def statuses_on(identity_ids: Iterable[int], day: dt.date) -> dict[int, str]:
    """Status codes of many works on a day, for lists; one query."""
    return dict(
        ValidityInterval.objects.filter(
            work__in=list(identity_ids), since__lte=day, until__gt=day
        ).values_list("work_id", "status")
    )
