"""How a document was published, corrected and withdrawn here, for one reader."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.core.difference import Change, difference
from portal.editorial import telling
from portal.editorial.models import FrozenContent, PublicationRecord
from portal.organisations.audience import Audience
from portal.organisations.models import Organisation

from . import matching
from .models import DocumentType, Expression, WorkIdentity
from .models.part import Part
from .works import kinds

Lines = list[PublicationRecord]


def lines_of(identities: Iterable[int], audience: Audience) -> dict[int, Lines]:
    """Ledger lines that a reader may be told of, by identity; four queries a class of works."""
    wanted = list(identities)
    found: dict[int, Lines] = {}
    for kind in kinds():
        rows = kind.model._base_manager.filter(identity__in=wanted)
        works = dict(rows.values_list("pk", "identity_id"))
        if works:
            for pk, lines in telling.history(kind.model, works, audience).items():
                found[works[pk]] = lines
    return found


def tombstones(identities: Iterable[int], audience: Audience) -> dict[int, PublicationRecord]:
    """The lines that took works down, where this reader may be told of it."""
    found = lines_of(identities, audience)
    stones = {pk: telling.tombstone(lines) for pk, lines in found.items()}
    return {pk: stone for pk, stone in stones.items() if stone is not None}


def tombstone_at(path: str, audience: Audience) -> PublicationRecord | None:
    """The tombstone at an address, old addresses included."""
    identity = (
        WorkIdentity.objects.filter(path=path).first()
        or WorkIdentity.objects.filter(old_paths__path=path).first()
    )
    return tombstones([identity.pk], audience).get(identity.pk) if identity else None


@dataclass(frozen=True, slots=True)
class Version:
    """What stood between two lines, and what changed with it."""

    line: PublicationRecord
    until: PublicationRecord | None
    texts: tuple[Expression, ...]
    fields: tuple[tuple[str, str, str], ...] = ()
    changes: tuple[Change, ...] = ()
    before: PublicationRecord | None = None


def version(work, number: int, audience: Audience) -> Version | None:
    """One published state of a live work that may still be read, with its difference to the one
    before; None for any other line."""
    lines = telling.readable(lines_of([work.identity_id], audience).get(work.identity_id, []))
    place = next((i for i, line in enumerate(lines) if line.number == number), None)
    if place is None:
        return None
    line, before = lines[place], lines[place - 1] if place else None
    texts = texts_of(work, line)
    after = lines[place + 1] if place + 1 < len(lines) else None
    if before is None:
        return Version(line, after, texts)
    old, new = _contents([before, line])
    changes = difference(_said(texts_of(work, before)), _said(texts))
    fields = tuple(_field_changes(type(work), old, new))
    return Version(line, after, texts, fields, tuple(changes), before)


def texts_of(work, line: PublicationRecord) -> tuple[Expression, ...]:
    """The texts that a line names, in their order; one row for each hash."""
    shown = Expression.objects.filter(
        work=work.identity_id,
        text_hash__in=line.texts,
        state__in=(Part.State.LIVE, Part.State.PAST),
    ).order_by("-language", "valid_from", "pk")
    return tuple({row.text_hash: row for row in shown}.values())


def _said(texts: Iterable[Expression]) -> list[str]:
    return [line for text in texts for line in matching.paragraphs(text.html)]


def _contents(lines: Lines) -> list[dict]:
    hashes = [line.content_hash for line in lines]
    kept = dict(FrozenContent.objects.filter(hash__in=hashes).values_list("hash", "text"))
    return [json.loads(kept.get(digest, "{}")) for digest in hashes]


def _field_changes(model, old: dict, new: dict) -> Iterable[tuple[str, str, str]]:
    """(label, before, after) of metadata that differ; units and relations are only counted."""
    for name in model.FROZEN:
        if name in ("audience", "owner_id") or old.get(name) == new.get(name):
            continue
        label = str(model._meta.get_field(name.removesuffix("_id")).verbose_name)
        yield label, _shown(name, old.get(name)), _shown(name, new.get(name))
    for name, label in (("files", _("files")), ("relations", _("relations"))):
        before, after = (
            {json.dumps(row) for row in content.get(name, ())} for content in (old, new)
        )
        if before != after:
            yield label, f"−{len(before - after)}", f"+{len(after - before)}"


def _shown(name: str, value: object) -> str:
    if value in (None, ""):
        return "–"
    if name == "lead_issuer_id":
        return str(Organisation.objects.filter(pk=value).first() or "–")
    if name == "type_id":
        return str(DocumentType.objects.filter(pk=value).first() or "–")
    text = str(value)
    day = text.split("-")
    return "/".join(reversed(day)) if len(text) == 10 and len(day) == 3 else text
