"""The Elasticsearch index: mapping, settings, template, and records as its documents.

The same two kinds of records as in the embedded index, with the same terms, cut by
``search.engines.terms``: the cluster only splits at spaces, so that both engines match alike.

Scores agree because the statistics do. The embedded engine counts every record for every field;
Lucene counts those that have the field. So each record has the field: at least ``_FILLER``. For
the titles, where fillers would weigh, ``title_similarities`` takes them out again.
"""

from typing import Any, Final

from elasticsearch.dsl import Document, Integer, Keyword, Long, Text, analyzer

from search.engines.cutting import CutPart, cut
from search.engines.fields import number_fields, shared_fields
from search.engines.records import DocumentRecord, digest_of
from search.engines.terms import Terms, pairs
from search.engines.weights import (
    DOCUMENT,
    K1,
    PROVISION,
    B,
)

# Raise it with every change of fields or terms: an index of another version counts as none.
SCHEMA_VERSION: Final = 4
FACETS: Final = ("kind", "type", "issuer", "level", "province", "field", "year")
RESULT_WINDOW: Final = 100_000
_FILLER: Final = "·"
# Title tokens for each provision of a corpus that has not been measured yet.
_TYPICAL: Final = 1.0

_words: Final = analyzer("tu", tokenizer="whitespace", filter=[])


def _scored(similarity: str = "dieu_khoan") -> Text:
    return Text(analyzer=_words, index_options="freqs", similarity=similarity)


def _matched() -> Text:
    # The gap stands between the parts of a document, so that no phrase crosses from one to the next.
    return Text(analyzer=_words, index_options="positions", norms=False, position_increment_gap=100)


def _id(*, values: bool = False) -> Keyword:
    return Keyword(norms=False, doc_values=values)


class Record(Document):
    """One record; the class only says what its fields are."""

    record = _id()
    ref = _id(values=True)
    ref_no = Long()
    digest = Long(index=False)
    part = Integer(index=False)
    eid = _id(values=True)
    visible = _id()
    kind = _id(values=True)
    type = _id(values=True)
    issuer = _id(values=True)
    level = _id(values=True)
    province = _id(values=True)
    field = _id(values=True)
    year = Integer()
    issued = Integer()
    in_force = Integer()
    expires = Integer()
    partly_from = Integer()
    suspended_from = Integer()
    suspended_until = Integer()
    number_key = _id()
    number_loose = _id()
    number_serial = _id()
    number_type = _id()
    number_year = _id()
    number_issuer = _id()
    p_all_x = _scored()
    p_all_f = _scored()
    p_all_xx = _scored()
    p_all_ff = _scored()
    p_title_xx = _scored()
    p_title_ff = _scored()
    d_title_x = _scored("tieu_de")
    d_title_f = _scored("tieu_de")
    d_title_xx = _scored("cap_tieu_de")
    d_title_ff = _scored("cap_tieu_de")
    d_text_x = _matched()
    d_text_f = _matched()
    parts = Integer(index=False, doc_values=False)
    label = Keyword(index=False, doc_values=False)
    heading = Keyword(index=False, doc_values=False)
    text = Keyword(index=False, doc_values=False)


_STORED: Final = ("ref", "eid", "label", "heading", "text", "parts")
_FILLED_IN_PROVISIONS: Final = dict.fromkeys(
    ("d_title_x", "d_title_f", "d_title_xx", "d_title_ff"), _FILLER
)
_FILLED_IN_DOCUMENTS: Final = dict.fromkeys(
    ("p_all_x", "p_all_f", "p_all_xx", "p_all_ff", "p_title_xx", "p_title_ff"), _FILLER
)


def mapping(title_shares: tuple[float, float]) -> dict[str, Any]:
    """Return the mapping; ``title_shares`` is kept with it for the queries."""
    found = Record._doc_type.mapping.to_dict()
    return {
        **found,
        "dynamic": "strict",
        "_source": {"includes": list(_STORED)},
        "_meta": {"title_shares": list(title_shares)},
    }


def settings(shards: int, replicas: int) -> dict[str, Any]:
    """Return the settings of an index that is refreshed by its writer and nobody else."""
    found = {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",
        "max_result_window": RESULT_WINDOW,
        "similarity": {
            "dieu_khoan": {"type": "BM25", "k1": K1, "b": B},
            **title_similarities(_TYPICAL, _TYPICAL)[0],
        },
        "analysis": {"analyzer": {"tu": {"type": "custom", "tokenizer": "whitespace"}}},
    }
    return {"index": found}


def template(pattern: str, shards: int, replicas: int) -> dict[str, Any]:
    """Return the index template, so that a new index cannot be made with other fields."""
    return {
        "index_patterns": [pattern],
        "priority": 500,
        "template": {
            "settings": settings(shards, replicas),
            "mappings": mapping(title_similarities(_TYPICAL, _TYPICAL)[1]),
        },
    }


def title_similarities(words: float, pairs: float) -> tuple[dict[str, Any], tuple[float, float]]:
    """Return the similarities of titles, and what their scores must be multiplied by.

    ``words`` and ``pairs`` are the title terms for each provision of the corpus: a filler in each
    provision makes the mean length longer by the factor 1 + 1 / that, and k1 and b undo it.

    >>> found, shares = title_similarities(1e9, 1e9)
    >>> found["tieu_de"]["k1"], found["tieu_de"]["b"], shares[0]
    (1.2, 0.75, 1.0)
    """
    found, shares = {}, []
    for name, per_provision in (("tieu_de", words), ("cap_tieu_de", pairs)):
        longer = 1 + 1 / max(per_provision, 1e-3)
        k1 = K1 * (1 - B + B * longer)
        found[name] = {
            "type": "BM25",
            "k1": round(k1, 6),
            "b": round(B * longer / (1 - B + B * longer), 6),
        }
        shares.append(round((K1 + 1) / (k1 + 1), 6))
    return found, (shares[0], shares[1])


class Lengths:
    """Counts title terms and provisions of what passes, for ``title_similarities``."""

    def __init__(self) -> None:
        self.words = self.pairs = self.provisions = 0

    def add(self, document: dict[str, Any], provisions: int) -> None:
        """Count one document."""
        self.words += document["d_title_x"].count(" ") + 1
        self.pairs += document["d_title_xx"].count(" ") + 1 if document["d_title_xx"] else 0
        self.provisions += provisions

    def per_provision(self) -> tuple[float, float]:
        """Return the title terms for each provision, words and pairs."""
        count = max(self.provisions, 1)
        return self.words / count, self.pairs / count


def documents(record: DocumentRecord) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the record as a document of the index, and its provisions."""
    shared = shared_fields(record)
    words = cut(record)
    titles = words.titles
    found = [shared | _provision(one, place, words.law) for place, one in enumerate(words.parts)]
    document = {
        **shared,
        **_FILLED_IN_DOCUMENTS,
        **number_fields(record),
        "record": DOCUMENT,
        "digest": digest_of(record),
        "parts": len(found),
        "d_title_x": " ".join(titles.exact),
        "d_title_f": " ".join(titles.folded),
        "d_title_xx": " ".join(pairs(titles.exact)),
        "d_title_ff": " ".join(pairs(titles.folded)),
        "d_text_x": [" ".join(run.exact) for run in words.runs if run.exact],
        "d_text_f": [" ".join(run.folded) for run in words.runs if run.folded],
    }
    return document, found


def provision_id(ref: str, place: int) -> str:
    """Return the id of a provision's record; that of its document is ``ref`` itself."""
    return f"{ref}#{place}"


def _provision(one: CutPart, place: int, law: Terms) -> dict[str, Any]:
    part, title = one.part, one.title
    everything = title + one.text + one.chapter + law
    return {
        **_FILLED_IN_PROVISIONS,
        "record": PROVISION,
        "part": place,
        "eid": part.eid,
        "label": part.label,
        "heading": part.heading,
        "text": part.text,
        "p_all_x": " ".join(everything.exact) or _FILLER,
        "p_all_f": " ".join(everything.folded) or _FILLER,
        "p_all_xx": " ".join(pairs(everything.exact)) or _FILLER,
        "p_all_ff": " ".join(pairs(everything.folded)) or _FILLER,
        "p_title_xx": " ".join(pairs(title.exact)) or _FILLER,
        "p_title_ff": " ".join(pairs(title.folded)) or _FILLER,
    }
