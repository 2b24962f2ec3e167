"""Bring one existing work up to what a source now says, writing only what differs."""

from __future__ import annotations

from django.db import transaction

from legal_docs import effects
from legal_docs.expressions import replace_draft
from legal_docs.identities import IdentityBook, key_of
from legal_docs.models import ImportRecord, Manifestation, Relation, WorkIdentity
from legal_docs.models.part import Part
from legal_docs.works import kind_of, work_of
from portal.editorial.publishing import publish_under_mandate

from . import storing
from .applying import Conditions, edges, new_work
from .records import IncomingWork, Rejected, SourceRecord
from .resolving import Registers

PLAIN = (
    "number",
    "subject",
    "issued",
    "in_force",
    "expires",
    "gazette_issue",
    "gazette_date",
    "source_url",
    "urgency",
    "recipients_note",
)
ROWS = ("issuers", "fields", "audience_units")


@transaction.atomic
def update(
    record: SourceRecord,
    incoming: IncomingWork,
    identity: WorkIdentity,
    registers: Registers,
    under: Conditions,
    *,
    fill_only: bool,
) -> bool:
    """Update a work; True when something was written.

    ``fill_only`` is for a work that another source brought: what stands is kept, what is
    missing is added. A live work gets a new draft revision; it changes for readers only under
    a mandate.

    Raises:
        Rejected: the record can't be resolved, or would turn the work into another class.
    """
    work = work_of(identity)
    if work is None:
        raise Rejected("Văn bản của bản ghi này không còn.")
    draft = work.get_latest_revision_as_object()
    fresh = new_work(incoming, registers, under)
    if type(fresh) is not type(draft) and not fill_only:
        raise Rejected("Loại văn bản mới thuộc nhóm khác (pháp luật / chỉ đạo): cần nhập lại.")
    changed = _write_fields(draft, fresh, fill_only)
    changed |= _write_parts(draft, incoming, fill_only)
    if changed:
        if not work.live:
            draft.save()
        draft.save_revision(clean=False)
        if under.mandate:
            publish_under_mandate(
                kind_of(draft.work_class).model.objects.get(pk=draft.pk), under.mandate
            )
        else:
            effects.recompute([identity.pk])
    ImportRecord.objects.update_or_create(
        source=record.source,
        source_id=record.source_id,
        defaults={"content_hash": record.content_hash, "work": identity},
    )
    return changed


def _write_fields(draft, fresh, fill_only: bool) -> bool:
    changed = False
    for name in PLAIN:
        if not hasattr(draft, name) or not hasattr(fresh, name):
            continue
        new, old = getattr(fresh, name), getattr(draft, name)
        if new != old and not (fill_only and (old or not new)):
            setattr(draft, name, new)
            changed = True
    if not fill_only:
        for name in ("type", "lead_issuer", "audience"):
            if getattr(fresh, name) != getattr(draft, name):
                setattr(draft, name, getattr(fresh, name))
                changed = True
    for name in ROWS:
        new, old = list(getattr(fresh, name).all()), list(getattr(draft, name).all())
        if {row.pk for row in new} != {row.pk for row in old} and not (fill_only and old):
            setattr(draft, name, new)
            changed = True
    return _write_signatures(draft, fresh, fill_only) or changed


def _write_signatures(draft, fresh, fill_only: bool) -> bool:
    old = [(row.signer_id, row.title) for row in draft.signatures.all()]
    new = [(row.signer_id, row.title) for row in fresh.signatures.all()]
    if new == old or (fill_only and (old or not new)):
        return False
    model = type(draft)._meta.get_field("signatures").related_model
    draft.signatures = [model(signer_id=signer, title=title) for signer, title in new]
    return True


def _write_parts(draft, incoming: IncomingWork, fill_only: bool) -> bool:
    identity_id = draft.identity_id
    changed = False
    standing = draft.identity.expressions.draft().filter(
        kind=incoming.text_kind, language=incoming.language
    )
    if incoming.blocks and not (fill_only and standing.exists()):
        changed |= (
            replace_draft(
                draft, incoming.blocks, kind=incoming.text_kind, language=incoming.language
            )
            is not None
        )
    known = set(
        Manifestation.objects.filter(work=identity_id).draft().values_list("sha256", flat=True)
    )
    for row in storing.manifestations(identity_id, incoming.files):
        if row.sha256 not in known:
            row.save()
            changed = True
    missing = set(incoming.keywords) - set(draft.keywords.names())
    if missing:
        draft.keywords.add(*sorted(missing))  # in the draft: a live work keeps its own
        changed = True
    return _write_relations(draft, incoming, fill_only) or changed


def _write_relations(draft, incoming: IncomingWork, fill_only: bool) -> bool:
    book = IdentityBook([key_of(row.number, row.title) for row in incoming.relations])
    wanted = edges(draft, incoming.relations, book)
    book.save_new()
    standing = {
        _edge(row): row for row in Relation.objects.filter(stated_by=draft.identity).draft()
    }
    for row in wanted:  # take over the keys that the book gave
        row.source, row.target, row.stated_by = row.source, row.target, row.stated_by
    changed, seen = False, {_edge(row) for row in wanted}
    for edge, row in standing.items():
        if edge in seen or fill_only:
            continue
        if row.state == Part.State.LIVE:
            Relation.objects.filter(pk=row.pk).update(drop=True)
        else:
            row.delete()
        changed = True
    for row in wanted:  # after those that go: one with other dates takes its twin's place
        if _edge(row) not in standing and not row.twins().draft().exists():
            row.save()
            changed = True
    return changed


def _edge(row: Relation) -> tuple:
    return (
        row.source_id,
        row.target_id,
        row.kind,
        row.source_provision,
        row.target_provision,
        row.whole,
        row.effective,
        row.until,
    )
