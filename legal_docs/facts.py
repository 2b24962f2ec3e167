"""What a work says, for review: its attributes, its provisions, files and relations."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.core.text import slugify
from portal.editorial.facts import Facts, Passage

from . import freezing, matching, reading
from .models import Expression, Manifestation, Provision, Relation
from .models.part import Part
from .models.work import Work

_PROVISION = ("expression_id", "eid", "kind", "label", "heading", "text", "start", "end")


def facts_of(work: Work, *, live: bool) -> Facts:
    """Facts of a work: the row with its live parts, or a draft with what waits."""
    return _facts(work, Parts.of(work), live=live)


def both(row: Work, draft: Work) -> tuple[Facts, Facts]:
    """What readers see now (nothing when it is not live) and what waits; parts are read once.

    The draft keeps its parts at hand, so that its hash and its checks ask for none of them again.
    """
    parts = draft.__dict__["parts"] = Parts.of(draft)
    draft.__dict__["parts_at_hand"] = freezing.freeze_parts(
        parts.current(live=False), *parts.others(live=False)
    )
    standing = _facts(row, parts, live=True) if row.live else Facts()
    return standing, _facts(draft, parts, live=False)


@dataclass(frozen=True, slots=True)
class Parts:
    """Texts with their provisions, files and relations of a work, live ones and waiting ones."""

    expressions: list[Expression]
    provisions: dict[int, list[Provision]]
    files: list[Manifestation]
    relations: list[Relation]

    @classmethod
    def of(cls, work: Work) -> Parts:
        states = (Part.State.LIVE, Part.State.DRAFT)
        expressions = list(
            Expression.objects.filter(work=work.identity_id, state__in=states).defer("outline")
        )
        rows: dict[int, list[Provision]] = {one.pk: [] for one in expressions}
        found = Provision.objects.filter(expression__in=expressions).order_by("expression", "order")
        for row in found.only(*_PROVISION):
            rows[row.expression_id].append(row)
        files = Manifestation.objects.filter(work=work.identity_id, state__in=states)
        relations = Relation.objects.filter(stated_by=work.identity_id, state__in=states)
        return cls(
            expressions, rows, list(files), list(relations.select_related("source", "target"))
        )

    def current(self, *, live: bool) -> list[Expression]:
        """The texts that are live, or that stand when the draft goes live."""
        return freezing.current_expressions([one for one in self.expressions if _stands(one, live)])

    def others(self, *, live: bool) -> tuple[list[Manifestation], list[Relation]]:
        """The same for files and relations."""
        files = [one for one in self.files if _stands(one, live)]
        return files, [one for one in self.relations if _stands(one, live)]


def _stands(part: Part, live: bool) -> bool:
    return part.state == Part.State.LIVE if live else not part.drop


def _facts(work: Work, parts: Parts, *, live: bool) -> Facts:
    files, relations = parts.others(live=live)
    return Facts(
        tuple(_attributes(work)),
        tuple(_passages(parts.current(live=live), parts.provisions)),
        tuple(
            Passage(f"file:{row.sha256}", row.name, f"{row.get_role_display()} · {row.sha256[:16]}")
            for row in files
        ),
        tuple(_relation(row) for row in relations),
    )


def _attributes(work: Work):
    words = reading.words_of(work)
    for label, value in [*reading.own_attributes(work, words), (_("Subject"), work.subject)]:
        shown = date_format(value, "d/m/Y") if hasattr(value, "year") else str(value)
        yield Passage(field_place(label), str(label), shown)
    yield Passage("field:audience", _("Audience"), _audience(work, words["audience_units"]))


def _audience(work: Work, units: list[str]) -> str:
    kind = str(work.get_audience_display())
    return f"{kind}: {', '.join(units)}" if units else kind


def _passages(expressions: list[Expression], rows: dict[int, list[Provision]]):
    """Provisions of each text; a text without any by its paragraphs."""
    for expression in expressions:
        mark, several = naming(expression, alone=len(expressions) == 1)
        for row in rows[expression.pk]:
            text = f"{row.heading}\n{row.text}".strip()
            yield Passage(f"provision:{mark}{row.eid}", f"{several}{row.label}", text)
        if not rows[expression.pk]:
            text = "\n".join(matching.paragraphs(expression.html))
            yield Passage(f"provision:{mark}", f"{several}{_('Text')}", text)


def naming(expression: Expression, *, alone: bool) -> tuple[str, str]:
    """What stands before the ids and labels of a text's provisions where there are several."""
    if alone:
        return "", ""
    return (
        f"{expression.language}-{expression.valid_from}:",
        f"{expression.get_kind_display()} – ",
    )


def field_place(label: str) -> str:
    """The place of an attribute, as the review page names it."""
    return f"field:{slugify(str(label))}"


def relation_place(row: Relation) -> str:
    return f"relation:{row.kind}:{row.source_id}:{row.target_id}:{row.target_provision}"


def _relation(row: Relation) -> Passage:
    ends = f"{row.source} → {row.target}"
    place = row.target_provision or row.source_provision
    text = " · ".join(filter(None, [str(row.get_kind_display()), ends, place]))
    return Passage(relation_place(row), str(row.get_kind_display()), text)
