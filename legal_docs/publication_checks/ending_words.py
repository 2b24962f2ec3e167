"""Which documents a text says it replaces or repeals as a whole."""

from __future__ import annotations

import re

from legal_docs import citations, numbering
from legal_docs.linking import law_names
from portal.editorial.pieces import Piece, pieces, remembered

_WORTH = re.compile(r"thay thế|bãi bỏ|hết hiệu lực")
_BEFORE = re.compile(
    r"(?:thay thế|bãi bỏ)(?: toàn bộ)?(?: cho)?(?: các)?(?: sau(?: đây)?)?\s*:?\s*$"
)
_AFTER = re.compile(r"[^.;]{0,200}?hết hiệu lực(?! một phần)")
#: "Luật … được sửa đổi theo Luật số …, Luật số … hết hiệu lực": those that amended are listed only.
_LISTED = re.compile(r"(?<!\w)(?:theo|bởi|tại|về)(?!\w)[^.;()]*$")
#: Only where effect is spoken of, and only so much of it: clauses of ending are short.
_LONGEST = 20_000


def ended_by(draft) -> dict[str, Piece]:
    """Keys of numbers of documents that end, with the piece in which it is said."""
    return remembered(draft, "ended by", lambda: _ended(draft))


def _ended(draft) -> dict[str, Piece]:
    found: dict[str, Piece] = {}
    for piece in pieces(draft):
        text = piece.text[:_LONGEST]
        if not piece.place.startswith("provision:") or "hiệu lực" not in text:
            continue
        for line in text.split("\n"):
            if _WORTH.search(line):
                for number in _in_line(line):
                    found.setdefault(numbering.key(number), piece)
    return found


def _in_line(line: str):
    for one in citations.find(line, law_names()):
        if one.number is None or one.provision or one.relative:
            continue
        if _BEFORE.search(line[max(0, one.start - 60) : one.start]) or _ends(line, one):
            yield one.number


def _ends(line: str, one) -> bool:
    """ "Nghị định số … hết hiệu lực kể từ ngày …": the words follow the citation, and nothing of it
    alone is meant ("Điều 5 Nghị định …" has a provision)."""
    before = line[max(0, one.start - 400) : one.start]
    listed = _LISTED.search(before) is not None or before.endswith("của ")
    return not listed and _AFTER.match(line, one.end) is not None
