"""What an approval of a work covers: metadata, text, hashes of files, stated relations."""

from __future__ import annotations

from .models.part import Part


def metadata_of(work) -> dict[str, object]:
    """The work's own fields and the rows that hang on it."""
    content: dict[str, object] = {name: getattr(work, name) for name in work.FROZEN}
    content["issuers"] = sorted(issuer.pk for issuer in work.issuers.all())
    content["fields"] = sorted(field.pk for field in work.fields.all())
    content["audience_units"] = sorted(unit.pk for unit in work.audience_units.all())
    content["signatures"] = [[row.signer_id, row.title] for row in work.signatures.all()]
    content["keywords"] = sorted(str(tag) for tag in work.keywords.all())
    return content


def parts_of(identity_id: int, *, live: bool = False) -> dict[str, object]:
    """Texts, files and relations that stand when the present draft goes live, or that are live."""
    from .models import Expression, Manifestation, Relation

    def of(rows):
        return rows.live() if live else rows.draft()

    expressions = of(Expression.objects.filter(work=identity_id))
    return freeze_parts(
        current_expressions(expressions.defer("html", "outline", "notes")),
        of(Manifestation.objects.filter(work=identity_id)),
        of(Relation.objects.filter(stated_by=identity_id)),
    )


def freeze_parts(expressions, files, relations) -> dict[str, object]:
    """The same from rows at hand."""
    return {
        "expressions": sorted(
            [row.kind, row.language, str(row.valid_from), str(row.valid_to), row.text_hash]
            for row in expressions
        ),
        "files": sorted([row.role, row.sha256, row.name] for row in files),
        "relations": sorted(
            [
                row.kind,
                row.source_id,
                row.target_id,
                row.source_provision,
                row.target_provision,
                row.whole,
                str(row.effective),
                str(row.until),
            ]
            for row in relations
        ),
    }


def current_expressions(rows) -> list:
    """Of each kind, language and beginning the draft where there is one, else the live one."""
    chosen: dict[tuple, object] = {}
    for row in rows:
        key = (row.kind, row.language, row.valid_from)
        if key not in chosen or row.state == Part.State.DRAFT:
            chosen[key] = row
    return list(chosen.values())


def content_of(work, *, live: bool = False) -> dict[str, object]:
    """All that an approval of this work covers."""
    parts = work.__dict__.get("parts_at_hand") or parts_of(work.identity_id, live=live)
    return {"class": work.work_class, **metadata_of(work), **parts}
