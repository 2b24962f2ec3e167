"""Putting a mark in the place of personal data in the draft of a work."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from html import escape
from itertools import accumulate

from django.db import transaction

from . import matching
from .models import Expression, Provision
from .models.part import Part
from .models.work import Work
from .pieces import Parts

_TAG = re.compile(r"(<[^<>]*>)")


@transaction.atomic
def redact(draft: Work, strings: Collection[str], mark: str) -> int:
    """Replace these strings in the subject and in every text that waits or stands; a text that is
    live gets a draft beside it. Returns how many places there were; the caller saves the revision
    and knows that files keep what they say."""
    hidden = pattern_of(strings)
    if hidden is None:
        return 0
    draft.subject, count = hidden.subn(mark, draft.subject)
    for text in Parts.of(draft).current(live=False):
        count += _redact_text(text, strings, mark)
    draft.__dict__.pop("parts", None)
    draft.__dict__.pop("parts_at_hand", None)
    return count


def pattern_of(strings: Collection[str], *, html: bool = False) -> re.Pattern[str] | None:
    """One expression for all of them, longest first; a space stands for any white space."""
    space = r"(?:\s|&nbsp;|&#160;)+" if html else r"\s+"
    shapes = []
    for one in sorted({" ".join(one.split()) for one in strings} - {""}, key=len, reverse=True):
        words = (escape(word, quote=False) if html else word for word in one.split(" "))
        shapes.append(space.join(map(re.escape, words)))
    return re.compile(rf"(?<!\w)(?:{'|'.join(shapes)})(?!\w)") if shapes else None


def replaced(html: str, hidden: re.Pattern[str], mark: str) -> tuple[str, list[tuple[int, int]]]:
    """The HTML with the mark in text, never inside a tag; and (end of what went, its growth)."""
    parts, moves, at = [], [], 0
    for index, part in enumerate(_TAG.split(html)):
        if index % 2 == 0:
            moves += [
                (at + m.end(), len(mark) - (m.end() - m.start())) for m in hidden.finditer(part)
            ]
            parts.append(hidden.sub(lambda match: mark, part))
        else:
            parts.append(part)
        at += len(part)
    return "".join(parts), moves


def moved(places: Iterable[int], moves: list[tuple[int, int]]) -> dict[int, int]:
    """Where places of the old HTML stand in the new one.

    >>> moved([0, 9], [(5, -2)])
    {0: 0, 9: 7}
    """
    ends = [end for end, _growth in moves]
    grown = [0, *accumulate(growth for _end, growth in moves)]
    return {place: place + grown[bisect_right(ends, place)] for place in places}


def _redact_text(text: Expression, strings: Collection[str], mark: str) -> int:
    in_html, in_text = pattern_of(strings, html=True), pattern_of(strings)
    if in_html is None or in_text is None:
        return 0
    html, moves = replaced(text.html, in_html, mark)
    if not moves:
        return 0
    rows = list(Provision.objects.filter(expression=text).order_by("order"))
    places = moved({edge for row in rows for edge in (row.start, row.end)}, moves)
    outline = [
        [in_text.sub(mark, cell) if isinstance(cell, str) else cell for cell in row]
        for row in text.outline
    ]
    was_draft = text.state == Part.State.DRAFT
    if was_draft:
        text.delete()
    text.pk, text.state, text._state.adding = None, Part.State.DRAFT, True
    text.html, text.outline = html, outline
    text.text_hash, text.text_key = matching.text_hash(html), matching.key_of_html(html)
    text.save()
    for row in rows:
        row.pk, row.expression, row._state.adding = None, text, True
        row.start, row.end = places[row.start], places[row.end]
        row.heading, row.text = in_text.sub(mark, row.heading), in_text.sub(mark, row.text)
        row.text_key = matching.key_of_html(html[row.start : row.end])
    Provision.objects.bulk_create(rows, batch_size=500)
    return len(moves)
