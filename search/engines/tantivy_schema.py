"""The fields of the embedded index, and records as its documents.

Two kinds of records stand in one index: documents (``d``), on which totals and facets are counted
exactly, and provisions (``p``), which match and rank. Both carry the fields for filters, so that a
filter never needs a join.
"""

from typing import Any, Final

import tantivy

from search.engines.cutting import CutPart, cut
from search.engines.fields import number_fields, shared_fields
from search.engines.records import DocumentRecord, digest_of
from search.engines.terms import Terms, pairs
from search.engines.weights import (
    DOCUMENT,
    PROVISION,
    article_number,
)

# Raise it with every change of fields or terms: an index of another version counts as none.
SCHEMA_VERSION: Final = 6
# Stands between the parts of a document, so that no phrase crosses from one into the next.
_GAP: Final = " ¶ "

KEYWORDS: Final = (
    "record", "ref", "visible", "number_key", "number_loose", "number_serial", "number_type",
    "number_year", "number_issuer", "eid",
)  # fmt: skip
FACETS: Final = ("kind", "type", "issuer", "level", "province", "field")
NUMBERS: Final = (
    "ref_no", "year", "issued", "in_force", "expires", "partly_from", "suspended_from",
    "suspended_until", "article", "digest",
)  # fmt: skip
TEXTS: Final = (
    "p_all_x", "p_all_f", "p_all_xx", "p_all_ff", "p_title_xx", "p_title_ff",
    "d_title_x", "d_title_f", "d_title_xx", "d_title_ff",
)  # fmt: skip
MATCHES: Final = ("d_text_x", "d_text_f")
STORED: Final = ("label", "heading", "text")


def build_schema() -> tantivy.Schema:
    """Return the schema; "raw" and "whitespace" are built in, so nothing must be registered."""
    builder = tantivy.SchemaBuilder()
    for name in KEYWORDS:
        stored = name in ("ref", "eid")
        builder.add_text_field(name, stored=stored, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in NUMBERS:
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in MATCHES:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in STORED:
        # A text field cannot be stored without being indexed too, whole texts as terms.
        builder.add_bytes_field(name, stored=True)
    return builder.build()


def documents(record: DocumentRecord) -> list[tantivy.Document]:
    """Return the record's documents for the index: itself first, then its provisions."""
    shared = shared_fields(record)
    words = cut(record)
    titles = words.titles
    found = [tantivy.Document(**shared, **_provision(one, words.law)) for one in words.parts]
    own = {
        "record": DOCUMENT,
        "digest": digest_of(record),
        **number_fields(record),
        "d_title_x": " ".join(titles.exact),
        "d_title_f": " ".join(titles.folded),
        "d_title_xx": " ".join(pairs(titles.exact)),
        "d_title_ff": " ".join(pairs(titles.folded)),
        "d_text_x": _GAP.join(" ".join(run.exact) for run in words.runs if run.exact),
        "d_text_f": _GAP.join(" ".join(run.folded) for run in words.runs if run.folded),
    }
    return [tantivy.Document(**shared, **own), *found]


def _provision(one: CutPart, law: Terms) -> dict[str, Any]:
    part, title = one.part, one.title
    everything = title + one.text + one.chapter + law
    return {
        "record": PROVISION,
        "eid": part.eid,
        "article": article_number(part.eid),
        "label": part.label.encode(),
        "heading": part.heading.encode(),
        "text": part.text.encode(),
        "p_all_x": " ".join(everything.exact),
        "p_all_f": " ".join(everything.folded),
        "p_all_xx": " ".join(pairs(everything.exact)),
        "p_all_ff": " ".join(pairs(everything.folded)),
        "p_title_xx": " ".join(pairs(title.exact)),
        "p_title_ff": " ".join(pairs(title.folded)),
    }
