"""Filters of the search page: from the query string, and back to links with counts."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from legal_docs.browsing import STATUS_LABELS, Choice, Facet
from legal_docs.validity import Status
from portal.organisations.models import Level, Organisation
from search.engines.base import Hits
from search.plan import Filters

ROWS = 10
#: Parameter → (field of the engine, label).
NAMES = {
    "loai": ("type", _("Type")),
    "co-quan": ("issuer", _("Issuer")),
    "cap": ("level", _("Level")),
    "nam": ("year", _("Year")),
}


def filters_of(query: QueryDict) -> Filters:
    """Filters asked for; unknown values are dropped."""
    issuer = query.get("co-quan", "")
    year = query.get("nam", "")
    status = query.get("hieu-luc", "")
    level = query.get("cap", "")
    return Filters(
        types=(query["loai"][:60],) if query.get("loai") else (),
        issuers=(int(issuer),) if issuer.isdecimal() and len(issuer) < 12 else (),
        levels=(level,) if level in Level.values else (),
        statuses=(status,) if status in {s.value for s in Status} else (),
        years=(int(year),) if year.isdecimal() and len(year) == 4 else (),
    )


def facets_of(hits: Hits, query: QueryDict) -> list[Facet]:
    """Facets with counts and with what is chosen, in the order of ``NAMES``."""
    counted = {facet.field: facet.counts for facet in hits.facets}
    labels = _labels(counted, query)
    facets = []
    for name, (field, label) in NAMES.items():
        chosen = query.get(name, "")
        choices = [
            Choice(value, labels(name, value), count, value == chosen)
            for value, count in counted.get(field, ())[:ROWS]
            if labels(name, value)
        ]
        if chosen and not any(choice.chosen for choice in choices) and labels(name, chosen):
            choices.insert(0, Choice(chosen, labels(name, chosen), 0, True))
        if choices:
            facets.append(Facet(name, label, choices))
    return facets


def _labels(counted: dict, query: QueryDict):
    """A function (parameter, value) → label; one query for all issuers."""
    ids = [value for value, _count in counted.get("issuer", ())[:ROWS]] + [query.get("co-quan", "")]
    names = dict(
        Organisation.objects.filter(
            pk__in=[int(value) for value in ids if str(value).isdecimal() and len(value) < 12]
        ).values_list("pk", "name")
    )
    statuses = {status.value: label for status, label in STATUS_LABELS.items()}
    levels = dict(Level.choices)

    def label(name: str, value: str) -> str:
        if name == "co-quan":
            return names.get(int(value), "") if str(value).isdecimal() else ""
        if name == "hieu-luc":
            return statuses.get(value, "")
        if name == "cap":
            return str(levels.get(value, ""))
        return str(value)

    return label
