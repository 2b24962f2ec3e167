"""What the draft of a work says, piece by piece, for checks: its subject and its texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from portal.editorial.pieces import Piece, remembered

from . import matching
from .facts import Parts, field_place, naming
from .models import Expression, Manifestation, Provision, Relation
from .models.work import Work


def parts_of(draft: Work) -> Parts:
    """Texts, provisions, files and relations of a draft, read once in a run of checks."""
    return draft.__dict__.get("parts") or remembered(draft, "parts", lambda: Parts.of(draft))


def texts_of(draft: Work) -> list[Expression]:
    """The texts that stand when it goes live."""
    return parts_of(draft).current(live=False)


def files_of(draft: Work) -> list[Manifestation]:
    return parts_of(draft).others(live=False)[0]


def relations_of(draft: Work) -> list[Relation]:
    return parts_of(draft).others(live=False)[1]


def pieces_of(draft: Work) -> Iterator[Piece]:
    """The subject, then each text cut at its provisions."""
    yield Piece(field_place(_("Subject")), _("Subject"), draft.subject)
    texts = texts_of(draft)
    for text in texts:
        mark, before = naming(text, alone=len(texts) == 1)
        for piece in cut(text.html, parts_of(draft).provisions[text.pk]):
            yield Piece(
                f"provision:{mark}{piece.place}",
                f"{before}{piece.label or _('Text')}",
                piece.text,
                piece.html,
                piece.head,
            )


def cut(html: str, rows: Sequence[Provision]) -> Iterator[Piece]:
    """Stretches of a text, each with the innermost provision in which it stands. What stands in
    none has no place: above the first one it is the head, elsewhere the signature and the like."""
    if not rows:
        yield _piece(html, None, head=True)
        return
    edges = sorted({0, len(html), *(row.start for row in rows), *(row.end for row in rows)})
    ordered = sorted(rows, key=lambda row: (row.start, -row.end))
    open_rows: list[Provision] = []
    at = 0
    for start, end in pairwise(edges):
        while open_rows and open_rows[-1].end <= start:
            open_rows.pop()
        while at < len(ordered) and ordered[at].start <= start:
            if ordered[at].end > start:
                open_rows.append(ordered[at])
            at += 1
        if html[start:end].strip():
            inner = open_rows[-1] if open_rows else None
            yield _piece(html[start:end], inner, head=start < ordered[0].start)


def _piece(html: str, row: Provision | None, *, head: bool) -> Piece:
    text = "\n".join(matching.paragraphs(html))
    return Piece(row.eid if row else "", row.label.rstrip(". ") if row else "", text, html, head)
