"""Parameters of the API, read strictly: a program is told of its slip, a person is helped.

The query itself is never an error, whatever it holds.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.organisations.audience import Audience
from portal.organisations.models import Level
from search.asking import DEPTH, parse_day
from search.beside import page_plan
from search.facets import COUNTED, STATUSES, replaced, year_of
from search.facets import MOST as MOST_VALUES
from search.labels import Labels, labels
from search.plan import Filters, SearchPlan, Sort
from search.understanding import understand
from search.understanding.choosing import with_choices

from .problems import BadParameters, Fault

LONGEST: Final = 500
SIZE: Final = 20
MOST: Final = 100
SORTS: Final = {
    "relevance": Sort.RELEVANCE,
    "newest": Sort.NEWEST,
    "oldest": Sort.OLDEST,
    "in_force": Sort.IN_FORCE,
}
#: What is searched: documents, or news and pages; and what only documents have.
KINDS: Final = ("documents", "pages")
_OF_DOCUMENTS: Final = ("type", "issuer", "level", "province", "field", "year", "status", "as_at")
NAMES: Final = (
    "q", "kind", "type", "issuer", "level", "province", "field", "year", "status", "as_at", "from", "to",
    "sort", "page", "size",
)  # fmt: skip


@dataclass(slots=True)
class _Reading:
    """Values as they are read, with the faults found on the way."""

    query: QueryDict
    faults: list[Fault]

    def value(self, name: str, longest: int = 200) -> str:
        return self.query.get(name, "")[:longest].strip()

    def values(self, name: str, longest: int = 200) -> list[str]:
        found = (value[:longest].strip() for value in self.query.getlist(name))
        values = list(dict.fromkeys(value for value in found if value))
        if len(values) > MOST_VALUES:
            self.faults.append(Fault(name, _("At most %(most)d values.") % {"most": MOST_VALUES}))
        return values[:MOST_VALUES]

    def day(self, name: str) -> date | None:
        typed = self.value(name)
        day = parse_day(typed, last=name == "to") if typed else None
        if typed and day is None:
            self.faults.append(Fault(name, _("A day as 2024-12-31.")))
        return day

    def whole(self, name: str, default: int, most: int) -> int:
        typed = self.value(name)
        if not typed:
            return default
        if typed.isascii() and typed.isdecimal() and len(typed) < 9 and 1 <= int(typed) <= most:
            return int(typed)
        self.faults.append(Fault(name, _("A whole number from 1 to %(most)d.") % {"most": most}))
        return default

    def some_of(self, name: str, known: Collection[str]) -> tuple[str, ...]:
        typed = self.values(name)
        if any(value not in known for value in typed):
            detail = _("One of: %(values)s.") % {"values": ", ".join(known)}
            self.faults.append(Fault(name, detail))
            return ()
        return tuple(typed)

    def one_of(self, name: str, known: Collection[str]) -> str:
        return next(iter(self.some_of(name, known)[-1:]), "")


def plan_of(query: QueryDict, audience: Audience) -> tuple[SearchPlan, Labels, bool]:
    """The plan that a request asks for, the names that its answer needs, and whether it is for news
    and pages.

    Raises:
        BadParameters: with every parameter that can't be read.
    """
    reading, names = _Reading(query, []), labels()
    as_at = reading.day("as_at")
    size = reading.whole("size", SIZE, MOST)
    page = reading.whole("page", 1, DEPTH)
    if page * size > DEPTH and not reading.faults:
        detail = _("Only the first %(depth)d documents can be paged to.") % {"depth": DEPTH}
        reading.faults.append(Fault("page", detail))
    sort = reading.one_of("sort", SORTS)
    pages = reading.one_of("kind", KINDS) == "pages"
    if pages:
        _refuse_of_documents(reading, sort)
    chosen = _filters(reading, names)
    if reading.faults:
        raise BadParameters(reading.faults)
    day = as_at or timezone.localdate()
    plan = understand(query.get("q", "")[:LONGEST], names.lexicon, audience, day)
    plan = replace(
        plan,
        filters=with_choices(plan.filters, chosen),
        sort=SORTS[sort] if sort else plan.sort,
        page=page,
        page_size=size,
        facets=COUNTED,
    )
    if pages:
        return page_plan(plan, names.lexicon, verbatim=False), names, True
    over = replaced(chosen)
    because = tuple(reason for reason in plan.because if reason.code not in over)
    return replace(plan, because=because), names, False


def _refuse_of_documents(reading: _Reading, sort: str) -> None:
    detail = _("Only documents have it; leave it out with kind=pages.")
    reading.faults += [Fault(name, detail) for name in _OF_DOCUMENTS if reading.value(name)]
    if sort == "in_force":
        reading.faults.append(Fault("sort", detail))


def _filters(reading: _Reading, names: Labels) -> Filters:
    found: dict[str, tuple[object, ...]] = {"types": tuple(reading.values("type", 60))}
    for name, register, one, column in (
        ("issuer", names.organisations, "issuers", "pk"),
        ("province", names.organisations, "provinces", "slug"),
        ("field", names.fields, "fields", "pk"),
    ):
        typed = reading.values(name)
        rows = register.find(typed)
        found[one] = tuple(dict.fromkeys(getattr(row, column) for row in rows.values()))
        if len(rows) < len(typed):
            detail = _("No such value; the facets of an answer name those that are there.")
            reading.faults.append(Fault(name, detail))
    levels = [value for value in Level.values if value != Level.UNIT]
    found["levels"] = reading.some_of("level", levels)
    found["statuses"] = reading.some_of("status", STATUSES)
    years = reading.values("year")
    found["years"] = tuple(year for value in years if (year := year_of(value)))
    if len(found["years"]) < len(years):
        reading.faults.append(Fault("year", _("A year in four digits.")))
    since, until = reading.day("from"), reading.day("to")
    if since and until and since > until:
        reading.faults.append(Fault("to", _("The last day comes before the first.")))
    return Filters(**found, issued_from=since, issued_to=until)


def is_empty(plan: SearchPlan) -> bool:
    """Whether nothing was asked for."""
    return not plan.text.strip() and plan.filters == Filters()
