"""What the pages of a document say: status line, contents, attributes, relations, timeline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils.http import http_date as format_http_date
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.contents import contents_items
from portal.core.related_words import related_words
from portal.organisations.audience import Audience

from . import effects, history
from .models import Expression, LegalDocument, Provision, Relation, WorkIdentity
from .validity import RELATION_BY_CODE, RELATION_KINDS, Validity, explain, timeline, validity
from .works import visible_works

_RELATED = ("issuers", "fields", "signatures", "keywords", "audience_units", "recipients")
TAB_LABELS = {
    "": gettext_lazy("Text"),
    "thuoc-tinh": gettext_lazy("Attributes"),
    "hieu-luc": gettext_lazy("Validity"),
    "lien-quan": gettext_lazy("Related"),
    "van-ban-goc": gettext_lazy("Original file"),
    "tai-ve": gettext_lazy("Download"),
    "lich-su": gettext_lazy("Publication history"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    label: object
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class StatusLine:
    """Validity on a day, in words, with the document that caused it."""

    validity: Validity
    sentence: str
    cause_url: str
    amendments: tuple[tuple[str, str, str], ...]

    @property
    def code(self) -> str:
        return self.validity.status.value


def http_date(moment: dt.datetime | None) -> str:
    return format_http_date(moment.timestamp() if moment else None)


def tabs(work, current: str) -> list[Tab]:
    """Tabs with real addresses; a directive has no validity."""
    base = work.identity.url
    names = [
        name
        for name in TAB_LABELS
        if name != "hieu-luc" or (isinstance(work, LegalDocument) and work.type.has_validity)
    ]
    return [
        Tab(TAB_LABELS[name], f"{base}{name}/" if name else base, name == current) for name in names
    ]


def status_line(work: LegalDocument, day: dt.date, audience: Audience) -> StatusLine | None:
    """Status and reason on a day; None for types that have no validity.

    A work that this reader may not see is not named as the reason.
    """
    if not work.type.has_validity:
        return None
    relations = effects.acting_relations([work.identity_id])[work.identity_id]
    urls = effects.nameable(relations, audience)
    events = effects.events_of(work, relations, urls)
    answer = validity(events, day)
    cause = answer.because
    amendments = tuple(
        (eid, event.source, urls.get(event.source_id, ""))
        for event in events
        if event.on and event.on <= day
        for eid in event.targets
    )
    cause_url = urls.get(cause.source_id, "") if cause else ""
    return StatusLine(answer, explain(answer), cause_url, amendments)


def margin_notes(status: StatusLine | None) -> list[tuple[str, str, str]]:
    """Amended or ended provisions: (eid, acting document, its address)."""
    return list(status.amendments) if status else []


def contents(expression: Expression | None) -> list[dict[str, object]]:
    """Rows of the table of contents."""
    if expression is None:
        return []
    names = ("eid", "kind", "label", "heading", "depth")
    return [dict(zip(names, row, strict=True)) for row in expression.outline]


def contents_html(expression: Expression | None) -> SafeString:
    """The table of contents as list items."""
    return contents_items(expression.outline if expression else [])


def neighbours(expression: Expression, row: Provision) -> dict[str, dict[str, object] | None]:
    """The units of the same kind before and after."""
    rows = [item for item in contents(expression) if item["kind"] == row.kind]
    place = next((i for i, item in enumerate(rows) if item["eid"] == row.eid), 0)
    return {
        "previous": rows[place - 1] if place > 0 else None,
        "next": rows[place + 1] if place + 1 < len(rows) else None,
    }


def citation_of(work, row: Provision) -> str:
    """“Điều 5 Nghị định 168/2024/NĐ-CP”."""
    return f"{row.label.rstrip('. ')} {work.title}"


def attributes(work) -> list[tuple[str, object]]:
    """Rows of the attributes tab, in the order of the national database; empty ones are left."""
    rows = [
        *own_attributes(work),
        (_("Published here"), work.first_published_at),
        (_("Line in the ledger"), work.publication_record.number if work.live else None),
    ]
    return [(label, value) for label, value in rows if value not in (None, "")]


def words_of(work) -> dict[str, list[str]]:
    """The words of what hangs on it: issuers, fields, signatures and so on; one query."""
    own = [name for name in _RELATED if hasattr(work, name)]
    return related_words(work, *own)


def own_attributes(work, words: dict[str, list[str]] | None = None) -> list[tuple[str, object]]:
    """What the work itself says, without how it stands in this portal."""
    words = words or words_of(work)
    rows: list[tuple[str, object]] = [
        (_("Number and notation"), work.number),
        (_("Type of document"), work.type.label),
        (_("Issuer"), ", ".join(words["issuers"])),
        (_("Issued"), work.issued),
    ]
    if isinstance(work, LegalDocument):
        rows += [
            (_("In force from"), work.in_force),
            (_("No longer in force from"), work.expires),
            (_("Gazette issue"), work.gazette_issue),
            (_("Gazette date"), work.gazette_date),
        ]
    else:
        rows += [
            (_("Urgency"), work.get_urgency_display()),
            (_("In use until"), work.expires),
            (_("Recipients"), ", ".join(words["recipients"])),
            (_("Other recipients"), work.recipients_note),
        ]
    rows += [
        (_("Signer"), "; ".join(words["signatures"])),
        (_("Field of law"), ", ".join(words["fields"])),
        (_("Keywords"), ", ".join(words["keywords"])),
        (_("Source"), work.source),
        (_("Address of the source"), work.source_url),
        (_("Entry kept by"), work.owner.name),
    ]
    return [(label, value) for label, value in rows if value not in (None, "")]


def timeline_of(work: LegalDocument, audience: Audience) -> list:
    """Dated events with their labels, oldest first."""
    return list(timeline(effects.events_for(work, audience)))


@dataclass(frozen=True, slots=True)
class RelationGroup:
    label: str
    rows: list[dict[str, object]]


def relation_groups(work, audience: Audience) -> list[RelationGroup]:
    """Published edges both ways, grouped by kind; works that this reader may not see are not
    named, works that are not here are."""
    own = work.identity_id
    rows = (
        Relation.objects.live()
        .filter(Q(source=own) | Q(target=own))
        .select_related("source", "target")
        .order_by("pk")
    )
    edges = [(row, row.target if row.source_id == own else row.source) for row in rows]
    statements = WorkIdentity.objects.filter(pk__in={row.stated_by_id for row, _other in edges})
    seen_works = visible_works([other for _row, other in edges], audience)
    stated = visible_works([s for s in statements if s.pk != own], audience)
    unseen = {o.pk for _row, o in edges if not o.is_stub and o.pk not in seen_works}
    gone = history.tombstones(unseen, audience) if unseen else {}
    groups: dict[tuple[int, bool], dict[int, dict[str, object]]] = {}
    for row, other in edges:
        if row.stated_by_id != own and row.stated_by_id not in stated:
            continue
        if not other.is_stub and other.pk not in seen_works and other.pk not in gone:
            continue
        outgoing = row.source_id == own
        key = (ORDER[row.kind], outgoing)
        groups.setdefault(key, {})[other.pk] = {
            "identity": other,
            "work": seen_works.get(other.pk),
            "relation": row,
            "gone": gone.get(other.pk),
        }
    return [
        RelationGroup(_group_label(order, outgoing), list(members.values()))
        for (order, outgoing), members in sorted(groups.items())
    ]


ORDER = {kind.code: place for place, kind in enumerate(RELATION_KINDS)}


def _group_label(order: int, outgoing: bool) -> str:
    kind = RELATION_BY_CODE[RELATION_KINDS[order].code]
    return kind.label_outgoing if outgoing else kind.label_incoming
