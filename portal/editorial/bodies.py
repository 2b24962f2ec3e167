"""Agencies as publication checks ask for them: by what they sign with, and from when to when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from portal.organisations.models import Kind, Level, Organisation, OrganisationName

from .pieces import remembered

#: Councils and committees of every place write the same symbol.
SHARED_SYMBOLS = {Kind.COMMITTEE: ("UBND", "UB"), Kind.COUNCIL: ("HĐND",)}
_SYMBOLS = (OrganisationName.Use.ABBREVIATION, OrganisationName.Use.SUFFIX)
_NUMBERS = ~Q(kind__in=[*SHARED_SYMBOLS, Kind.AREA]) & ~Q(abbreviation="")
_CHANGED = (
    Q(level__in=[Level.CENTRAL, Level.PROVINCE])
    & ~Q(kind__in=list(SHARED_SYMBOLS))
    & (Q(valid_from__isnull=False) | Q(valid_to__isnull=False))
)


@dataclass(frozen=True, slots=True)
class Body:
    """``symbols``: what it writes in the numbers of its documents. ``changed``: it is of the
    centre or a province, and has a beginning or an end."""

    pk: int
    name: str
    kind: str
    since: dt.date | None
    until: dt.date | None
    symbols: frozenset[str]
    changed: bool


def bodies(draft) -> tuple[Body, ...]:
    """Those that number documents, and those that came or went; one query for all checks."""
    return remembered(draft, "bodies", _read)


def _read() -> tuple[Body, ...]:
    rows: dict[int, tuple] = {}
    symbols: dict[int, set[str]] = {}
    for pk, *about, level, abbreviation, name, use in Organisation.objects.filter(
        _NUMBERS | _CHANGED
    ).values_list(
        "pk", "name", "kind", "valid_from", "valid_to", "level", "abbreviation", "names__name",
        "names__use",
    ):  # fmt: skip
        rows[pk] = (*about, level)
        own = symbols.setdefault(pk, {abbreviation} if _numbers(about[1], abbreviation) else set())
        if own and use in _SYMBOLS:
            own.add(name)
    return tuple(
        Body(pk, name, kind, since, until, frozenset(symbols[pk]),
             bool(since or until) and level in (Level.CENTRAL, Level.PROVINCE)
             and kind not in SHARED_SYMBOLS)
        for pk, (name, kind, since, until, level) in rows.items()
    )  # fmt: skip


def _numbers(kind: str, abbreviation: str) -> bool:
    return bool(abbreviation) and kind != Kind.AREA and kind not in SHARED_SYMBOLS
