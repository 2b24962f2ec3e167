"""From a plan to queries of the embedded index.

Words never pass through a query parser: a quote or a colon is a sign like any other. Every query
carries the audience.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence

import tantivy

from legal_docs.numbering import PartialNumber
from legal_docs.validity import Status
from portal.core.text import has_marks, syllables
from search.engines.terms import QueryTerms, pairs, ways_of
from search.engines.weights import (
    CENTRAL,
    CENTRAL_FIRST,
    DOCUMENT,
    EARLIEST,
    FOLDED_SHARE,
    FOLDED_UP_TO,
    NAMED,
    NEVER,
    PARTLY_NAMED,
    PROVISION,
    PROVISION_WEIGHTS,
    TITLE_WEIGHTS,
    UNKNOWN,
    UNNAMED_TYPES,
    day_number,
)
from search.plan import Filters, SearchPlan

Query = tantivy.Query
Clause = tuple[tantivy.Occur, tantivy.Query]


class Queries:
    """Builds the queries for one plan on one schema."""

    def __init__(
        self, schema: tantivy.Schema, plan: SearchPlan, *, ignore_marks: bool = False
    ) -> None:
        self._schema = schema
        self._plan = plan
        self._ignore_marks = ignore_marks
        self.terms = QueryTerms.of(plan.words, ignore_marks=ignore_marks)

    def of(self, plan: SearchPlan) -> "Queries":
        """Return the builder of another plan, which reads marks as this one does."""
        return Queries(self._schema, plan, ignore_marks=self._ignore_marks)

    def documents(self, *, leading: Sequence[int] = ()) -> tantivy.Query:
        """Return the query that a document must match; named documents have high scores.

        ``leading`` are those of the second stage that count as matching.
        """
        clauses = [*self._filters(DOCUMENT), *self._operators()]
        wanted = [*self._named(), *self._matching()]
        if wanted and leading:
            wanted.append(silent(self._among(leading)))
        if wanted:
            clauses.append(must(any_of(wanted)))
            clauses += [should(query) for query in self._weighted(TITLE_WEIGHTS)]
        return Query.boolean_query(clauses)

    def ranking(self) -> tantivy.Query | None:
        """Return the query that ranks provisions, whoever may see them; None without words."""
        weighted = self._weighted(PROVISION_WEIGHTS)
        return any_of(weighted) if weighted else None

    def shown(self, ranking: tantivy.Query) -> tantivy.Query:
        """Return ``ranking`` restricted to provisions that may be shown."""
        return Query.boolean_query([*self._filters(PROVISION), must(ranking)])

    @property
    def has_filters(self) -> bool:
        """Tell whether the plan restricts documents by more than the reader."""
        return bool(self._chosen(self._plan.filters))

    @property
    def key(self) -> Hashable:
        """Return what tells two ``provisions()`` apart."""
        plan = self._plan
        asked = (plan.words, plan.expansions, plan.filters, plan.today)
        return (*asked, self.reader, self._ignore_marks)

    @property
    def reader(self) -> Hashable:
        """Return what tells two readers apart."""
        return frozenset(self._plan.visible_to.tokens())

    def named_provisions(self, wanted: Mapping[str, Sequence[str]]) -> tantivy.Query:
        """Return the query for provisions by document and id."""
        each = [
            all_of([self.term("ref", ref), any_of([self.term("eid", eid) for eid in eids])])
            for ref, eids in wanted.items()
        ]
        return Query.boolean_query([*self._filters(PROVISION), must(silent(any_of(each)))])

    def among(self, query: tantivy.Query, refs: Sequence[int]) -> tantivy.Query:
        """Return ``query`` restricted to documents with these reference numbers."""
        return Query.boolean_query([must(silent(self._among(refs))), must(query)])

    def _among(self, refs: Sequence[int]) -> tantivy.Query:
        return Query.term_set_query(self._schema, "ref_no", list(refs))

    def admitted(self, refs: Sequence[int]) -> tantivy.Query:
        """Return the query for the documents with these reference numbers that may be shown."""
        return self.among(Query.boolean_query(self._filters(DOCUMENT)), refs)

    def hidden(self) -> tantivy.Query:
        """Return the query for the documents that the reader may not see."""
        return but_not(self.term("record", DOCUMENT), any_of(self._tokens()))

    def term(self, field: str, value: object) -> tantivy.Query:
        """Return the query for one term of a field that is not text."""
        return Query.term_query(self._schema, field, value, "basic")

    def _text(self, field: str, value: str, weight: float) -> tantivy.Query:
        query = Query.term_query(self._schema, field, value, "freq")
        return query if weight == 1.0 else Query.boost_query(query, weight)

    def _weighted(self, weights: tuple[tuple[str, float, float], ...]) -> list[tantivy.Query]:
        """Return the scoring queries: each word and each pair of words, in each weighted field."""
        terms = self.terms
        found = self._scoring(terms, weights, 1.0)
        if terms.accented and len(terms.exact) <= FOLDED_UP_TO:
            field = weights[0][0]
            found += [self._text(f"{field}_f", w, FOLDED_SHARE) for w in _once(terms.folded)]
        for expansion in self._plan.expansions:
            other = QueryTerms.of(expansion.words, ignore_marks=self._ignore_marks)
            found += self._scoring(other, weights, expansion.weight)
        return found

    def _scoring(
        self, terms: QueryTerms, weights: tuple[tuple[str, float, float], ...], share: float
    ) -> list[tantivy.Query]:
        form, words = ("x", terms.exact) if terms.accented else ("f", terms.folded)
        found: list[tantivy.Query] = []
        for field, single, double in weights:
            if single and share:
                once = terms.telling if weights is PROVISION_WEIGHTS else _once(words)
                found += [self._text(f"{field}_{form}", word, single * share) for word in once]
            if double and share:
                name = f"{field}_{form}{form}"
                found += [self._text(name, pair, double * share) for pair in _once(pairs(words))]
        return found

    def _matching(self) -> list[tantivy.Query]:
        """Return the condition on words: enough of them stand somewhere in the document.

        A query in which a span has been replaced by words that mean the same is as good.
        """
        ways = ways_of(self._plan, self.terms, ignore_marks=self._ignore_marks)
        found = [self._enough(terms) for terms in ways]
        return [silent(condition) for condition in found if condition is not None]

    def _enough(self, terms: QueryTerms) -> tantivy.Query | None:
        clauses = [should(self.term(field, word)) for word, field in terms.matched.items()]
        if not clauses:
            return None
        enough = min(terms.wanted, len(clauses))
        return Query.boolean_query(clauses, minimum_number_should_match=enough)

    def _operators(self) -> list[Clause]:
        """Return what the reader demanded by signs: phrases, words that must or must not be."""
        plan = self._plan
        wanted = [*plan.phrases, *(word for words in plan.required for word in syllables(words))]
        found = [must(silent(run)) for words in wanted if (run := self._run(words)) is not None]
        for words in plan.excluded:
            if (run := self._run(words)) is not None:
                found.append((tantivy.Occur.MustNot, run))
        return found

    def _run(self, words: str) -> tantivy.Query | None:
        """Return the condition that ``words`` stand together, with their marks if they have any."""
        terms = QueryTerms.of(words)
        if not terms.exact:
            return None
        exact = has_marks(words) and not self._ignore_marks
        field, run = ("d_text_x", terms.exact) if exact else ("d_text_f", terms.folded)
        if len(run) == 1:
            return self.term(field, run[0])
        return Query.phrase_query(self._schema, field, list(run))

    def _named(self) -> list[tantivy.Query]:
        plan = self._plan
        found = [
            Query.const_score_query(self.term("number_key", number), NAMED - 1000 * rank)
            for rank, number in enumerate(plan.numbers)
        ]
        if plan.loose:
            loose = self.term("number_loose", plan.loose)
            found.append(Query.const_score_query(loose, PARTLY_NAMED))
        partials = (plan.partial, *plan.partials) if plan.partial else plan.partials
        for one in partials:
            number = self._partial(one)
            central = all_of([number, self.term("level", CENTRAL)])
            found.append(Query.const_score_query(number, PARTLY_NAMED))
            found.append(Query.const_score_query(central, CENTRAL_FIRST))
        return found

    def _partial(self, number: PartialNumber) -> tantivy.Query:
        clauses = [must(self.term("number_serial", number.serial))]
        if number.year is not None:
            clauses.append(must(self.term("number_year", str(number.year))))
        if number.type_abbr:
            types = UNNAMED_TYPES.get(number.type_abbr, (number.type_abbr,))
            clauses.append(must(any_of([self.term("number_type", kind) for kind in types])))
        if number.issuer:
            clauses.append(must(self.term("number_issuer", number.issuer)))
        return Query.boolean_query(clauses)

    def _filters(self, record: str) -> list[Clause]:
        conditions = [self.term("record", record), any_of(self._tokens())]
        conditions += self._chosen(self._plan.filters)
        return [must(silent(condition)) for condition in conditions]

    def _tokens(self) -> list[tantivy.Query]:
        return [self.term("visible", token) for token in self._plan.visible_to.tokens()]

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
        days = (
            ("issued", filters.issued_from, filters.issued_to, NEVER),
            ("in_force", filters.in_force_from, filters.in_force_to, NEVER),
            # What never ends has no day of ending.
            ("expires", filters.expires_from, filters.expires_to, NEVER - 1),
        )
        for name, first, last, end in days:
            if first or last:
                begin = day_number(first, EARLIEST)
                found.append(self._range(name, begin, day_number(last, end)))
        if filters.statuses:
            found.append(any_of([self.status(code) for code in filters.statuses]))
        return found

    def status(self, code: str) -> tantivy.Query:
        """Return the condition for a status on the plan's day, by the days that are indexed."""
        now = day_number(self._plan.today, NEVER)
        ended = self._range("expires", 0, now)
        begun = self._range("in_force", EARLIEST, now)
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
