"""Write a batch of incoming works: all of it in one transaction, or nothing.

New works are written in bulk; a record that changed, or that describes a work which another
source brought, goes the careful way one by one (``updating``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from taggit.models import Tag
from wagtail.models import Revision

from legal_docs import effects, freezing, numbering
from legal_docs.expressions import Text, new_expression, provisions_of, render_text
from legal_docs.identities import (
    IdentityBook,
    key_of,
    path_for,
    plain_path,
    write_identity,
)
from legal_docs.models import (
    Expression,
    ImportRecord,
    Manifestation,
    Provision,
    Relation,
    WorkIdentity,
)
from legal_docs.models.part import Part
from legal_docs.works import kind_of
from portal.core import text
from portal.editorial.models import Mandate
from portal.editorial.publishing import lines_under_mandate
from portal.editorial.signals import went_live
from portal.editorial.states import State
from portal.organisations.models import Organisation

from . import storing
from .records import IncomingRelation, IncomingWork, SourceRecord
from .resolving import Registers


@dataclass(slots=True)
class Entry:
    """One record on its way: what the source gave, and the rows that come of it."""

    record: SourceRecord
    incoming: IncomingWork
    work: object = None
    expression: Expression | None = None
    rendered: Text | None = None
    files: list[Manifestation] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under which conditions a run writes."""

    owner: Organisation
    source_label: str = ""
    mandate: Mandate | None = None
    demo: bool = False


@transaction.atomic
def create(entries: Sequence[Entry], registers: Registers, under: Conditions) -> None:
    """Create the works of a batch, live when a mandate says so."""
    keys = [key_of(numbering.canonical(e.incoming.number)) for e in entries if e.incoming.number]
    keys += [key_of(r.number, r.title) for e in entries for r in e.incoming.relations]
    book = IdentityBook(keys)
    for entry in entries:
        entry.work = new_work(entry.incoming, registers, under)
    book.know_paths(plain_path(entry.work) for entry in entries)
    for entry in entries:
        _identify(entry, book)
    _save_identities([entry.work for entry in entries], book)
    for entry in entries:
        entry.relations = edges(entry.work, entry.incoming.relations, book)
    book.save_new()
    for entry in entries:
        for relation in entry.relations:  # take over the keys that the inserts gave
            relation.source, relation.target = relation.source, relation.target
            relation.stated_by = relation.stated_by
        _render(entry)
        entry.files = storing.manifestations(entry.work.identity_id, entry.incoming.files)
    _save_works([entry.work for entry in entries])
    _save_parts(entries)
    _save_revisions([entry.work for entry in entries])
    ImportRecord.objects.bulk_create(
        [
            ImportRecord(
                source=entry.record.source,
                source_id=entry.record.source_id,
                content_hash=entry.record.content_hash,
                work_id=entry.work.identity_id,
            )
            for entry in entries
        ]
    )
    if under.mandate:
        _go_live(entries, under.mandate)
    else:
        effects.recompute(entry.work.identity_id for entry in entries)


def new_work(incoming: IncomingWork, registers: Registers, under: Conditions):
    """An unsaved work with its rows in memory.

    Raises:
        Rejected: type or chosen units are unknown.
    """
    issuers = registers.issuers_of(incoming)
    document_type = registers.type_of(incoming, issuers[0])
    model = kind_of(document_type.work_class).model
    work = model(
        number=numbering.canonical(incoming.number)[:120] if incoming.number else "",
        type=document_type,
        lead_issuer=issuers[0],
        subject=text.squash_spaces(text.clean(incoming.subject))[:2000],
        issued=incoming.issued,
        owner=under.owner,
        audience=incoming.audience,
        source=under.source_label[:255],
        source_url=incoming.source_url[:500],
        demo=under.demo,
    )
    work.derive()
    for name in ("in_force", "expires", "gazette_issue", "gazette_date"):
        if hasattr(work, name):
            setattr(work, name, getattr(incoming, name))
    if hasattr(work, "urgency"):
        work.urgency = incoming.urgency or "thuong"
        work.recipients_note = incoming.recipients[:1000]
        work.recipients = []
    work.issuers = issuers
    work.fields = registers.fields_of(incoming)
    work.audience_units = registers.units_of(incoming.audience_units)
    signature = model._meta.get_field("signatures").related_model
    work.signatures = [
        signature(signer=signer, title=title) for signer, title in registers.signers_of(incoming)
    ]
    return work


def _identify(entry: Entry, book: IdentityBook) -> None:
    work = entry.work
    same = book.same(work.number_key, work.lead_issuer_id, work.issued) if work.number else []
    if same:
        entry.incoming.warnings.append(
            f"Trùng số, ký hiệu, cơ quan và ngày với {same[0].title} ({same[0].url})."
        )
    identity = book.stub_for(work.number_key, work.lead_issuer_id, work.issued)
    fresh = identity is None
    identity = identity or WorkIdentity()
    write_identity(work, identity)
    identity.path = path_for(work, book)
    if fresh:
        book.add(identity)
    work.identity = identity


def _save_identities(works: Sequence, book: IdentityBook) -> None:
    adopted = [work.identity for work in works if work.identity.pk]
    book.save_new()
    names = ["number", "number_key", "issuer", "issued", "title", "work_class", "path"]
    WorkIdentity.objects.bulk_update(adopted, names, batch_size=100)
    for work in works:
        work.identity = work.identity  # takes over the key that the insert gave


def edges(work, relations: Sequence[IncomingRelation], book: IdentityBook) -> list[Relation]:
    """Unsaved relations that an entry states; one that leads back to itself is left out."""
    found: dict[tuple, Relation] = {}
    for incoming in relations:
        other = book.identify(
            numbering.canonical(incoming.number), incoming.title, issued=incoming.issued
        )
        if other is work.identity or (other.pk and other.pk == work.identity_id):
            continue
        source, target = (work.identity, other) if incoming.acts else (other, work.identity)
        own, others = incoming.own_provision, incoming.other_provision
        relation = Relation(
            source=source,
            target=target,
            kind=incoming.kind,
            whole=incoming.whole,
            source_provision=own if incoming.acts else others,
            target_provision=others if incoming.acts else own,
            effective=incoming.effective,
            until=incoming.until,
            evidence=incoming.evidence,
            stated_by=work.identity,
        )
        key = (
            id(source),
            id(target),
            incoming.kind,
            relation.source_provision,
            relation.target_provision,
        )
        found.setdefault(key, relation)
    return list(found.values())


def _render(entry: Entry) -> None:
    parsed = entry.incoming.structure()
    if parsed is None:
        return
    entry.rendered = render_text(parsed, entry.work.number)
    entry.expression = new_expression(
        entry.work.identity_id,
        parsed,
        entry.rendered,
        kind=entry.incoming.text_kind,
        language=entry.incoming.language[:5],
    )


def _save_works(works: Sequence) -> None:
    for model in {type(work) for work in works}:
        rows = [work for work in works if type(work) is model]
        model.objects.bulk_create(rows, batch_size=100)
        for name in ("issuers", "fields", "audience_units"):
            through = getattr(model, name).through
            left = f"{model._meta.model_name}_id"
            right = f"{model._meta.get_field(name).related_model._meta.model_name}_id"
            links = [
                through(**{left: work.pk, right: row.pk})
                for work in rows
                for row in getattr(work, name).all()
            ]
            through.objects.bulk_create(links, batch_size=300)
        signatures = []
        for work in rows:
            for row in work.signatures.all():
                row.work = work
                signatures.append(row)
        if signatures:
            type(signatures[0]).objects.bulk_create(signatures, batch_size=300)


def save_keywords(work, names: Sequence[str]) -> None:
    """Attach keywords (taggit) to a saved work."""
    through = type(work).keywords.through
    for name in dict.fromkeys(names):
        tag = Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name[:100])
        through.objects.get_or_create(content_object=work, tag=tag)


def _save_parts(entries: Sequence[Entry]) -> None:
    with_text = [entry for entry in entries if entry.expression]
    Expression.objects.bulk_create([entry.expression for entry in with_text], batch_size=100)
    provisions = [
        row for entry in with_text for row in provisions_of(entry.expression, entry.rendered)
    ]
    Provision.objects.bulk_create(provisions, batch_size=500)
    Manifestation.objects.bulk_create([row for entry in entries for row in entry.files])
    Relation.objects.bulk_create(
        [row for entry in entries for row in entry.relations], batch_size=300
    )
    for entry in entries:
        if entry.incoming.keywords:
            save_keywords(entry.work, entry.incoming.keywords)


def _save_revisions(works: Sequence) -> None:
    now = timezone.now()
    rows = []
    for work in works:
        content_type = ContentType.objects.get_for_model(work)
        content = work.serializable_data()
        rows.append(
            Revision(
                content_type=content_type,
                base_content_type=content_type,
                object_id=str(work.pk),
                created_at=now,
                object_str=str(work)[:255],
                content=content,
            )
        )
    Revision.objects.bulk_create(rows, batch_size=100)
    for work, revision in zip(works, rows, strict=True):
        work.latest_revision = revision
    for model in {type(work) for work in works}:
        same = [work for work in works if type(work) is model]
        model.objects.bulk_update(same, ["latest_revision"], batch_size=100)


def _go_live(entries: Sequence[Entry], mandate: Mandate) -> None:
    works = [entry.work for entry in entries]
    for entry in entries:
        entry.work.parts_at_hand = freezing.freeze_parts(
            [entry.expression] if entry.expression else [], entry.files, entry.relations
        )
    lines = lines_under_mandate(works, mandate)
    now = timezone.now()
    for work, line in zip(works, lines, strict=True):
        work.live, work.has_unpublished_changes = True, False
        work.editorial_state = State.LIVE
        work.publication_record, work.live_revision = line, work.latest_revision
        work.first_published_at = work.last_published_at = now
        del work.parts_at_hand
    names = [
        "live",
        "editorial_state",
        "has_unpublished_changes",
        "publication_record",
        "live_revision",
        "first_published_at",
        "last_published_at",
    ]
    identities = [work.identity_id for work in works]
    for model in {type(work) for work in works}:
        same = [work for work in works if type(work) is model]
        model.objects.bulk_update(same, names, batch_size=50)
    Expression.objects.filter(work__in=identities).update(state=Part.State.LIVE)
    Manifestation.objects.filter(work__in=identities).update(state=Part.State.LIVE)
    Relation.objects.filter(stated_by__in=identities).update(state=Part.State.LIVE)
    for model in {type(work) for work in works}:
        went_live.send(model, instances=[work for work in works if type(work) is model])
