"""Relations whose other end is not there, that run in circles, or that don't end what they replace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legal_docs.effects import ACTING
from legal_docs.facts import relation_place
from legal_docs.models import Expression, Provision, Relation, WorkIdentity
from legal_docs.pieces import relations_of
from legal_docs.works import live_identities
from portal.editorial.models.checks import Severity
from portal.editorial.pieces import remembered

from . import WORKS, Check, Found, register

ENDING = frozenset({"thay_the", "bai_bo", "thu_hoi"})


def others_of(draft) -> dict[int, WorkIdentity]:
    """Documents at the other ends of its relations."""
    ends = (end for row in relations_of(draft) for end in (row.source, row.target))
    return {one.pk: one for one in ends if one.pk != draft.identity_id}


def _live(draft) -> set[int]:
    return remembered(draft, "live others", lambda: live_identities(others_of(draft).values()))


def _found(row: Relation, message: str) -> Found:
    return Found(message, relation_place(row), str(row.get_kind_display()))


def _other(draft, row: Relation) -> WorkIdentity:
    return row.target if row.source_id == draft.identity_id else row.source


@register
class RelationEnds(Check):
    code = "relation-ends"
    label = gettext_lazy("Relations that are broken or go in circles")
    severity = Severity.WARN
    explanation = gettext_lazy("A relation leads to what readers can read, and never back in time.")
    source = "Luật 64/2025/QH15, Điều 57"
    content = WORKS

    def look(self, draft) -> Iterator[Found]:
        rows = relations_of(draft)
        live = _live(draft)
        absent = _absent_provisions(rows, live)
        back = _acting_back(draft, rows)
        for row in rows:
            other = _other(draft, row)
            if not other.is_stub and other.pk not in live:
                message = _("%(document)s is not published, or not any more.")
                yield _found(row, message % {"document": other})
            if (row.target_id, row.target_provision) in absent:
                told = {"document": row.target, "place": row.target_provision}
                yield _found(row, _("%(document)s has no “%(place)s”.") % told)
            if row.kind in ACTING and _is_older(draft, row):
                message = _("%(document)s is younger than what is to act on it.")
                yield _found(row, message % {"document": row.target})
            if (row.source_id, row.target_id) in back:
                told = {"one": row.source, "other": row.target}
                yield _found(row, _("%(one)s and %(other)s would each end the other.") % told)


def _is_older(draft, row: Relation) -> bool:
    source = draft.issued if row.source_id == draft.identity_id else row.source.issued
    target = draft.issued if row.target_id == draft.identity_id else row.target.issued
    return bool(source and target and target > source)


def _absent_provisions(rows: Iterable[Relation], live: set[int]) -> set[tuple[int, str]]:
    """Articles that relations name and the texts of their targets don't have. Of khoản and điểm the
    article is looked up: they have no rows."""
    asked = {
        (row.target_id, row.target_provision)
        for row in rows
        if row.target_provision and row.target_id in live
    }
    if not asked:
        return set()
    texts = Expression.objects.live().filter(work__in={pk for pk, _eid in asked})
    found = Provision.objects.filter(expression__in=texts.values("pk"))
    here: dict[int, set[str]] = defaultdict(set)
    for pk, eid in found.values_list("expression__work_id", "eid"):
        here[pk].add(eid)
    return {(pk, eid) for pk, eid in asked if here[pk] and not _has(here[pk], eid)}


def _has(eids: set[str], eid: str) -> bool:
    while eid:
        if eid in eids:
            return True
        eid = eid.rpartition(".")[0]
    return False


def _acting_back(draft, rows: Iterable[Relation]) -> set[tuple[int, int]]:
    """Pairs that end each other as a whole: the edge here, and one that stands or waits anywhere."""
    own = {(r.source_id, r.target_id) for r in rows if r.kind in ENDING and r.whole}
    if not own:
        return set()
    edges = Relation.objects.draft().filter(
        source__in={target for _source, target in own},
        target__in={source for source, _target in own},
        kind__in=ENDING,
        whole=True,
    )
    standing = own | set(edges.values_list("source_id", "target_id"))
    return {(source, target) for source, target in own if (target, source) in standing}


@register
class AbsentTargets(Check):
    code = "relation-absent"
    label = gettext_lazy("Relations to documents that are not here")
    severity = Severity.INFO
    explanation = gettext_lazy("The relation waits, and leads on when the document arrives.")
    content = WORKS

    def look(self, draft) -> Iterator[Found]:
        for row in relations_of(draft):
            other = _other(draft, row)
            if other.is_stub:
                yield _found(row, _("%(document)s is not here yet.") % {"document": other})


@register
class StaysInForce(Check):
    code = "relation-no-end"
    label = gettext_lazy("Replaces or repeals what would stay in force")
    severity = Severity.WARN
    explanation = gettext_lazy(
        "What replaces or repeals a document as a whole ends it on a day: its own, or that of the "
        "relation."
    )
    source = "Luật 64/2025/QH15, Điều 57"
    content = WORKS

    def look(self, draft) -> Iterator[Found]:
        for row in relations_of(draft):
            if row.kind not in ENDING or not row.whole or row.source_id != draft.identity_id:
                continue
            if row.effective is None and getattr(draft, "in_force", None) is None:
                message = _("%(document)s would stay in force: no day says when it ends.")
                yield _found(row, message % {"document": row.target})
        yield from _said_only(draft)


def _said_only(draft) -> Iterator[Found]:
    """Documents that the text says it replaces, and no relation does."""
    from legal_docs.models import ValidityInterval

    from .ending_words import ended_by

    said = ended_by(draft)
    if not said:
        return
    acted_on = {row.target.number_key for row in relations_of(draft) if row.kind in ENDING}
    wanted = {key: piece for key, piece in said.items() if key not in acted_on}
    day = getattr(draft, "in_force", None) or timezone.localdate()
    rows = ValidityInterval.objects.filter(
        work__number_key__in=wanted, since__lte=day, until__gt=day, status="con_hieu_luc"
    ).select_related("work")
    for row in rows:
        if row.work_id != draft.identity_id:
            piece = wanted[row.work.number_key]
            message = _(
                "The text ends %(document)s, but no relation says so: it would stay in force."
            )
            yield Found(message % {"document": row.work}, piece.place, piece.label)
