"""One search in the cluster, in at most three rounds: what matches, what is missing, what is shown.

The rules of ranking are those of the embedded engine: provisions are ranked first; a document's
score is that of its best provision plus that of its title.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from elasticsearch import Elasticsearch
from elasticsearch.dsl.query import Ids, Query

from search.engines.base import Facet, Hit, Hits, ProvisionHit
from search.engines.elastic_query import Queries, among, any_of, status
from search.engines.elastic_schema import FACETS, RESULT_WINDOW, provision_id
from search.engines.weights import (
    ENDED_SHARE,
    MARGIN,
    NEVER,
    PARTLY_NAMED,
    PROVISIONS_PER_HIT,
    RANKED_PROVISIONS,
    STATUSES,
    day_number,
    ref_number,
    ref_of,
)
from search.highlight import excerpt
from search.plan import SearchPlan, Sort

_ORDERS: Final = {
    Sort.NEWEST: ("issued", "desc"),
    Sort.OLDEST: ("issued", "asc"),
    Sort.IN_FORCE: ("in_force", "desc"),
}
_VALUES: Final = 1000
_VALUES_OF_A_SHARD: Final = 20_000

Body = dict[str, Any]


@dataclass(slots=True)
class _Part:
    """A provision on its way to the page; ``place`` is its record."""

    score: float
    place: str
    eid: str


@dataclass(slots=True)
class _Ranked:
    """A document on its way to the page."""

    ref: str
    score: float
    expires: int = NEVER
    parts: list[_Part] = field(default_factory=list)

    @property
    def order(self) -> tuple[float, int]:
        """Return what documents are sorted by."""
        return -self.score, -ref_number(ref_of(self.ref))


class Asking:
    """The answers to one plan from one index (an alias)."""

    def __init__(
        self, client: Elasticsearch, index: str, plan: SearchPlan, queries: Queries
    ) -> None:
        self._client = client
        self._index = index
        self._plan = plan
        self._queries = queries
        self._copy = f"s{zlib.crc32(plan.text.encode(errors='replace'))}"
        self.took = 0
        leads = plan.sort is Sort.RELEVANCE
        self._leading = (
            {f"{r.document[0]}:{r.document[1]}": r for r in plan.leading} if leads else {}
        )
        self._adding = [ref for ref, one in self._leading.items() if one.adds]

    def hits(self) -> Hits:
        """Return the page."""
        plan = self._plan
        by_relevance = plan.sort is Sort.RELEVANCE and bool(plan.words or self._leading)
        total, aggregations, ranked = self._relevant() if by_relevance else self._ordered()
        return Hits(total, self._shown(ranked), self._facets(aggregations))

    # Which documents, in which order

    def _relevant(self) -> tuple[int, Body, list[_Ranked]]:
        plan, queries = self._plan, self._queries
        query = queries.documents(leading=self._adding)
        # Documents that enter with a later page have lower scores than all before them, so that
        # pages neither repeat nor skip.
        limit = min(plan.offset + plan.page_size + MARGIN + len(self._leading), RESULT_WINDOW)
        asked = [documents_body(query, limit, counted=True)]
        if has_words := bool(queries.provisions):
            asked.append(provisions_body(queries, RANKED_PROVISIONS))
        if self._leading:
            asked.append(documents_body(only(query, self._leading), len(self._leading)))
        found, aggregations = self._ask_and_count(asked)
        ranked = _by_ref(found[0])
        matching = _parts_by_ref(found[1]) if has_words else {}
        if self._leading:
            ranked |= _by_ref(found[-1])
        missing = [ref for ref in matching if ref not in ranked]
        if missing:
            numbers = [ref_number(ref_of(ref)) for ref in missing]
            ranked |= _by_ref(self._ask([documents_body(among(query, numbers), len(missing))])[0])
        for ref, found_parts in matching.items():
            if ref in ranked:
                ranked[ref].parts = found_parts
                ranked[ref].score += found_parts[0].score
        for document in ranked.values():
            if document.score < PARTLY_NAMED and document.expires <= day_number(plan.today, 0):
                document.score *= ENDED_SHARE
        order = self._in_order(ranked)
        total = found[0]["hits"]["total"]["value"]
        page = order[plan.offset : plan.offset + plan.page_size]
        return total, aggregations, page

    def _in_order(self, ranked: dict[str, _Ranked]) -> list[_Ranked]:
        """Return named documents, then those of the second stage, then the rest by score."""
        rest = sorted(ranked.values(), key=lambda document: document.order)
        if not self._leading:
            return rest
        named = [d for d in rest if d.score >= PARTLY_NAMED]
        first = [ranked[r] for r in self._leading if r in ranked and ranked[r] not in named]
        placed = {document.ref for document in (*named, *first)}
        return [*named, *first, *(d for d in rest if d.ref not in placed)]

    def _ordered(self) -> tuple[int, Body, list[_Ranked]]:
        plan, queries = self._plan, self._queries
        by, way = _ORDERS.get(plan.sort, _ORDERS[Sort.NEWEST])
        body = documents_body(queries.documents(), plan.page_size, counted=True)
        body["sort"] = [{by: way}, {"ref_no": way}]
        body["from"] = plan.offset
        if plan.offset + plan.page_size > RESULT_WINDOW:
            body["from"] = body["size"] = 0
        (found,), aggregations = self._ask_and_count([body])
        ranked = _by_ref(found)
        if queries.provisions and ranked:
            inside = self._ask([provisions_body(queries, plan.page_size * 5, ranked)])[0]
            for ref, found_parts in _parts_by_ref(inside).items():
                ranked[ref].parts = found_parts
        return found["hits"]["total"]["value"], aggregations, list(ranked.values())

    # What is shown of them

    def _shown(self, ranked: list[_Ranked]) -> tuple[Hit, ...]:
        if not ranked:
            return ()
        asked = {document.ref: self._asked_for(document) for document in ranked}
        texts = self._texts(ranked, asked)
        return tuple(self._hit(document, asked[document.ref], texts) for document in ranked)

    def _asked_for(self, document: _Ranked) -> tuple[str, ...]:
        """Return ids of provisions that are shown whatever matches, the best first."""
        if self._names(document):
            parts = (self._plan.provision or "").split(".")
            return tuple(".".join(parts[:size]) for size in range(len(parts), 0, -1))
        leading = self._leading.get(document.ref)
        return leading.eids[:PROVISIONS_PER_HIT] if leading else ()

    def _names(self, document: _Ranked) -> bool:
        """Tell whether a provision of this document was named."""
        plan = self._plan
        return bool(plan.provision) and (document.score >= PARTLY_NAMED or not plan.words)

    def _texts(
        self, ranked: list[_Ranked], asked: dict[str, tuple[str, ...]]
    ) -> dict[str, dict[str, Body]]:
        """Return what is stored of the provisions that may be shown: document, id → source."""
        wanted: list[Query] = []
        places = [p.place for d in ranked for p in d.parts[:PROVISIONS_PER_HIT]]
        size = len(places)
        if places:
            wanted.append(Ids(values=places))
        for ref, eids in asked.items():
            if eids:
                wanted.append(self._queries.named_provision(ref, eids))
                size += len(eids)
        if not wanted:
            return {}
        body = {
            "query": {"bool": {"filter": [any_of(wanted).to_dict()]}},
            "size": size,
            "_source": ["ref", "eid", "label", "heading", "text"],
            "track_total_hits": False,
        }
        found: dict[str, dict[str, Body]] = {}
        for hit in self._ask([body])[0]["hits"]["hits"]:
            source = hit["_source"]
            found.setdefault(source["ref"], {})[source["eid"]] = source
        return found

    def _hit(
        self, document: _Ranked, asked: tuple[str, ...], texts: dict[str, dict[str, Body]]
    ) -> Hit:
        stored = texts.get(document.ref, {})
        scores = {part.eid: part.score for part in document.parts}
        # Of a place that was named only the nearest one counts, of the second stage's all.
        given = [eid for eid in asked if eid in stored][: 1 if self._names(document) else None]
        rest = [part.eid for part in document.parts[:PROVISIONS_PER_HIT] if part.eid not in given]
        shown = [
            self._provision(stored[eid], scores.get(eid, 0.0))
            for eid in [*given, *rest][:PROVISIONS_PER_HIT]
            if eid in stored
        ]
        body = next((part.excerpt for part in shown if not part.eid), ())
        kind, number = ref_of(document.ref)
        named = tuple(part for part in shown if part.eid)
        return Hit(number, kind, document.score, named, body)

    def _provision(self, source: Body, score: float) -> ProvisionHit:
        words = excerpt(source.get("text", ""), self._plan.words)
        return ProvisionHit(
            source["eid"], source.get("label", ""), source.get("heading", ""), words, score
        )

    # Facets

    def _ask_and_count(self, bodies: list[Body]) -> tuple[list[Body], Body]:
        """Ask all at once, the first body with counts, and what only counts behind the last."""
        asked = list(bodies)
        for plan, names in self._plan.counting():
            if plan is self._plan:
                asked[0] = {**asked[0], "aggs": self._aggregations(names)}
            else:
                other = self._queries.of(plan).documents(leading=self._adding)
                counting = documents_body(other, 0)
                asked.append({**counting, "aggs": self._aggregations(names)})
        answers = self._ask(asked)
        aggregations: Body = {}
        for one in (answers[0], *answers[len(bodies) :]):
            aggregations |= one.get("aggregations", {})
        return answers[: len(bodies)], aggregations

    def _aggregations(self, names: tuple[str, ...]) -> Body:
        found: Body = {
            name: {"terms": {"field": name, "size": _VALUES, "shard_size": _VALUES_OF_A_SHARD}}
            for name in names
            if name in FACETS
        }
        if "status" in names:
            now = day_number(self._plan.today, NEVER)
            each = {code: status(code, now).to_dict() for code in STATUSES}
            found["status"] = {"filters": {"filters": each}}
        return found

    def _facets(self, aggregations: Body) -> tuple[Facet, ...]:
        return tuple(
            Facet(name, _counts(aggregations[name]["buckets"]))
            for name in self._plan.facets
            if name in aggregations
        )

    def _ask(self, bodies: list[Body]) -> list[Body]:
        """Ask all at once."""
        # The same copies of the shards answer all pages of a search, and never only some shards.
        header = {"preference": self._copy, "allow_partial_search_results": False}
        searches = [line for body in bodies for line in (header, body)]
        answer = self._client.msearch(
            index=self._index, searches=searches, search_type="dfs_query_then_fetch"
        )
        self.took += answer["took"]
        return [checked(one) for one in answer["responses"]]


class NoIndexError(Exception):
    """There is no index yet."""


class RefusedError(Exception):
    """The cluster could not answer one of several questions, or answered for some shards only."""


def checked(answer: Body) -> Body:
    """Return the answer to one search; half an answer is none, because totals are exact."""
    error = answer.get("error")
    if error:
        if error.get("type") == "index_not_found_exception":
            raise NoIndexError
        raise RefusedError(f"{answer.get('status')} {error.get('type')}: {error.get('reason')}")
    shards = answer.get("_shards", {})
    if answer.get("timed_out") or shards.get("failed"):
        raise RefusedError(f"{shards.get('failed')} of {shards.get('total')} shards did not answer")
    return answer


def documents_body(query: Query, size: int, *, counted: bool = False) -> Body:
    """Return the search for documents; their texts stay where they are."""
    return {
        "query": query.to_dict(),
        "size": size,
        "sort": [{"_score": "desc"}, {"ref_no": "desc"}],
        "stored_fields": "_none_",
        "docvalue_fields": ["ref", "expires"],
        "track_total_hits": counted,
        "track_scores": True,
    }


def provisions_body(queries: Queries, size: int, refs: Iterable[str] = ()) -> Body:
    """Return the search for the best provisions, only of the documents ``refs`` if given.

    A reader's audience lets in nearly everything: asked after the ranking, it leaves Lucene the
    way of ranking that is four times as fast. What a filter or ``refs`` lets in is little, and
    then it is better asked before. The hits are the same.
    """
    conditions = [query.to_dict() for query in queries.admitting_provisions()]
    numbers = [ref_number(ref_of(ref)) for ref in refs]
    if numbers:
        conditions.append({"terms": {"ref_no": numbers}})
    ranking: Body = {"should": [query.to_dict() for query in queries.provisions]}
    body: Body = {
        "size": size,
        "stored_fields": "_none_",
        "docvalue_fields": ["ref", "part", "eid"],
        "track_total_hits": False,
    }
    if numbers or queries.has_filters:
        ranking |= {"filter": conditions, "minimum_should_match": 1}
        return {**body, "query": {"bool": ranking}}
    return {**body, "query": {"bool": ranking}, "post_filter": {"bool": {"filter": conditions}}}


def only(query: Query, refs: Iterable[str]) -> Query:
    """Return ``query`` restricted to these documents."""
    return among(query, [ref_number(ref_of(ref)) for ref in refs])


def _by_ref(found: Body) -> dict[str, _Ranked]:
    ranked = {}
    for hit in found["hits"]["hits"]:
        values = hit["fields"]
        ref = values["ref"][0]
        ranked[ref] = _Ranked(ref, hit["_score"] or 0.0, values["expires"][0])
    return ranked


def _parts_by_ref(found: Body) -> dict[str, list[_Part]]:
    by_ref: dict[str, list[_Part]] = {}
    for hit in found["hits"]["hits"]:
        values = hit["fields"]
        ref = values["ref"][0]
        place = provision_id(ref, values["part"][0])
        eid = values.get("eid", [""])[0]
        by_ref.setdefault(ref, []).append(_Part(hit["_score"] or 0.0, place, eid))
    return by_ref


def _counts(buckets: Any) -> tuple[tuple[str, int], ...]:
    if isinstance(buckets, dict):
        pairs = [(key, bucket["doc_count"]) for key, bucket in buckets.items()]
        return tuple(sorted((p for p in pairs if p[1]), key=lambda pair: (-pair[1], pair[0])))
    return tuple((str(bucket["key"]), bucket["doc_count"]) for bucket in buckets)
