"""Filters of the search page: from the query string, and back to links with counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from legal_docs.browsing import STATUS_LABELS, Choice, Facet
from portal.organisations.models import Level
from search.engines.base import Hits
from search.labels import Labels
from search.plan import Filters

ROWS = 20
#: Parameter → (field of the engine, label), in the order of the page.
NAMES = {
    "loai": ("type", _("Type")),
    "co-quan": ("issuer", _("Issuer")),
    "cap": ("level", _("Level")),
    "tinh": ("province", _("Province")),
    "linh-vuc": ("field", _("Field")),
    "nam": ("year", _("Year")),
    "hieu-luc": ("status", _("Validity")),
}
COUNTED = tuple(field for field, _label in NAMES.values())
STATUSES = {status.value: label for status, label in STATUS_LABELS.items()}
#: What a filter of the plan is called in the query string.
DIMENSIONS = {
    "loai": "types",
    "co-quan": "issuers",
    "cap": "levels",
    "tinh": "provinces",
    "linh-vuc": "fields",
    "nam": "years",
    "hieu-luc": "statuses",
}


def filters_of(query: Mapping[str, str], said: Filters, names: Labels) -> Filters:
    """Filters asked for by parameters; each stands before one said in words.

    What is unknown is dropped: a link that grew old still finds something.
    """
    readers: dict[str, Callable[[str], object | None]] = {
        "loai": lambda value: value[:60],
        "co-quan": lambda value: _pk(names.organisations.find(value)),
        "cap": lambda value: value if value in Level.values else None,
        "tinh": lambda value: _slug(names.organisations.find(value)),
        "linh-vuc": lambda value: _pk(names.fields.find(value)),
        "nam": year_of,
        "hieu-luc": lambda value: value if value in STATUSES else None,
    }
    found = {}
    for name, read in readers.items():
        value = read(query[name]) if query.get(name) else None
        if value is not None:
            found[DIMENSIONS[name]] = (value,)
    return replace(said, **found)


def year_of(value: str) -> int | None:
    """A year in four plain digits."""
    plain = value.isascii() and value.isdecimal() and len(value) == 4
    return int(value) if plain and int(value) else None


def _pk(label) -> int | None:
    return label.pk if label else None


def _slug(label) -> str | None:
    return label.slug if label else None


def facets_of(hits: Hits, query: QueryDict, filters: Filters, names: Labels) -> list[Facet]:
    """Facets with counts and with what is chosen, in the order of ``NAMES``.

    A filter that was said in words has a chip of its own, which takes it away.
    """
    counted = {facet.field: facet.counts[:ROWS] for facet in hits.facets}
    called = labelled(counted, filters, names)
    facets = []
    for name, (field, label) in NAMES.items():
        chosen = {str(v) for v in getattr(filters, DIMENSIONS[name])} if name in query else set()
        choices = []
        counts = counted.get(field, ())
        for value, count in sorted(counts, reverse=True) if field == "year" else counts:
            if value in called[field]:
                slug, shown = called[field][value]
                choices.append(Choice(slug, shown, count, value in chosen))
        known = {value for value, _count in counted.get(field, ())}
        for value in sorted(chosen - known):
            if value in called[field]:
                slug, shown = called[field][value]
                choices.insert(0, Choice(slug, shown, 0, True))
        if choices:
            facets.append(Facet(name, label, choices))
    return facets


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
