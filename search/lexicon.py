"""The lexicon of public names, read from the database and kept until something is published."""

from __future__ import annotations

import threading

from legal_docs.models import DocumentType, LegalDocument
from portal.editorial.ledger import newest_number
from portal.organisations.audience import PUBLIC
from search.understanding.lexicon import Lexicon

NAMED_TYPES = ("hien-phap", "bo-luat", "luat", "phap-lenh")
_lock = threading.Lock()
_kept: tuple[int, Lexicon] | None = None


def lexicon() -> Lexicon:
    """The present lexicon; one small query when nothing changed."""
    global _kept
    newest = newest_number()
    kept = _kept
    if kept and kept[0] == newest:
        return kept[1]
    with _lock:
        built = build()
        _kept = (newest, built)
        return built


def build() -> Lexicon:
    """Read names of laws and types from the database; public ones only."""
    laws = []
    rows = (
        LegalDocument.objects.visible_to(PUBLIC)
        .filter(type__code__in=NAMED_TYPES)
        .exclude(number="")
        .order_by("-issued")
        .values_list("subject", "type__label", "issued", "number")
    )
    for subject, label, issued, number in rows:
        name = subject if subject.lower().startswith(label.lower()) else f"{label} {subject}"
        laws.append((name, issued.year if issued else None, number))
    types = DocumentType.objects.values_list("label", "label").distinct()
    return Lexicon.of(laws, types)
