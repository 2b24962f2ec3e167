"""What a work says, for review: its attributes, its provisions, files and relations."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.core.text import slugify
from portal.editorial.facts import Facts, Passage

from . import freezing, matching, reading
from .models import Expression, Manifestation, Provision, Relation
from .models.work import Work

#: What says how it stands in the portal, not what it is.
_OWN = frozenset({"Published here", "Line in the ledger"})


def facts_of(work: Work, *, live: bool) -> Facts:
    """Facts of a work: the row with its live parts, or a draft with what waits."""

    def of(rows):
        return rows.live() if live else rows.draft()

    expressions = freezing.current_expressions(
        of(Expression.objects.filter(work=work.identity_id).defer("outline", "notes"))
    )
    files = of(Manifestation.objects.filter(work=work.identity_id))
    relations = of(Relation.objects.filter(stated_by=work.identity_id))
    return Facts(
        tuple(_attributes(work)),
        tuple(_passages(expressions)),
        tuple(
            Passage(f"file:{row.sha256}", row.name, f"{row.get_role_display()} · {row.sha256[:16]}")
            for row in files
        ),
        tuple(_relation(row) for row in relations.select_related("source", "target")),
    )


def _attributes(work: Work):
    own = {_(label) for label in _OWN}
    for label, value in [*reading.attributes(work), (_("Subject"), work.subject)]:
        if str(label) in own:
            continue
        shown = date_format(value, "d/m/Y") if hasattr(value, "year") else str(value)
        yield Passage(f"field:{slugify(str(label))}", str(label), shown)
    yield Passage("field:audience", _("Audience"), _audience(work))


def _audience(work: Work) -> str:
    units = ", ".join(unit.name for unit in work.audience_units.all())
    return f"{work.get_audience_display()}: {units}" if units else str(work.get_audience_display())


def _passages(expressions: list[Expression]):
    """Provisions of each text; a text without any by its paragraphs."""
    rows: dict[int, list[Provision]] = {one.pk: [] for one in expressions}
    found = Provision.objects.filter(expression__in=expressions).order_by("expression", "order")
    for row in found.only("expression_id", "eid", "label", "heading", "text"):
        rows[row.expression_id].append(row)
    for expression in expressions:
        several = "" if len(expressions) == 1 else f"{expression.get_kind_display()} – "
        mark = "" if len(expressions) == 1 else f"{expression.language}-{expression.valid_from}:"
        for row in rows[expression.pk]:
            text = f"{row.heading}\n{row.text}".strip()
            yield Passage(f"provision:{mark}{row.eid}", f"{several}{row.label}", text)
        if not rows[expression.pk]:
            text = "\n".join(matching.paragraphs(expression.html))
            yield Passage(f"provision:{mark}", f"{several}{_('Text')}", text)


def _relation(row: Relation) -> Passage:
    ends = f"{row.source} → {row.target}"
    place = row.target_provision or row.source_provision
    text = " · ".join(filter(None, [str(row.get_kind_display()), ends, place]))
    key = f"relation:{row.kind}:{row.source_id}:{row.target_id}:{row.target_provision}"
    return Passage(key, str(row.get_kind_display()), text)
