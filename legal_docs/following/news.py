"""What there is to tell of a document to the public: for its feed, and for mails since a line of
the ledger. Nothing here is kept; who may see what is asked of ``history`` and ``visible_works``
each time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from legal_docs import history, reading
from legal_docs.models import Relation, WorkIdentity
from legal_docs.works import kinds, visible_works
from portal.core.batching import batched
from portal.editorial.models import FrozenContent, PublicationRecord
from portal.organisations.audience import PUBLIC

from .rules import News, Steps, first_since, missed_since


@dataclass(frozen=True, slots=True)
class Acting:
    """A document that acts on another one, as the public sees it."""

    kind: str
    source: WorkIdentity
    news: News


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What is new of one document; ``label`` is what the public may call it now."""

    label: str
    url: str
    news: tuple[News, ...] = ()


def told(line: PublicationRecord, identity: WorkIdentity) -> News:
    """A line of the ledger as news."""
    title = f"{line.get_act_display()}: {line.label}"
    return News(line.at, title, identity.url, f"dong-{line.number}", line.note)


def acting(work) -> Iterator[Acting]:
    """Documents that act on it, dated by the day on which the portal published them."""
    for group in reading.relation_groups(work, PUBLIC):
        for row in group.rows:
            other, relation = row["work"], row["relation"]
            if other is not None and relation.target_id == work.identity_id:
                mark = f"{relation.kind}-{other.identity_id}"
                title = f"{group.label}: {other.title}"
                url = other.identity.url
                news = News(other.first_published_at, title, url, mark, other.subject)
                yield Acting(relation.kind, other.identity, news)


def names(identities: Iterable[WorkIdentity]) -> dict[int, Bulletin]:
    """What the public may call documents, by identity; those it may not know of are left out."""
    known = {identity.pk: identity for identity in identities}
    lines = history.lines_of(known, PUBLIC)
    return {pk: Bulletin(found[-1].label, known[pk].url) for pk, found in lines.items()}


def touched(after: int, until: int) -> set[int]:
    """Identities of works of which lines tell, and of those on which they act."""
    lines = PublicationRecord.objects.filter(number__gt=after, number__lte=until)
    found: set[int] = set()
    for kind in kinds():
        own = lines.filter(content_type=ContentType.objects.get_for_model(kind.model))
        pks = sorted(set(own.order_by().values_list("object_id", flat=True)))
        for some in batched(pks):
            rows = kind.model._base_manager.filter(pk__in=some)
            found |= set(rows.values_list("identity_id", flat=True))
    targets: set[int] = set()
    for some in batched(sorted(found)):
        edges = Relation.objects.live().filter(Q(source__in=some) | Q(stated_by__in=some))
        targets |= set(edges.values_list("target_id", flat=True))
    return found | targets


def newer(identity: WorkIdentity, after: int, until: int) -> Bulletin | None:
    """What lines ``after`` one, ``until`` another, brought of a document, oldest first; None when
    the public may not know of it, or there is nothing."""
    lines = history.lines_of([identity.pk], PUBLIC).get(identity.pk, [])
    if not lines:
        return None
    news = [told(line, identity) for line in lines if after < line.number <= until]
    if work := visible_works([identity], PUBLIC).get(identity.pk):
        news += _newly_acting(work, after, until)
    news.sort(key=lambda one: (one.at, one.mark))
    return Bulletin(lines[-1].label, identity.url, tuple(news)) if news else None


def _newly_acting(work, after: int, until: int) -> Iterator[News]:
    """What came to act on it: since then the public sees both the document that acts and the one
    that states so without a break."""
    found = {(one.kind, one.source.pk): one for one in acting(work)}
    if not found:
        return
    edges: dict[tuple[str, int], list[int]] = {}
    rows = Relation.objects.live().filter(target=work.identity_id)
    for kind, source, stated_by in rows.values_list("kind", "source", "stated_by"):
        if (kind, source) in found:
            edges.setdefault((kind, source), []).append(stated_by)
    ends = {source for _kind, source in edges} | {pk for some in edges.values() for pk in some}
    lines = _all_lines(ends | {work.identity_id})
    missed = missed_since(_shown(lines.get(work.identity_id, [])), after)
    late = {pk for pk, some in lines.items() if some[-1].number > missed}
    at = {line.number: line.at for some in lines.values() for line in some}
    contents = _Contents()
    for (kind, source), statements in edges.items():
        if source not in late and not late & set(statements):
            continue
        edge = [kind, source, work.identity_id]
        several = [
            (_shown(lines.get(source, [])), _stating(lines.get(one, []), edge, contents))
            for one in statements
        ]
        line = first_since(several)
        if line is not None and missed < line <= until:
            yield replace(found[kind, source].news, at=at[line])


def _all_lines(identities: Iterable[int]) -> dict[int, list[PublicationRecord]]:
    """All lines about works, oldest first, hidden ones too: they tell since when, not what."""
    found: dict[int, list[PublicationRecord]] = {}
    for kind in kinds():
        for some in batched(sorted(identities)):
            rows = kind.model._base_manager.filter(identity__in=some)
            works = dict(rows.values_list("pk", "identity_id"))
            content_type = ContentType.objects.get_for_model(kind.model)
            lines = PublicationRecord.objects.filter(
                content_type=content_type, object_id__in=list(works)
            )
            names = ("number", "act", "at", "audience", "content_hash", "object_id")
            for line in lines.only(*names).order_by("number"):
                found.setdefault(works[line.object_id], []).append(line)
    return found


def _is_shown(line: PublicationRecord) -> bool:
    return line.is_up and bool(set(PUBLIC.tokens()) & set(line.audience))


def _shown(lines: list[PublicationRecord]) -> Steps:
    return [(line.number, _is_shown(line)) for line in lines]


def _stating(lines: list[PublicationRecord], edge: list, contents: _Contents) -> Steps:
    return [
        (line.number, _is_shown(line) and edge in contents.relations_of(line.content_hash))
        for line in lines
    ]


class _Contents:
    """Relations in published contents: ``[kind, source, target]``, each content read once."""

    def __init__(self) -> None:
        self._kept: dict[str, list] = {}

    def relations_of(self, digest: str) -> list:
        if digest not in self._kept:
            text = FrozenContent.objects.filter(hash=digest).values_list("text", flat=True).first()
            rows = json.loads(text).get("relations", ()) if text else ()
            self._kept[digest] = [row[:3] for row in rows]
        return self._kept[digest]
