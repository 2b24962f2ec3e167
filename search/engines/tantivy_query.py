"""From a plan to queries of the embedded index.

Words never pass through a query parser: a quote or a colon is a sign like any other. The weights
began as those of stage one in the relevance study; a field for the body alone earned nothing.
Every query carries the audience.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import tantivy

from legal_docs.numbering import PartialNumber
from legal_docs.validity import Status
from search.engines.tantivy_schema import DOCUMENT, NEVER, PROVISION, UNKNOWN, day_number
from search.engines.terms import QueryTerms, pairs
from search.plan import Filters, SearchPlan

Query = tantivy.Query
Clause = tuple[tantivy.Occur, tantivy.Query]

# A document that was named stands before every one that merely matches; among several named
# laws the first stands first.
NAMED: Final = 1_000_000.0
PARTLY_NAMED: Final = 500_000.0

_PROVISION_WEIGHTS: Final = (("p_all", 1.3, 1.0), ("p_title", 0.0, 0.8))
_TITLE_WEIGHTS: Final = (("d_title", 0.5, 1.0),)
# Other accents than the typed ones count, but little: "má" before "mà".
_FOLDED_SHARE: Final = 0.1

_UNNAMED_TYPES: Final = {"L": ("L", "quoc_hoi"), "NQ": ("NQ", "quoc_hoi"), "PL": ("PL", "quoc_hoi")}
_EARLIEST: Final = 1


class Queries:
    """Builds the queries for one plan on one schema."""

    def __init__(
        self, schema: tantivy.Schema, plan: SearchPlan, *, ignore_marks: bool = False
    ) -> None:
        self._schema = schema
        self._plan = plan
        self.terms = QueryTerms.of(plan.words, ignore_marks=ignore_marks)

    def documents(self) -> tantivy.Query:
        """Return the query that a document must match; named documents have high scores."""
        clauses = self._filters(DOCUMENT)
        wanted = [*self._named(), *self._matching()]
        if wanted:
            clauses.append(must(any_of(wanted)))
            clauses += [should(query) for query in self._weighted(_TITLE_WEIGHTS)]
        return Query.boolean_query(clauses)

    def provisions(self) -> tantivy.Query | None:
        """Return the query that ranks provisions, None when there are no words."""
        weighted = self._weighted(_PROVISION_WEIGHTS)
        if not weighted:
            return None
        return Query.boolean_query([*self._filters(PROVISION), must(any_of(weighted))])

    def named_provision(self, ref: str, eid: str) -> tantivy.Query:
        """Return the query for one provision of one document."""
        ids = [self.term("ref", ref), self.term("eid", eid)]
        return Query.boolean_query([*self._filters(PROVISION), *(must(query) for query in ids)])

    def among(self, query: tantivy.Query, refs: Sequence[int]) -> tantivy.Query:
        """Return ``query`` restricted to documents with these reference numbers."""
        inside = silent(Query.term_set_query(self._schema, "ref_no", list(refs)))
        return Query.boolean_query([must(inside), must(query)])

    def admitted(self, refs: Sequence[int]) -> tantivy.Query:
        """Return the query for the documents with these reference numbers that may be shown."""
        return self.among(Query.boolean_query(self._filters(DOCUMENT)), refs)

    def term(self, field: str, value: object) -> tantivy.Query:
        """Return the query for one term of a field that is not text."""
        return Query.term_query(self._schema, field, value, "basic")

    def _text(self, field: str, value: str, weight: float) -> tantivy.Query:
        query = Query.term_query(self._schema, field, value, "freq")
        return query if weight == 1.0 else Query.boost_query(query, weight)

    def _weighted(self, weights: tuple[tuple[str, float, float], ...]) -> list[tantivy.Query]:
        """Return the scoring queries: each word and each pair of words, in each weighted field."""
        terms = self.terms
        form, words = ("x", terms.exact) if terms.accented else ("f", terms.folded)
        found: list[tantivy.Query] = []
        for field, single, double in weights:
            if single:
                found += [self._text(f"{field}_{form}", w, single) for w in _once(words)]
            if double:
                name = f"{field}_{form}{form}"
                found += [self._text(name, pair, double) for pair in _once(pairs(words))]
        if terms.accented and len(words) <= 4:
            field = weights[0][0]
            found += [self._text(f"{field}_f", w, _FOLDED_SHARE) for w in _once(terms.folded)]
        return found

    def _matching(self) -> list[tantivy.Query]:
        """Return the condition on words: enough of them stand somewhere in the document."""
        terms = self.terms
        each = {
            (folded if not terms.accented or exact in terms.bare else exact): (
                "d_text_f" if not terms.accented or exact in terms.bare else "d_text_x"
            )
            for exact, folded in zip(terms.exact, terms.folded, strict=True)
        }
        if not each:
            return []
        clauses = [should(self.term(field, value)) for value, field in each.items()]
        enough = min(terms.wanted, len(clauses))
        return [silent(Query.boolean_query(clauses, minimum_number_should_match=enough))]

    def _named(self) -> list[tantivy.Query]:
        plan = self._plan
        found = [
            Query.const_score_query(self.term("number_key", number), NAMED - 1000 * rank)
            for rank, number in enumerate(plan.numbers)
        ]
        if plan.loose:
            loose = self.term("number_loose", plan.loose)
            found.append(Query.const_score_query(loose, PARTLY_NAMED))
        if plan.partial:
            found.append(Query.const_score_query(self._partial(plan.partial), PARTLY_NAMED))
        return found

    def _partial(self, number: PartialNumber) -> tantivy.Query:
        clauses = [must(self.term("number_serial", number.serial))]
        if number.year is not None:
            clauses.append(must(self.term("number_year", str(number.year))))
        if number.type_abbr:
            types = _UNNAMED_TYPES.get(number.type_abbr, (number.type_abbr,))
            clauses.append(must(any_of([self.term("number_type", kind) for kind in types])))
        return Query.boolean_query(clauses)

    def _filters(self, record: str) -> list[Clause]:
        tokens = [self.term("visible", token) for token in self._plan.visible_to.tokens()]
        conditions = [self.term("record", record), any_of(tokens)]
        conditions += self._chosen(self._plan.filters)
        return [must(silent(condition)) for condition in conditions]

    def _chosen(self, filters: Filters) -> list[tantivy.Query]:
        values: dict[str, Iterable[object]] = {
            "kind": filters.kinds,
            "type": filters.types,
            "issuer": [str(issuer) for issuer in filters.issuers],
            "level": filters.levels,
            "province": filters.provinces,
            "field": [str(field) for field in filters.fields],
            "year": filters.years,
        }
        found = [
            any_of([self.term(field, value) for value in chosen])
            for field, chosen in values.items()
            if chosen
        ]
        if filters.issued_from or filters.issued_to:
            first = day_number(filters.issued_from, _EARLIEST)
            found.append(self._range("issued", first, day_number(filters.issued_to, NEVER)))
        if filters.statuses:
            found.append(
                any_of([self._status(code, self._plan.today) for code in filters.statuses])
            )
        return found

    def _status(self, code: str, today: date) -> tantivy.Query:
        """Return the condition for a status on ``today``, by the days that are indexed."""
        now = day_number(today, NEVER)
        ended = self._range("expires", 0, now)
        begun = self._range("in_force", _EARLIEST, now)
        partly = self._range("partly_from", 0, now)
        stopped = all_of(
            [self._range("suspended_from", 0, now), self._range("suspended_until", now + 1, NEVER)]
        )
        match Status(code):
            case Status.ENDED:
                return ended
            case Status.NOT_YET:
                return but_not(self._range("in_force", now + 1, NEVER), ended)
            case Status.UNKNOWN:
                return but_not(self.term("in_force", UNKNOWN), ended)
            case Status.SUSPENDED | Status.PARTLY_SUSPENDED:
                return but_not(all_of([begun, stopped]), ended)
            case Status.PARTLY_ENDED:
                return but_not(all_of([begun, partly]), ended, stopped)
            case Status.IN_FORCE:
                return but_not(begun, ended, stopped, partly)
            case _:
                return Query.empty_query()

    def _range(self, field: str, first: int, last: int) -> tantivy.Query:
        kind = tantivy.FieldType.Integer
        return Query.range_query(self._schema, field, kind, first, last)


def must(query: tantivy.Query) -> Clause:
    """Return ``query`` as a condition."""
    return tantivy.Occur.Must, query


def should(query: tantivy.Query) -> Clause:
    """Return ``query`` as an alternative."""
    return tantivy.Occur.Should, query


def silent(query: tantivy.Query) -> tantivy.Query:
    """Return ``query`` without a say in the score."""
    return Query.const_score_query(query, 0.0)


def any_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """Return the union."""
    return queries[0] if len(queries) == 1 else Query.boolean_query([should(q) for q in queries])


def all_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    """Return the intersection."""
    return Query.boolean_query([must(query) for query in queries])


def but_not(query: tantivy.Query, *excluded: tantivy.Query) -> tantivy.Query:
    """Return ``query`` without what any of ``excluded`` matches."""
    return Query.boolean_query(
        [must(query), *((tantivy.Occur.MustNot, other) for other in excluded)]
    )


def _once(terms: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(terms))
