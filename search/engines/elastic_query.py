"""From a plan to queries of the Elasticsearch index.

Words never pass through a query parser: a quote or a colon is a sign like any other. Every query
carries the audience.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any, Final

from elasticsearch.dsl.query import (
    Bool,
    ConstantScore,
    MatchNone,
    MatchPhrase,
    Query,
    Range,
    Term,
    Terms,
)

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

_LONGEST_TERM: Final = 255
_ANY: Final = Filters()


class Queries:
    """Builds the queries for one plan; ``title_shares`` come with the index."""

    def __init__(
        self, plan: SearchPlan, title_shares: tuple[float, float], *, ignore_marks: bool = False
    ) -> None:
        self._plan = plan
        self._shares = title_shares
        self._ignore_marks = ignore_marks
        self.terms = QueryTerms.of(plan.words, ignore_marks=ignore_marks)

    def of(self, plan: SearchPlan) -> "Queries":
        """Return the builder of another plan, which reads marks as this one does."""
        return Queries(plan, self._shares, ignore_marks=self._ignore_marks)

    @property
    def has_filters(self) -> bool:
        """Tell whether more than the audience restricts what is found."""
        return self._plan.filters != _ANY

    def documents(self, *, leading: Sequence[str] = ()) -> Query:
        """Return the query that a document must match; named documents have high scores."""
        named, matching = self._named(), self._matching()
        wanted = [*named, *matching]
        if wanted and leading:
            wanted.append(ConstantScore(filter=Terms(ref=list(leading)), boost=0.0))
        return Bool(
            filter=[*self._admitting(DOCUMENT), *self._operators()],
            must=[any_of(wanted)] if wanted else [],
            should=self._weighted(TITLE_WEIGHTS) if wanted else [],
            must_not=self._excluded(),
        )

    @cached_property
    def provisions(self) -> list[Query]:
        """The clauses that rank provisions; none when there are no words."""
        return self._weighted(PROVISION_WEIGHTS)

    def admitting_provisions(self) -> list[Query]:
        """Return the conditions on provisions that may be shown."""
        return self._admitting(PROVISION)

    def named_provision(self, ref: str, eids: Sequence[str]) -> Query:
        """Return the query for provisions of one document."""
        ids = [Term(ref=ref), Terms(eid=list(eids))]
        return Bool(filter=[*self._admitting(PROVISION), *ids])

    def admitted(self, refs: Sequence[str]) -> Query:
        """Return the query for those of ``refs`` that audience and filters let in."""
        return Bool(filter=[*self._admitting(DOCUMENT), Terms(ref=list(refs))])

    def _weighted(self, weights: tuple[tuple[str, float, float], ...]) -> list[Query]:
        """Return the scoring queries: each word and each pair of words, in each weighted field."""
        terms = self.terms
        found = self._scoring(terms, weights, 1.0)
        if terms.accented and len(terms.exact) <= FOLDED_UP_TO:
            found += self._text(f"{weights[0][0]}_f", terms.folded, FOLDED_SHARE)
        for expansion in self._plan.expansions:
            other = QueryTerms.of(expansion.words, ignore_marks=self._ignore_marks)
            found += self._scoring(other, weights, expansion.weight)
        return found

    def _scoring(
        self, terms: QueryTerms, weights: tuple[tuple[str, float, float], ...], share: float
    ) -> list[Query]:
        form, words = ("x", terms.exact) if terms.accented else ("f", terms.folded)
        found: list[Query] = []
        for field, single, double in weights:
            if single:
                once = terms.telling if weights is PROVISION_WEIGHTS else words
                found += self._text(f"{field}_{form}", once, single * share)
            if double:
                found += self._text(f"{field}_{form}{form}", tuple(pairs(words)), double * share)
        return found

    def _text(self, field: str, words: Iterable[str], weight: float) -> list[Query]:
        """Return a clause for each word of one field.

        All clauses stand side by side: inside one another, Lucene could not pass over documents
        that cannot reach the page any more.
        """
        if weight <= 0:
            return []
        if field.startswith("d_title"):
            weight *= self._shares[field.endswith(("xx", "ff"))]
        return [
            Term(**{field: {"value": word, "boost": weight}})
            for word in dict.fromkeys(words)
            if len(word) <= _LONGEST_TERM
        ]

    # What matches

    def _matching(self) -> list[Query]:
        """Return the condition on words: enough of them stand somewhere in the document.

        A query in which a span has been replaced by words that mean the same is as good.
        """
        ways = ways_of(self._plan, self.terms, ignore_marks=self._ignore_marks)
        found = [self._enough(terms) for terms in ways]
        return [ConstantScore(filter=condition, boost=0.0) for condition in found if condition]

    def _enough(self, terms: QueryTerms) -> Query | None:
        clauses = [Term(**{field: word}) for word, field in terms.matched.items()]
        if not clauses:
            return None
        return Bool(should=clauses, minimum_should_match=min(terms.wanted, len(clauses)))

    def _named(self) -> list[Query]:
        plan = self._plan
        found: list[Query] = [
            ConstantScore(filter=Term(number_key=number), boost=NAMED - 1000 * rank)
            for rank, number in enumerate(plan.numbers)
        ]
        if plan.loose:
            found.append(ConstantScore(filter=Term(number_loose=plan.loose), boost=PARTLY_NAMED))
        partials = (plan.partial, *plan.partials) if plan.partial else plan.partials
        for part in map(_partial, partials):
            central = Bool(filter=[part, Term(level=CENTRAL)])
            found.append(ConstantScore(filter=part, boost=PARTLY_NAMED))
            found.append(ConstantScore(filter=central, boost=CENTRAL_FIRST))
        return found

    def _operators(self) -> list[Query]:
        """Return what the reader demanded by signs: phrases, and words that must be there."""
        found = [run for phrase in self._plan.phrases if (run := self._run(phrase))]
        for word in self._plan.required:
            found += [run for one in syllables(word) if (run := self._run(one))]
        return found

    def _excluded(self) -> list[Query]:
        return [run for words in self._plan.excluded if (run := self._run(words))]

    def _run(self, words: str) -> Query | None:
        """Return the condition that ``words`` stand together, with their marks if they have any."""
        terms = QueryTerms.of(words)
        if not terms.exact:
            return None
        exact = has_marks(words) and not self._ignore_marks
        field, run = ("d_text_x", terms.exact) if exact else ("d_text_f", terms.folded)
        if len(run) == 1:
            return Term(**{field: run[0]})
        return MatchPhrase(**{field: {"query": " ".join(run)}})

    # Who may see it, and filters

    def _admitting(self, record: str) -> list[Query]:
        tokens = self._plan.visible_to.tokens()
        return [
            Term(record=record),
            Terms(visible=list(tokens)),
            *chosen(self._plan.filters),
            *self._statuses(self._plan.filters.statuses),
        ]

    def _statuses(self, codes: tuple[str, ...]) -> list[Query]:
        if not codes:
            return []
        now = day_number(self._plan.today, NEVER)
        return [any_of([status(code, now) for code in codes])]


def chosen(filters: Filters) -> list[Query]:
    """Return the conditions of all filters but the status."""
    values: dict[str, Sequence[object]] = {
        "kind": filters.kinds,
        "type": filters.types,
        "issuer": [str(issuer) for issuer in filters.issuers],
        "level": filters.levels,
        "province": filters.provinces,
        "field": [str(field) for field in filters.fields],
        "year": filters.years,
    }
    found: list[Query] = [Terms(**{name: list(some)}) for name, some in values.items() if some]
    days = (
        ("issued", filters.issued_from, filters.issued_to, NEVER),
        ("in_force", filters.in_force_from, filters.in_force_to, NEVER),
        # What never ends has no day of ending.
        ("expires", filters.expires_from, filters.expires_to, NEVER - 1),
    )
    for name, first, last, end in days:
        if first or last:
            found.append(between(name, day_number(first, EARLIEST), day_number(last, end)))
    return found


def status(code: str, now: int) -> Query:
    """Return the condition for a status on the day ``now``, by the days that are indexed."""
    ended = between("expires", 0, now)
    begun = between("in_force", EARLIEST, now)
    partly = between("partly_from", 0, now)
    stopped = Bool(
        filter=[between("suspended_from", 0, now), between("suspended_until", now + 1, NEVER)]
    )
    match Status(code):
        case Status.ENDED:
            return ended
        case Status.NOT_YET:
            return Bool(filter=[between("in_force", now + 1, NEVER)], must_not=[ended])
        case Status.UNKNOWN:
            return Bool(filter=[Term(in_force=UNKNOWN)], must_not=[ended])
        case Status.SUSPENDED | Status.PARTLY_SUSPENDED:
            return Bool(filter=[begun, stopped], must_not=[ended])
        case Status.PARTLY_ENDED:
            return Bool(filter=[begun, partly], must_not=[ended, stopped])
        case Status.IN_FORCE:
            return Bool(filter=[begun], must_not=[ended, stopped, partly])
        case _:
            return MatchNone()


def between(field: str, first: int, last: int) -> Query:
    """Return the condition on a number, both ends included."""
    return Range(**{field: {"gte": first, "lte": last}})


def among(query: Query, refs: Sequence[int]) -> Query:
    """Return ``query`` restricted to documents with these reference numbers."""
    return Bool(must=[query], filter=[Terms(ref_no=list(refs))])


def without(query: Query, refs: Sequence[str]) -> Query:
    """Return ``query`` without these documents."""
    return Bool(must=[query], must_not=[Terms(ref=list(refs))]) if refs else query


def any_of(queries: Sequence[Query]) -> Query:
    """Return the union."""
    return queries[0] if len(queries) == 1 else Bool(should=list(queries), minimum_should_match=1)


def _partial(number: PartialNumber) -> Query:
    conditions: list[Any] = [Term(number_serial=number.serial)]
    if number.year is not None:
        conditions.append(Term(number_year=str(number.year)))
    if number.type_abbr:
        types = UNNAMED_TYPES.get(number.type_abbr, (number.type_abbr,))
        conditions.append(Terms(number_type=list(types)))
    if number.issuer:
        conditions.append(Term(number_issuer=number.issuer))
    return Bool(filter=conditions)
