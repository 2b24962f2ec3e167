"""Texts: from parsed structure to stored HTML with its provisions, and from draft to live."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction

from . import linking, matching, structure
from .models import Expression, Manifestation, Provision, Relation
from .models.part import Part


def new_expression(work_identity_id: int, parsed, rendered: Text, **fields) -> Expression:
    """An unsaved draft expression of a parsed text, as ``render_text`` gave it."""
    return Expression(
        work_id=work_identity_id,
        html=rendered.html,
        text_hash=rendered.text_hash,
        text_key=matching.key_of_html(rendered.html),
        outline=contents(rendered),
        notes=[[warning.code, warning.message_vi, warning.where] for warning in parsed.warnings],
        **fields,
    )


@dataclass(frozen=True, slots=True)
class Text:
    """A text ready to be stored: HTML with links, its units, the hash of it without links.

    Links are derived: a better reading of citations changes no approved text.
    """

    html: str
    sections: tuple[structure.Section, ...]
    text_hash: str


def render_text(parsed: structure.Structure, own_number: str = "") -> Text:
    """Render and link a text; it does not link to itself."""
    plain = structure.render(parsed)
    with_links = linking.linked(plain, own_number)
    digest = hashlib.sha256(plain.html.encode()).hexdigest()
    return Text(with_links.html, with_links.sections, digest)


def contents(rendered: Text) -> list[list[object]]:
    """Contents tree as flat rows [eid, kind, label, heading, depth] for page and JSON."""
    return [
        [section.eid, section.kind, section.label, section.heading, section.depth]
        for section in rendered.sections
    ]


def provisions_of(expression: Expression, rendered: Text) -> list[Provision]:
    """Unsaved provision rows of a saved expression."""
    return [
        Provision(
            expression=expression,
            eid=section.eid[:120],
            kind=section.kind,
            number=section.number[:20],
            label=section.label[:160],
            heading=section.heading,
            parent_eid=section.parent_eid[:120],
            depth=section.depth,
            order=order,
            text=section.text,
            text_key=matching.key_of_html(rendered.html[section.start : section.end]),
            start=section.start,
            end=section.end,
        )
        for order, section in enumerate(rendered.sections)
    ]


@transaction.atomic
def replace_draft(
    work,
    blocks,
    *,
    kind: str = Expression.Kind.ORIGINAL,
    language: str = "vi",
    valid_from: dt.date | None = None,
) -> Expression | None:
    """Set the draft text of a work; None when it equals the text that stands."""
    parsed = structure.parse(blocks)
    rendered = render_text(parsed, work.number)
    same = Expression.objects.filter(
        work=work.identity_id, kind=kind, language=language, valid_from=valid_from
    )
    standing = same.draft().defer("html").order_by("-state", "-pk").first()
    if standing and standing.text_hash == rendered.text_hash:
        return None
    same.filter(state=Part.State.DRAFT).delete()
    expression = new_expression(
        work.identity_id, parsed, rendered, kind=kind, language=language, valid_from=valid_from
    )
    expression.save()
    Provision.objects.bulk_create(provisions_of(expression, rendered), batch_size=500)
    return expression


def put_live(work) -> None:
    """Let the draft parts of a work take the place of the live ones (inside publishing)."""
    identity = work.identity_id
    for draft in Expression.objects.filter(work=identity, state=Part.State.DRAFT).defer("html"):
        Expression.objects.filter(
            work=identity,
            kind=draft.kind,
            language=draft.language,
            valid_from=draft.valid_from,
            state=Part.State.LIVE,
        ).update(state=Part.State.PAST)
    for model, owner in ((Expression, "work"), (Manifestation, "work"), (Relation, "stated_by")):
        rows = model.objects.filter(**{owner: identity})
        rows.filter(state=Part.State.LIVE, drop=True).update(state=Part.State.PAST)
        rows.filter(state=Part.State.DRAFT, drop=False).update(state=Part.State.LIVE)


def expression_as_at(identity_id: int, day: dt.date, language: str = "vi") -> Expression | None:
    """The live text that stands on a day: the latest consolidated one, else the original."""
    rows = Expression.objects.filter(work=identity_id, language=language).live().defer("html")
    current = [
        row
        for row in rows
        if (row.valid_from is None or row.valid_from <= day)
        and (row.valid_to is None or day < row.valid_to)
    ]
    if not current:
        current = list(rows)
    return max(
        current,
        key=lambda row: (row.valid_from or dt.date.min, row.kind == "hop-nhat", row.pk),
        default=None,
    )
