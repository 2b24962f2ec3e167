"""Numbers of documents (số, ký hiệu): read, spelled, found in text, keyed.

Rules: Luật 64/2025/QH15 and Nghị định 30/2020/NĐ-CP. A number with a year is normative as a rule;
administrative and Party documents carry none. One number may exist in every province, so the
identity of a document is number, issuer and date together; this room knows only the number.
"""

from legal_docs.numbering.finding import NumberMatch, find
from legal_docs.numbering.keys import NO_NUMBER, canonical, key, loose_key, same
from legal_docs.numbering.number import DocumentNumber, format
from legal_docs.numbering.parsing import parse
from legal_docs.numbering.queries import PartialNumber, parse_query

__all__ = [
    "NO_NUMBER",
    "DocumentNumber",
    "NumberMatch",
    "PartialNumber",
    "canonical",
    "find",
    "format",
    "key",
    "loose_key",
    "parse",
    "parse_query",
    "same",
]
