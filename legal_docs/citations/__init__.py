"""Citations (dẫn chiếu): which documents and provisions a text names, and links to them."""

from legal_docs.citations.finding import find
from legal_docs.citations.law_names import NO_LAWS, Law, LawNames
from legal_docs.citations.linking import Resolve, link
from legal_docs.citations.model import Citation

__all__ = ["NO_LAWS", "Citation", "Law", "LawNames", "Resolve", "find", "link"]
