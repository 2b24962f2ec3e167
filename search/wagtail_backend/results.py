"""Results: the index says which objects have the words and how well, the database everything else.

Filters, order, facets and visibility are asked of the queryset itself, so that they are exact and
current whatever the index holds: what is not in the queryset is neither counted nor shown.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterator
from typing import Any, Final

from django.db.models import Count, QuerySet
from modelsearch.backends.base import BaseSearchResults, FilterFieldError

from portal.core.batching import batched
from search.wagtail_backend.index import files_of

# As many keys as any database takes in one query.
_SOME: Final = 500


class WordResults(BaseSearchResults):
    """A lazy list of objects."""

    supports_facet = True

    def facet(self, field_name: str) -> "OrderedDict[Any, int]":
        """Return value → number of objects, most first."""
        compiler = self.query_compiler
        if compiler._get_filterable_field(field_name) is None:
            name = compiler.queryset.model.__name__
            raise FilterFieldError(
                f'Cannot facet search results with field "{field_name}". Please add '
                f"index.FilterField('{field_name}') to {name}.search_fields.",
                field_name=field_name,
            )
        counts: Counter[Any] = Counter()
        for some in batched(self._ids(), _SOME):
            rows = compiler.queryset.model._default_manager.filter(pk__in=some)
            for value, count in rows.order_by().values_list(field_name).annotate(Count("pk")):
                counts[value] += count
        return OrderedDict(sorted(counts.items(), key=lambda item: -item[1]))

    def _do_count(self) -> int:
        return len(self._ids()[self.start : self.stop])

    def _do_search(self) -> list[Any]:
        wanted = self._ids()[self.start : self.stop]
        queryset = self.query_compiler.queryset
        if self.prefetch_related:
            queryset = queryset.prefetch_related(*self.prefetch_related)
        found: dict[Any, Any] = {}
        for some in batched(wanted, _SOME):
            found |= {item.pk: item for item in queryset.filter(pk__in=some)}
        items = [found[pk] for pk in wanted if pk in found]
        if self._score_field:
            scores = self._scores()
            for item in items:
                setattr(item, self._score_field, scores[str(item.pk)])
        return items

    def _ids(self) -> list[Any]:
        """Return the keys of all objects in their order; kept for counting and for further pages."""
        compiler = self.query_compiler
        kept: list[Any] | None = getattr(compiler, "kept_ids", None)
        if kept is None:
            kept = compiler.kept_ids = self._ordered()
        return kept

    def _ordered(self) -> list[Any]:
        scores = self._scores()
        queryset: QuerySet[Any] = self.query_compiler.queryset
        if self.query_compiler.order_by_relevance:
            allowed = dict.fromkeys(_keys(queryset.order_by(), scores))
            return sorted(allowed, key=lambda pk: (-scores[str(pk)], _descending(pk)))
        if not queryset.ordered:
            queryset = queryset.order_by("-pk")
        return list(dict.fromkeys(_keys(queryset, scores)))

    def _scores(self) -> dict[str, float]:
        """Return key (as text) → score of all objects with the words."""
        compiler = self.query_compiler
        kept: dict[str, float] | None = getattr(compiler, "kept_scores", None)
        if kept is None:
            kept = compiler.kept_scores = self._matched()
        return kept

    def _matched(self) -> dict[str, float]:
        reader = files_of(self.backend.directory).reader
        searcher = reader.searcher()
        if searcher is None:
            return {}
        query = self.query_compiler.compiled(reader.schema)
        hits = searcher.search(query, limit=max(searcher.num_docs, 1), count=False).hits
        numbers = searcher.fast_field_values("number", [address for _, address in hits])
        return {
            str(number) if number is not None and number >= 0 else _stored(searcher, address): score
            for (score, address), number in zip(hits, numbers, strict=True)
        }


def _stored(searcher: Any, address: Any) -> str:
    return str(searcher.doc(address).get_first("pk"))


def _keys(queryset: QuerySet[Any], scores: dict[str, float]) -> Iterator[Any]:
    """Yield the keys of ``queryset`` that have a score, in its order."""
    if not scores:
        return
    if len(scores) <= _SOME:
        field = queryset.model._meta.pk
        queryset = queryset.filter(pk__in=[field.to_python(key) for key in scores])
    yield from (pk for pk in queryset.values_list("pk", flat=True) if str(pk) in scores)


def _descending(pk: Any) -> Any:
    return -pk if isinstance(pk, int) else str(pk)
