"""How works are copied, laid side by side and written again (``CopyRules`` of
``portal.editorial.working_copies``, which says who may do it and when): metadata by field, texts by
provision, files, relations."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.editorial.freezing import approval_hash, canonical
from portal.editorial.merging import Conflict, merge_values
from portal.editorial.models import FrozenContent, WorkingCopy
from portal.editorial.working_copies import apart, joined

from . import expressions, freezing, linking, matching, structure
from .copied_texts import merge_texts
from .models import Expression, Manifestation, Provision, Relation
from .models.part import Part

#: What hangs on a work is merged apart; its class is no choice.
_PARTS = ("expressions", "files", "relations", "class")


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says: metadata by field, texts by their key, files, relations."""

    fields: dict[str, object]
    texts: dict[str, str]
    rows: dict[str, Expression]
    files: dict[str, object]
    relations: dict[str, object]


@dataclass(frozen=True, slots=True)
class Merge:
    """What comes of it; ``conflicts`` are all, ``seen`` binds a decision to what was shown."""

    fields: dict[str, object]
    texts: dict[str, structure.Rendered | Expression]
    files: dict[str, object]
    relations: dict[str, object]
    conflicts: list[Conflict]
    seen: str
    labels: dict[str, str] = field(default_factory=dict)


# --- beginning ----------------------------------------------------------------------------------


def copied(original, user):
    """A copy of what is live, with its text, files and relations as drafts."""
    copy = type(original)(working_copy_of=original, demo=original.demo)
    _set_fields(copy, _fields(original.frozen_content(live=True)))
    copy.save()
    _copy_parts(original, copy)
    copy.save_revision(user=user, clean=False)
    return copy, {}  # the frozen content of the ledger's line is where it begins


def _copy_parts(original, copy) -> None:
    for text in Expression.objects.filter(work=original.identity_id).live():
        _copy_text(text, copy.identity_id)
    for model, owner in ((Manifestation, "work"), (Relation, "stated_by")):
        for row in model.objects.filter(**{owner: original.identity_id}).live():
            _copy_row(row, owner, copy.identity_id)


def _copy_text(text: Expression, identity_id: int) -> None:
    provisions = list(Provision.objects.filter(expression=text).order_by("order"))
    _copy_row(text, "work", identity_id)
    for row in provisions:
        row.pk, row.expression, row._state.adding = None, text, True
    Provision.objects.bulk_create(provisions, batch_size=500)


def _copy_row(row: Part, owner: str, identity_id: int) -> None:
    row.pk, row.state, row.drop, row._state.adding = None, Part.State.DRAFT, False, True
    setattr(row, f"{owner}_id", identity_id)
    row.save()


# --- merging ------------------------------------------------------------------------------------


def merged(original, copy, row: WorkingCopy, choices: Mapping[str, str]) -> Merge:
    """What the draft of the original would say if the copy were brought in with these choices."""
    frozen = json.loads(FrozenContent.objects.get(hash=row.base.content_hash).text)
    base = _side(frozen, original.identity_id, past=True)
    theirs_content = original.get_latest_revision_as_object().frozen_content()
    mine_content = copy.get_latest_revision_as_object().frozen_content()
    theirs = _side(_plain(theirs_content), original.identity_id)
    mine = _side(_plain(mine_content), copy.identity_id)
    conflicts: list[Conflict] = []
    parts = []
    for name in ("fields", "files", "relations"):
        sides = [getattr(side, name) for side in (base, theirs, mine)]
        values, found = merge_values(*sides, choices, f"{name}:")
        parts.append(values)
        conflicts += found
    texts, labels = merge_texts(base, theirs, mine, choices, conflicts)
    sides = (approval_hash(theirs_content), approval_hash(mine_content), row.base.content_hash)
    seen = hashlib.sha256("".join(sides).encode()).hexdigest()
    fields, files, relations = parts
    return Merge(apart(fields), texts, files, relations, conflicts, seen, labels)


def take_over(draft, copy, merge: Merge) -> None:
    """Write a merge into the draft of the original and the parts that wait with it."""
    _set_fields(draft, merge.fields)
    _set_texts(draft, merge.texts)
    _set_files(draft, copy, merge.files)
    _set_relations(draft, copy, merge.relations)


# --- one side -----------------------------------------------------------------------------------


def _plain(content: dict[str, object]) -> dict:
    return json.loads(canonical(content))


def _fields(content: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in content.items() if name not in _PARTS}


def _side(content: dict, identity_id: int, *, past: bool = False) -> Side:
    texts = {"|".join(map(str, row[:4])): row[4] for row in content["expressions"]}
    states = [Part.State.LIVE, Part.State.PAST if past else Part.State.DRAFT]
    found = Expression.objects.filter(
        work=identity_id, text_hash__in=texts.values(), state__in=states
    )
    by_hash = {row.text_hash: row for row in found}
    rows = {key: by_hash[digest] for key, digest in texts.items() if digest in by_hash}
    files = {f"{role}:{sha256}": name for role, sha256, name in content["files"]}
    relations = {":".join(map(str, row[:5])): row for row in content["relations"]}
    return Side(joined(_fields(content)), texts, rows, files, relations)


# --- writing the draft --------------------------------------------------------------------------


def _set_fields(work, fields: Mapping[str, object]) -> None:
    for name in work.FROZEN:
        model_field = work._meta.get_field(name.removesuffix("_id"))
        value = fields.get(name)
        if model_field.is_relation:
            setattr(work, model_field.attname, value)
        else:
            setattr(work, name, model_field.to_python(value))
    for name in ("issuers", "fields", "audience_units", "recipients"):
        if name in fields:
            model = work._meta.get_field(name).related_model
            setattr(work, name, list(model.objects.filter(pk__in=fields[name])))
    signature = work._meta.get_field("signatures").related_model
    work.signatures = [
        signature(signer_id=signer, title=title) for signer, title in fields.get("signatures", ())
    ]
    work.keywords.set(fields.get("keywords", ()))


def _set_texts(original, texts: Mapping[str, structure.Rendered | Expression]) -> None:
    own = Expression.objects.filter(work=original.identity_id)
    for row in freezing.current_expressions(own.draft().defer("html")):
        key = "|".join((row.kind, row.language, str(row.valid_from), str(row.valid_to)))
        if key not in texts:
            own.filter(pk=row.pk, state=Part.State.LIVE).update(drop=True)
            own.filter(pk=row.pk, state=Part.State.DRAFT).delete()
    for key, text in texts.items():
        if isinstance(text, Expression) and text.work_id == original.identity_id:
            continue
        kind, language, since, until = (None if v == "None" else v for v in key.split("|"))
        same = own.filter(kind=kind, language=language, valid_from=since)
        same.filter(state=Part.State.DRAFT).delete()
        if isinstance(text, Expression):
            if not same.live().filter(text_hash=text.text_hash).exists():
                _copy_text(text, original.identity_id)
            continue
        linked = linking.linked(text, original.number)
        digest = hashlib.sha256(text.html.encode()).hexdigest()
        made = Expression(
            work_id=original.identity_id, kind=kind, language=language, valid_from=since,
            valid_to=until, html=linked.html, text_hash=digest,
            text_key=matching.key_of_html(linked.html),
        )  # fmt: skip
        rendered = expressions.Text(linked.html, linked.sections, digest)
        made.outline = expressions.contents(rendered)
        made.save()
        Provision.objects.bulk_create(expressions.provisions_of(made, rendered), batch_size=500)


def _set_files(original, copy, files: Mapping[str, object]) -> None:
    """Files of the draft by role and content; one with another name is another file."""
    standing = {}
    for row in Manifestation.objects.filter(work=original.identity_id).draft():
        standing[f"{row.role}:{row.sha256}"] = row
    kept = {key for key, row in standing.items() if files.get(key) == row.name}
    _drop(Manifestation, [row for key, row in standing.items() if key not in kept])
    for row in Manifestation.objects.filter(work=copy.identity_id).draft():
        key = f"{row.role}:{row.sha256}"
        if files.get(key) == row.name and key not in kept:
            _copy_row(row, "work", original.identity_id)


def _set_relations(original, copy, relations: Mapping[str, object]) -> None:
    """Relations of the draft; one whose dates changed goes and comes with the same publication."""
    own = Relation.objects.filter(stated_by=original.identity_id)
    standing = {_relation_key(row): row for row in own.draft()}
    kept = {key for key, row in standing.items() if relations.get(key) == _frozen(row)}
    _drop(Relation, [row for key, row in standing.items() if key not in kept])
    going = {_relation_key(row): row for row in own.live().filter(drop=True)}
    for row in Relation.objects.filter(stated_by=copy.identity_id).draft():
        key, said = _relation_key(row), _frozen(row)
        if relations.get(key) != said or key in kept:
            continue
        if key in going and _frozen(going[key]) == said:
            own.filter(pk=going[key].pk).update(drop=False)
        else:
            _copy_row(row, "stated_by", original.identity_id)


def _drop(model, rows) -> None:
    live = [row.pk for row in rows if row.state == Part.State.LIVE]
    model.objects.filter(pk__in=live).update(drop=True)
    model.objects.filter(pk__in=[row.pk for row in rows if row.pk not in live]).delete()


def _frozen(row: Relation) -> list:
    return freezing.freeze_parts((), (), [row])["relations"][0]


def _relation_key(row: Relation) -> str:
    return ":".join(map(str, _frozen(row)[:5]))
