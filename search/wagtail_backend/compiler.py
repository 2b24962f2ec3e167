"""From Wagtail's queries to those of the index. Text is cut into words and never parsed.

A word typed with marks matches exactly (hoà = hòa), one typed without matches any marks.
"""

from collections.abc import Iterable
from typing import Any, Final

import tantivy
from modelsearch.backends.base import BaseSearchQueryCompiler
from modelsearch.index import get_indexed_models
from modelsearch.query import And, Boost, Fuzzy, MatchAll, Not, Or, Phrase, PlainText

from portal.core.text import fold, has_marks, syllable_key, syllables
from search.wagtail_backend.schema import (
    BEGUN_EXACT,
    BEGUN_FOLDED,
    EXACT,
    FOLDED,
    LONGEST_BEGINNING,
    completed,
    label_of,
    searched,
)

Query = tantivy.Query
MUST: Final = tantivy.Occur.Must
SHOULD: Final = tantivy.Occur.Should
MUST_NOT: Final = tantivy.Occur.MustNot
_MOST_WORDS: Final = 64


class WordCompiler(BaseSearchQueryCompiler):
    """Whole words."""

    DEFAULT_OPERATOR = "and"
    # Order is the database's, so that any expression will do.
    HANDLES_ORDER_BY_EXPRESSIONS = True

    def compiled(self, schema: tantivy.Schema) -> tantivy.Query:
        """Return the query, for objects of the model only."""
        self._schema = schema
        self._names = self._fields()
        model = Query.term_query(schema, "type", label_of(self.queryset.model), "basic")
        return Query.boolean_query(
            [(MUST, Query.const_score_query(model, 0.0)), (MUST, self._query(self.query))]
        )

    def _fields(self) -> dict[str, float]:
        """Return name → boost of the fields that are asked: of those that inherit too."""
        found: dict[str, float] = {}
        for model in get_indexed_models():
            if issubclass(model, self.queryset.model):
                for name, boost in self._of(model).items():
                    found[name] = max(boost, found.get(name, 0.0))
        if self.fields:
            wanted = {str(name) for name in self.fields}
            return {name: boost for name, boost in found.items() if name in wanted}
        return found

    @staticmethod
    def _of(model: type) -> dict[str, float]:
        return searched(model)

    def _query(self, query: Any) -> tantivy.Query:
        match query:
            case MatchAll():
                return Query.all_query()
            case Not():
                everything = Query.const_score_query(Query.all_query(), 0.0)
                return Query.boolean_query(
                    [(MUST, everything), (MUST_NOT, self._query(query.subquery))]
                )
            case And() | Or():
                parts = [self._query(part) for part in query.subqueries]
                return _joined(parts, MUST if isinstance(query, And) else SHOULD)
            case Boost():
                return Query.boost_query(self._query(query.subquery), float(query.boost))
            case PlainText():
                found = self._plain(query)
                return Query.boost_query(found, float(query.boost)) if query.boost != 1 else found
            case Fuzzy():
                return self._fuzzy(query)
            case Phrase():
                return self._phrase(query)
        # As every backend of modelsearch answers a kind of query that it does not know.
        raise NotImplementedError(f"{type(query).__name__} is not supported")

    def _plain(self, query: PlainText) -> tantivy.Query:
        words = _words(query.query_string)
        found = [self._in_any_field(word) for word in words]
        return _joined(found, MUST if query.operator == "and" else SHOULD)

    def _in_any_field(self, word: str) -> tantivy.Query:
        field, form = (EXACT, syllable_key(word)) if has_marks(word) else (FOLDED, fold(word))
        return self._each(lambda name: self._term(field, f"{name}:{form}"))

    def _fuzzy(self, query: Fuzzy) -> tantivy.Query:
        """Return the query for words with a slip or two, as many as their length allows."""
        found = []
        for word in _words(query.query_string):
            form = fold(word)
            slips = 0 if len(form) < 3 else 1 if len(form) < 6 else 2
            found.append(self._each(lambda name, f=form, n=slips: self._near(f"{name}:{f}", n)))
        return _joined(found, MUST if query.operator == "and" else SHOULD)

    def _near(self, term: str, slips: int) -> tantivy.Query:
        if not slips:
            return self._term(FOLDED, term)
        return Query.fuzzy_term_query(self._schema, FOLDED, term, distance=slips)

    def _phrase(self, query: Phrase) -> tantivy.Query:
        words = _words(query.query_string)
        if len(words) < 2:
            return self._plain(PlainText(query.query_string))
        if has_marks(query.query_string):
            field, forms = EXACT, [syllable_key(word) for word in words]
        else:
            field, forms = FOLDED, [fold(word) for word in words]
        return self._each(
            lambda name: Query.phrase_query(self._schema, field, [f"{name}:{f}" for f in forms])
        )

    def _each(self, made: Any) -> tantivy.Query:
        """Return the union of ``made`` for every field, by its boost."""
        found = []
        for name, boost in self._names.items():
            query = made(name)
            found.append(query if boost == 1.0 else Query.boost_query(query, boost))
        return _joined(found, SHOULD)

    def _term(self, field: str, term: str) -> tantivy.Query:
        return Query.term_query(self._schema, field, term, "freq")


class BeginningCompiler(WordCompiler):
    """Words of which only the beginning is typed, for completion."""

    @staticmethod
    def _of(model: type) -> dict[str, float]:
        return completed(model)

    def _in_any_field(self, word: str) -> tantivy.Query:
        word = word[:LONGEST_BEGINNING]
        if has_marks(word):
            field, form = BEGUN_EXACT, syllable_key(word)
        else:
            field, form = BEGUN_FOLDED, fold(word)
        return self._each(lambda name: self._term(field, f"{name}:{form}"))

    def _phrase(self, query: Phrase) -> tantivy.Query:
        return self._plain(PlainText(query.query_string))

    def _fuzzy(self, query: Fuzzy) -> tantivy.Query:
        return self._plain(PlainText(query.query_string, operator=query.operator))


def _words(text: str) -> list[str]:
    return list(dict.fromkeys(syllables(str(text))))[:_MOST_WORDS]


def _joined(queries: Iterable[tantivy.Query], how: Any) -> tantivy.Query:
    """Return the queries as one; no query at all matches nothing."""
    found = list(queries)
    if len(found) == 1:
        return found[0]
    return Query.boolean_query([(how, query) for query in found]) if found else Query.empty_query()
