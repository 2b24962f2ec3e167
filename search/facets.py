"""Filters of the search page: from the query string, and back to links with counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from legal_docs.browsing import STATUS_LABELS, Choice, Facet
from portal.organisations.models import Level
from search.engines.base import Hits
from search.labels import Labels
from search.links import ChoiceLinks, linked
from search.plan import FILTER_ON, Filters

ROWS: Final = 60
#: Parameter → (field of the engine, label), in the order of the page.
NAMES = {
    "loai": ("type", _("Type of document")),
    "co-quan": ("issuer", _("Issuer")),
    "cap": ("level", _("Level")),
    "tinh": ("province", _("Province")),
    "linh-vuc": ("field", _("Field of law")),
    "nam": ("year", _("Year")),
    "hieu-luc": ("status", _("Validity")),
}
COUNTED = tuple(field for field, _label in NAMES.values())
STATUSES = {status.value: label for status, label in STATUS_LABELS.items()}
#: What a filter of the plan is called in the query string.
DIMENSIONS: Final = {name: FILTER_ON[field] for name, (field, _label) in NAMES.items()}
#: Values of one facet that may be chosen together.
MOST: Final = 20


def chosen_of(query: QueryDict, names: Labels) -> Filters:
    """Filters asked for by parameters; several values of one are "or", at most ``MOST`` count.

    What is unknown is dropped: a link that grew old still finds something.
    """
    readers: dict[str, Callable[[list[str]], Iterable[object]]] = {
        "loai": lambda values: [value[:60] for value in values],
        "co-quan": lambda values: [row.pk for row in names.organisations.find(values).values()],
        "cap": lambda values: [value for value in values if value in Level.values],
        "tinh": lambda values: [row.slug for row in names.organisations.find(values).values()],
        "linh-vuc": lambda values: [row.pk for row in names.fields.find(values).values()],
        "nam": lambda values: [year for value in values if (year := year_of(value))],
        "hieu-luc": lambda values: [value for value in values if value in STATUSES],
    }
    return Filters(
        **{
            DIMENSIONS[name]: tuple(read(query.getlist(name)[:MOST]))
            for name, read in readers.items()
        }
    )


def replaced(chosen: Filters) -> set[str]:
    """Steps of understanding that count for nothing, because the reader chose himself."""
    codes = {code_of(name) for name, one in DIMENSIONS.items() if getattr(chosen, one)}
    if chosen.years or chosen.issued_from or chosen.issued_to:
        codes |= {"nam", "ngay_ban_hanh"}
    return codes


def code_of(name: str) -> str:
    """The step of understanding that says in words what this parameter says."""
    return name.replace("-", "_")


def year_of(value: str) -> int | None:
    """A year in four plain digits."""
    plain = value.isascii() and value.isdecimal() and len(value) == 4
    return int(value) if plain and int(value) else None


@dataclass(frozen=True, slots=True)
class _Picked:
    """What of one facet is chosen or was said, by value of the engine, and links that change it."""

    name: str
    slugs: Mapping[str, str]
    given: bool
    query: QueryDict
    links: ChoiceLinks

    def link(self, value: str, slug: str) -> str:
        """The query with one value more or less; what was said in words becomes a choice with "
        "it."""
        if value not in self.slugs:
            return self.links.choosing(self.name, [*self.slugs.values(), slug])
        left = [other for one, other in self.slugs.items() if one != value]
        if left or self.given:
            return self.links.choosing(self.name, left)
        return linked(self.query, undo=[code_of(self.name)])


def facets_of(
    hits: Hits, query: QueryDict, filters: Filters, given: Set[str], names: Labels
) -> list[Facet]:
    """Facets with counts and with what is chosen or was said, in the order of ``NAMES``.

    ``given`` names those that parameters chose. Every choice has a link that adds it to the others
    or takes it away.
    """
    counted = {facet.field: facet.counts for facet in hits.facets}
    called = labelled(counted, filters, names)
    links = ChoiceLinks(query, NAMES)
    facets = []
    for name, (field, label) in NAMES.items():
        known = called[field]
        chosen = [value for value in map(str, getattr(filters, DIMENSIONS[name])) if value in known]
        picked = _Picked(
            name, {value: known[value][0] for value in chosen}, name in given, query, links
        )
        counts = dict.fromkeys(sorted(chosen), 0) | dict(counted.get(field, ()))
        choices = [
            Choice(*known[value], counts[value], value in picked.slugs, picked.link(value, slug))
            for value, slug in _shown(field, counts, known, picked.slugs)
        ]
        if choices:
            facets.append(Facet(name, label, choices, several=True))
    return facets


def _shown(
    field: str,
    counts: Mapping[str, int],
    known: Mapping[str, tuple[str, str]],
    picked: Mapping[str, str],
) -> list[tuple[str, str]]:
    """Values and parameters that are shown: the most frequent, and all that are picked."""
    by_count = sorted(counts, key=lambda value: (-counts[value], value))
    order = sorted(counts, reverse=True) if field == "year" else by_count
    named = [value for value in order if value in known]
    return [(v, known[v][0]) for place, v in enumerate(named) if place < ROWS or v in picked]


def labelled(
    counted: Mapping[str, tuple[tuple[str, int], ...]], filters: Filters, names: Labels
) -> dict[str, dict[str, tuple[str, str]]]:
    """Field → value of the engine → (value of the parameter, words for it)."""
    values = {
        field: {value for value, _count in counted.get(field, ())}
        | {str(value) for value in getattr(filters, DIMENSIONS[name])}
        for name, (field, _label) in NAMES.items()
    }
    issuers = names.organisations.of(int(value) for value in values["issuer"] if value.isdecimal())
    fields = names.fields.of(int(value) for value in values["field"] if value.isdecimal())
    areas = names.organisations.at(values["province"])
    levels = {value: str(label) for value, label in Level.choices}
    return {
        "type": {value: (value, value) for value in values["type"] if value},
        "issuer": {str(pk): (row.slug, row.name) for pk, row in issuers.items()},
        "level": {value: (value, levels[value]) for value in values["level"] & levels.keys()},
        "province": {slug: (slug, row.name) for slug, row in areas.items()},
        "field": {str(pk): (row.slug, row.name) for pk, row in fields.items()},
        "year": {value: (value, value) for value in values["year"] if year_of(value)},
        "status": {value: (value, STATUSES[value]) for value in values["status"] & STATUSES.keys()},
    }
