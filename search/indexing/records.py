"""What is indexed of each class of works. Only here search knows the content apps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from legal_docs.models import Provision
from legal_docs.models.part import Part
from legal_docs.models.validity_interval import BEGINNING, END, ValidityInterval
from legal_docs.models.work import Work
from legal_docs.validity import Status
from legal_docs.works import kind_of, kinds
from portal.core.batching import batched
from portal.organisations.models import Succession
from search.engines.records import DocumentRecord, ProvisionRecord

#: Kinds of provisions that are found by themselves.
UNITS = ("dieu", "phu-luc", "muc", "khoan", "body")
CHUNK = 100


def records_of(kind: str, ids: Sequence[int]) -> list[DocumentRecord]:
    """Records of the live ones among these works."""
    model = kind_of(kind).model
    works = list(
        model.objects.filter(pk__in=ids, live=True)
        .select_related("identity", "type", "lead_issuer", "lead_issuer__area")
        .prefetch_related("audience_units", "issuers", "fields", "tagged_keywords__tag")
        .order_by("pk")
    )
    identities = [work.identity_id for work in works]
    provisions = _provisions(identities)
    spans = _spans(identities)
    issuers = {work.lead_issuer_id for work in works}
    issuers |= {issuer.pk for work in works for issuer in work.issuers.all()}
    heirs = _heirs(issuers)
    return [
        _record(kind, work, provisions[work.identity_id], spans[work.identity_id], heirs)
        for work in works
    ]


def all_records() -> Iterator[DocumentRecord]:
    """Records of everything live, in chunks that fit into memory."""
    for kind in kinds():
        ids = list(kind.model.objects.filter(live=True).order_by("pk").values_list("pk", flat=True))
        for some in batched(ids, CHUNK):
            yield from records_of(kind.model.work_class, some)


def live_refs() -> set[tuple[str, int]]:
    """(kind, id) of everything that belongs into the index."""
    return {
        (kind.model.work_class, pk)
        for kind in kinds()
        for pk in kind.model.objects.filter(live=True).values_list("pk", flat=True)
    }


def refs_of_identities(identity_ids: Iterable[int]) -> list[tuple[str, int]]:
    """(kind, id) of the works behind identities."""
    ids = list(identity_ids)
    return [
        (kind.model.work_class, pk)
        for kind in kinds()
        for pk in kind.model.objects.filter(identity__in=ids).values_list("pk", flat=True)
    ]


def _provisions(identities: list[int]) -> dict[int, list[Provision]]:
    found: dict[int, list[Provision]] = defaultdict(list)
    rows = (
        Provision.objects.filter(
            expression__work__in=identities,
            expression__state=Part.State.LIVE,
            expression__language="vi",
        )
        .values_list("expression__work_id", "eid", "kind", "label", "heading", "parent_eid", "text")
        .order_by("expression_id", "order")
    )
    for row in rows:
        found[row[0]].append(row[1:])
    return found


def _spans(identities: list[int]) -> dict[int, list[tuple]]:
    found: dict[int, list[tuple]] = defaultdict(list)
    for row in ValidityInterval.objects.filter(work__in=identities).order_by("since"):
        found[row.work_id].append((row.status, row.since, row.until))
    return found


def _heirs(issuers: set[int]) -> dict[int, set[int]]:
    """Issuer → itself and all that stand in its place later, at any remove."""
    successors: dict[int, set[int]] = defaultdict(set)
    for old, new in Succession.objects.values_list("predecessor_id", "successor_id"):
        successors[old].add(new)
    found = {}
    for issuer in issuers:
        reached, front = {issuer}, {issuer}
        while front:
            front = set().union(*(successors[pk] for pk in front)) - reached
            reached |= front
        found[issuer] = reached
    return found


def _record(
    kind: str, work: Work, provisions: list[tuple], spans: list[tuple], heirs: dict
) -> DocumentRecord:
    headings = {eid: f"{label} {heading}" for eid, _k, label, heading, _p, _t in provisions}
    own_issuers = {work.lead_issuer_id, *(issuer.pk for issuer in work.issuers.all())}
    area = work.lead_issuer.area or work.lead_issuer
    return DocumentRecord(
        kind=kind,
        id=work.pk,
        title=work.subject,
        visible_to=work.audience_tokens(),
        number=work.number,
        name=f"{work.type.label} {work.subject}",
        type=work.type.label,
        issuers=tuple(sorted(set().union(*(heirs[pk] for pk in own_issuers)))),
        level=work.lead_issuer.level,
        provinces=(area.slug,) if work.lead_issuer.is_local else (),
        fields=tuple(field.pk for field in work.fields.all()),
        issued=work.issued,
        keywords=" ".join(tag.tag.name for tag in work.tagged_keywords.all()),
        provisions=tuple(
            ProvisionRecord(eid, label, heading, text, headings.get(parent, ""))
            for eid, unit, label, heading, parent, text in provisions
            if unit in UNITS and (text or heading)
        ),
        **_days(work, spans),
    )


def _days(work: Work, spans: list[tuple]) -> dict[str, object]:
    """First days of the statuses that a document passes through (see ``DocumentRecord``)."""
    first = {}
    for status, since, until in spans:
        first.setdefault(status, (since, until))
    suspended = first.get(Status.SUSPENDED.value) or first.get(Status.PARTLY_SUSPENDED.value)
    ended = first.get(Status.ENDED.value) or first.get(Status.UNSUITABLE.value)
    partly = first.get(Status.PARTLY_ENDED.value)
    return {
        "in_force": getattr(work, "in_force", None),
        "expires": _day(ended[0]) if ended else None,
        "partly_from": _day(partly[0]) if partly else None,
        "suspended_from": _day(suspended[0]) if suspended else None,
        "suspended_until": _day(suspended[1]) if suspended else None,
    }


def _day(day):
    return None if day in (BEGINNING, END) else day
