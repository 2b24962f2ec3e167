"""“Kiểm tra văn bản”: is this file or this text what stands here, or what stood here?

Who asks learns of nothing that he may not read: a text that only an internal document has is
answered like one that nobody has.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import Resolver404, resolve

from portal.editorial.models import PublicationRecord
from portal.organisations.audience import Audience

from . import history, numbering, reading
from .models import Expression, LegalDocument, Manifestation, Provision, WorkIdentity
from .models.part import Part
from .works import visible_works

MOST = 10
#: A boilerplate article stands in thousands of texts; so many places are looked through.
LOOKED_THROUGH = 2000
_HEX = re.compile(r"[0-9a-f]+")
SHOWN = (Part.State.LIVE, Part.State.PAST)


@dataclass(frozen=True, slots=True)
class Match:
    """Where it stands or stood: in what, from when until when, under which lines."""

    line: PublicationRecord
    until: PublicationRecord | None
    url: str
    what: str = ""
    status: reading.StatusLine | None = None
    amended: bool = False

    @property
    def stands(self) -> bool:
        return self.until is None and self.line.is_up


@dataclass(frozen=True, slots=True)
class Answer:
    """``matches`` are those to be shown; ``more`` tells that there are others."""

    matches: tuple[Match, ...]
    more: bool = False


def of_file(sha256: str, audience: Audience, day: dt.date) -> Answer:
    """Works that publish or published a file of exactly these bytes."""
    if len(sha256) != 64 or not _HEX.fullmatch(sha256):
        return Answer(())
    rows = Manifestation.objects.filter(sha256=sha256, state__in=SHOWN)
    return _answer(((row.work_id, sha256, row.name, "") for row in _first(rows)), audience, day)


def of_text(key: str, audience: Audience, day: dt.date) -> Answer:
    """Works whose whole text, or one provision of it, has this key (``matching.key``)."""
    if len(key) != 32 or not _HEX.fullmatch(key):
        return Answer(())
    whole = Expression.objects.filter(text_key=key, state__in=SHOWN).defer("html", "outline")
    found = [(row.work_id, row.text_hash, "", "") for row in _first(whole)]
    units = Provision.objects.filter(text_key=key, expression__state__in=SHOWN)
    units = units.select_related("expression").defer("text", "expression__html")
    found += [
        (row.expression.work_id, row.expression.text_hash, row.label, row.eid)
        for row in _first(units)
    ]
    return _answer(found, audience, day)


def of_place(words: str, audience: Audience, day: dt.date) -> Answer:
    """The work at an address of this portal, or with a number."""
    words = words.strip()[:300]
    identities = _at_address(words) if "/van-ban/" in words or "/chi-dao/" in words else None
    if identities is None:
        key = numbering.key(words)[:120]
        identities = WorkIdentity.objects.filter(number_key=key) if key else []
    rows = [(row.pk, "", "", "") for row in identities[: MOST * 2]]
    return _answer(rows, audience, day)


def _at_address(words: str) -> QuerySet[WorkIdentity]:
    path = "/" + words.partition("://")[2].partition("/")[2] if "://" in words else words
    try:
        found = resolve(path.split("?")[0].split("#")[0]).kwargs
    except Resolver404:
        return WorkIdentity.objects.none()
    at = "{prefix}/{issuer}/{number}".format(
        **{name: found.get(name, "") for name in ("prefix", "issuer", "number")}
    )
    return WorkIdentity.objects.filter(path=at) | WorkIdentity.objects.filter(old_paths__path=at)


def _first(rows: QuerySet) -> QuerySet:
    return rows.order_by("-pk")[:LOOKED_THROUGH]


Found = tuple[int, str, str, str]


def _answer(found: Iterable[Found], audience: Audience, day: dt.date) -> Answer:
    """Matches among (identity, hash that a line must name, name of the part, its id)."""
    rows = list(dict.fromkeys(found))
    lines = history.lines_of({row[0] for row in rows}, audience)
    told = [row for row in rows if row[0] in lines]
    works = visible_works(WorkIdentity.objects.filter(pk__in={row[0] for row in told}), audience)
    matches: list[Match] = []
    for identity, digest, what, eid in told:
        if len(matches) > MOST:
            break
        span = _span(lines[identity], digest)
        if span:
            work = works.get(identity)
            matches.append(_match(span, work, what, eid, audience, day))
    matches.sort(key=lambda match: (not match.stands, -match.line.number))
    return Answer(tuple(matches[:MOST]), len(matches) > MOST)


def _span(lines: list[PublicationRecord], digest: str):
    """The newest run of lines that name the hash: its first line, and the line that ended it."""
    start = end = None
    for line in lines:
        names = line.is_up and (not digest or digest in line.texts or digest in line.files)
        if names and (start is None or end is not None):
            start, end = line, None
        elif not names and start is not None and end is None:
            end = line
    return (start, end) if start else None


def _match(span, work, what: str, eid: str, audience: Audience, day: dt.date) -> Match:
    line, until = span
    status = reading.status_line(work, day, audience) if isinstance(work, LegalDocument) else None
    amended = bool(status and eid and any(eid == at for at, _by, _url in status.amendments))
    path = line.identity.get("path", "")
    base = work.identity.url if work else f"/{path}/" if path else ""
    url = f"{base}{eid}/" if eid and work and until is None and _has_page(eid) else base
    return Match(line, until, url, what, status, amended)


def _has_page(eid: str) -> bool:
    return ".khoan-" not in eid and ".diem-" not in eid
