"""Citations in rendered texts become links that say the target in words of the law.

A link leads to ``/dan-chieu/`` with number, law name or provision; what that means is looked up
when it is followed, so that stored texts stay right when documents arrive, move or leave.
"""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

from legal_docs.citations import Citation, LawNames, link
from legal_docs.structure import Rendered

NAMES = Path(__file__).parent / "reference" / "law_names.csv"
_ID = re.compile(r' id="([^"]+)"')


@lru_cache(maxsize=1)
def law_names() -> LawNames:
    """Names of laws known by reference; the longest name wins, so it pays to know them all."""
    with NAMES.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return LawNames.of(
        (row["name"], int(row["year"]) if row["year"] else None, row["number"]) for row in rows
    )


def address_of(citation: Citation, own_ids: frozenset[str], own_number: str = "") -> str | None:
    """Where a citation leads; None when it names nothing that can be looked up."""
    if citation.relative == "this":
        eid = citation.provision or ""
        return f"#{eid}" if eid in own_ids else None
    if own_number and citation.number == own_number:
        eid = citation.provision or ""
        return f"#{eid}" if eid in own_ids else None
    asked = {
        "so": citation.number or "",
        "luat": "" if citation.number else citation.law or "",
        "nam": "" if citation.number else str(citation.year or ""),
        "dieu": citation.provision or "",
    }
    if not asked["so"] and not asked["luat"]:
        return None
    return "/dan-chieu/?" + urlencode({name: value for name, value in asked.items() if value})


def linked(rendered: Rendered, own_number: str = "") -> Rendered:
    """The same text with its citations as links; places of all units stay right.

    The text is cut where units begin and end, each piece is linked by itself, and the new places
    are counted from the lengths of the pieces.
    """
    html = rendered.html
    own_ids = frozenset(_ID.findall(html))
    names = law_names()
    cuts = sorted(
        {0, len(html), *(s.start for s in rendered.sections)} | {s.end for s in rendered.sections}
    )
    moved, pieces, length = {0: 0}, [], 0
    for start, end in pairwise(cuts):
        piece = link(html[start:end], lambda c: address_of(c, own_ids, own_number), names)
        pieces.append(piece)
        length += len(piece)
        moved[end] = length
    sections = tuple(
        replace(section, start=moved[section.start], end=moved[section.end])
        for section in rendered.sections
    )
    return Rendered("".join(pieces), sections)
