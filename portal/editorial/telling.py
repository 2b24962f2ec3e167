"""What the ledger tells to whom.

That something happened (number, act, time, hash) is told to everybody. To which item, only to
those to whom the item was addressed then *and* is addressed now: a document that was made
internal takes its whole history with it, and one that was made public keeps its inner past.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Max

from portal.organisations.audience import Audience

from .models import PublicationRecord
from .models.publishable import Publishable

Key = tuple[int, int]


def told(lines: Sequence[PublicationRecord], audience: Audience) -> set[int]:
    """Numbers of those lines whose item this reader may be told of; two queries."""
    held = set(audience.tokens())
    newest = _newest_audiences({_key(line) for line in lines})
    return {
        line.number
        for line in lines
        if held & set(line.audience) and held & set(newest.get(_key(line), ()))
    }


def history(model: type[Publishable], pks: Iterable[int], audience: Audience) -> dict[int, list]:
    """The lines about items of a model that this reader may be told of, oldest first, by item."""
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_model(model)
    lines = list(
        PublicationRecord.objects.filter(content_type=kind, object_id__in=list(pks)).order_by(
            "number"
        )
    )
    seen = told(lines, audience)
    found: dict[int, list] = {}
    for line in lines:
        if line.number in seen:
            found.setdefault(line.object_id, []).append(line)
    return found


def readable(lines: Sequence[PublicationRecord]) -> list[PublicationRecord]:
    """Of an item's lines those whose content may still be read: what was withdrawn may not, and
    a later publication does not bring it back."""
    last_down = max((line.number for line in lines if line.is_down), default=0)
    return [line for line in lines if line.is_up and line.number > last_down]


def tombstone(lines: Sequence[PublicationRecord]) -> PublicationRecord | None:
    """The line that took an item down, when it is down."""
    return lines[-1] if lines and lines[-1].is_down else None


def exported(line: PublicationRecord, is_told: bool) -> dict[str, object]:
    """A line for the public export. The chain can be proved through lines that tell nothing;
    lines of format 1 can only be followed."""
    chained = line.chained_content()
    row: dict[str, object] = {
        "format": line.format,
        "number": line.number,
        "act": line.act,
        "at": line.at.isoformat(),
        "previous": line.previous_hash,
        "hash": line.hash,
    }
    if line.format >= 2:
        row |= {"item": chained["item"], "inner": chained["inner"]}
        if is_told:
            row |= {"salt": line.facts_salt, "facts": line.facts()}
    return row


def _key(line: PublicationRecord) -> Key:
    return line.content_type_id, line.object_id


def _newest_audiences(keys: set[Key]) -> dict[Key, list[str]]:
    if not keys:
        return {}
    about = PublicationRecord.objects.order_by().filter(
        content_type__in={kind for kind, _pk in keys}, object_id__in={pk for _kind, pk in keys}
    )
    numbers = about.values("content_type", "object_id").annotate(newest=Max("number"))
    lines = PublicationRecord.objects.filter(number__in=numbers.values("newest"))
    names = ("content_type_id", "object_id", "audience")
    return {(kind, pk): audience for kind, pk, audience in lines.values_list(*names)}
