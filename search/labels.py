"""Names behind ids and slugs (issuers, provinces, fields), kept in the process.

A page of results names dozens of them; asked for once, they cost its budget of queries nothing.
They live as long as the lexicon, which is built anew when a register grows, and no longer than
the clock of edited names.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Model

from legal_docs.models import Field
from portal.organisations.models import Organisation
from search.lexicon import NAMES_KEPT_SECONDS, with_newest
from search.understanding import Lexicon


@dataclass(frozen=True, slots=True)
class Label:
    """A row of a register as filters show it."""

    pk: int
    slug: str
    name: str


@dataclass(slots=True)
class Register:
    """The rows of one register that were asked for so far."""

    model: type[Model]
    by_pk: dict[int, Label] = field(default_factory=dict)
    by_slug: dict[str, Label] = field(default_factory=dict)

    def of(self, pks: Iterable[int]) -> dict[int, Label]:
        """Labels by id; one query for those not yet known."""
        wanted = set(pks)
        if missing := wanted - self.by_pk.keys():
            self._read(pk__in=missing)
        return {pk: self.by_pk[pk] for pk in wanted if pk in self.by_pk}

    def at(self, slugs: Iterable[str]) -> dict[str, Label]:
        """Labels by slug; one query for those not yet known."""
        wanted = set(slugs)
        if missing := wanted - self.by_slug.keys():
            self._read(slug__in=missing)
        return {slug: self.by_slug[slug] for slug in wanted if slug in self.by_slug}

    def find(self, asked: Sequence[str]) -> dict[str, Label]:
        """Parameter → the row that it names, by slug or by id; at most one query for each way."""
        pks = {
            one: int(one) for one in asked if one.isascii() and one.isdecimal() and len(one) < 12
        }
        by_pk = self.of(pks.values())
        by_slug = self.at(one[:120] for one in asked if one not in pks)
        found = {
            one: by_pk.get(pks[one]) if one in pks else by_slug.get(one[:120]) for one in asked
        }
        return {one: row for one, row in found.items() if row}

    def _read(self, **which: Iterable[object]) -> None:
        for row in self.model.objects.filter(**which).values_list("pk", "slug", "name"):
            self.by_pk[row[0]] = self.by_slug[row[1]] = Label(*row)


@dataclass(frozen=True, slots=True)
class Labels:
    """Both registers, as long as one lexicon stands; ``newest`` is the ledger's newest line."""

    lexicon: Lexicon
    newest: int
    since: float
    organisations: Register
    fields: Register


_kept: Labels | None = None


def labels() -> Labels:
    """The present names."""
    global _kept
    kept, (words, newest), now = _kept, with_newest(), time.monotonic()
    if kept is None or kept.lexicon is not words or now - kept.since > NAMES_KEPT_SECONDS:
        kept = _kept = Labels(words, newest, now, Register(Organisation), Register(Field))
    return replace(kept, newest=newest)
