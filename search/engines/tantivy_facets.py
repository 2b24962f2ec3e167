"""Facets of the embedded index: exact counts of documents."""

from typing import Any

import tantivy

from search.engines.base import Facet
from search.engines.tantivy_query import Queries, all_of, silent
from search.engines.tantivy_schema import FACETS
from search.engines.weights import STATUSES


def total(result: Any) -> int:
    """Return how many records matched."""
    return int(result.count or 0)


def facets_of(
    searcher: tantivy.Searcher, queries: Queries, query: tantivy.Query, names: tuple[str, ...]
) -> tuple[Facet, ...]:
    """Count the documents that ``query`` matches by the values of each field."""
    wanted = [name for name in names if name in FACETS or name == "year"]
    asked = {name: {"terms": {"field": name, "size": 1000}} for name in wanted}
    found = searcher.aggregate(query, asked) if asked else {}
    counts = {
        name: tuple((_key(b["key"]), b["doc_count"]) for b in found[name]["buckets"])
        for name in wanted
    }
    if "status" in names:
        counts["status"] = _status_counts(searcher, queries, query)
    return tuple(Facet(name, counts[name]) for name in names if name in counts)


def _status_counts(
    searcher: tantivy.Searcher, queries: Queries, query: tantivy.Query
) -> tuple[tuple[str, int], ...]:
    both = {code: all_of([silent(query), silent(queries.status(code))]) for code in STATUSES}
    counts = {code: total(searcher.search(one, limit=1)) for code, one in both.items()}
    return tuple(sorted((c for c in counts.items() if c[1]), key=lambda one: (-one[1], one[0])))


def _key(value: object) -> str:
    return str(int(value)) if isinstance(value, float) else str(value)
