"""Publication checks that know law. Each module registers its own (``portal.editorial.checks``)."""

from __future__ import annotations

from portal.editorial.checks import Check, Found, register
from portal.editorial.pieces import remembered
from portal.organisations.models import Organisation

__all__ = ["LEGAL", "WORKS", "Check", "Found", "issuers_of", "register"]

#: Classes of content that a check of works looks at.
LEGAL = frozenset({"legal"})
WORKS = frozenset({"legal", "directive"})


def issuers_of(draft) -> dict[int, Organisation]:
    """All who issue it, the first one first, by id."""
    return remembered(
        draft,
        "issuers",
        lambda: {one.pk: one for one in (draft.lead_issuer, *draft.issuers.all())},
    )
