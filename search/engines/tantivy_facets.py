"""Facets of the embedded index: exact counts of documents, all of them in one pass."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import tantivy

from legal_docs.validity import Status
from search.engines.base import Facet
from search.engines.tantivy_schema import FACETS
from search.engines.weights import EARLIEST, STATUSES

#: Days by which a status is known, each cut where its meaning changes: EARLIEST is the first day
#: that is known, None stands for tomorrow.
_CUTS: Final[tuple[tuple[str, tuple[int | None, ...]], ...]] = (
    ("expires", (None,)),
    ("in_force", (EARLIEST, None)),
    ("suspended_from", (None,)),
    ("suspended_until", (None,)),
    ("partly_from", (None,)),
)
_STATUS: Final = "status"
Path = tuple[int, ...]
"""Per field, the number of the range in which its day lies."""


def total(result: Any) -> int:
    """Return how many records matched."""
    return int(result.count or 0)


def facets_of(
    searcher: tantivy.Searcher, query: tantivy.Query, names: tuple[str, ...], today: int
) -> tuple[Facet, ...]:
    """Count the documents that ``query`` matches by the values of each field."""
    terms = [name for name in names if name in FACETS or name == "year"]
    asked: dict[str, Any] = {name: {"terms": {"field": name, "size": 1000}} for name in terms}
    if _STATUS in names:
        asked |= _by_days(today)
    found = searcher.aggregate(query, asked) if asked else {}
    counts = {
        name: tuple((_key(b["key"]), b["doc_count"]) for b in found[name]["buckets"])
        for name in terms
    }
    if _STATUS in names:
        counts[_STATUS] = _statuses(found)
    return tuple(Facet(name, counts[name]) for name in names if name in counts)


def _by_days(today: int) -> dict[str, Any]:
    """Return the ranges of days inside one another, the first of ``_CUTS`` outermost."""
    inner: dict[str, Any] = {}
    for field, cuts in reversed(_CUTS):
        edges = [today + 1 if cut is None else cut for cut in cuts]
        ranges = [{"to": edges[0]}]
        ranges += [{"from": a, "to": b} for a, b in pairwise(edges)]
        ranges.append({"from": edges[-1]})
        inner = {_STATUS: {"range": {"field": field, "ranges": ranges}, "aggs": inner}}
    return inner


def _statuses(found: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    counts = dict.fromkeys(STATUSES, 0)
    for path, count in _leaves(found, ()):
        counts[_status(path)] += count
    told = [one for one in counts.items() if one[1]]
    return tuple(sorted(told, key=lambda one: (-one[1], one[0])))


def _leaves(found: dict[str, Any], path: Path) -> Iterator[tuple[Path, int]]:
    for place, bucket in enumerate(found[_STATUS]["buckets"]):
        here = (*path, place)
        if len(here) == len(_CUTS):
            yield here, bucket["doc_count"]
        elif bucket["doc_count"]:
            yield from _leaves(bucket, here)


def _status(path: Path) -> str:
    """Return the status as ``Queries.status`` has it, of days that are past (0) or to come."""
    expires, in_force, suspended_from, suspended_until, partly_from = path
    if not expires:
        return Status.ENDED.value
    if in_force != 1:
        return Status.NOT_YET.value if in_force else Status.UNKNOWN.value
    if not suspended_from and suspended_until:
        return Status.SUSPENDED.value
    return Status.IN_FORCE.value if partly_from else Status.PARTLY_ENDED.value


def _key(value: object) -> str:
    return str(int(value)) if isinstance(value, float) else str(value)
