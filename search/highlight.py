"""The excerpt under a hit: the best window of a text, with the query's words marked.

Words match as they do in the index: a word typed with marks by its tone key, one typed without
by its folded form. Words that stand together as in the query count more than scattered ones, and
scattered ones are marked only where nothing better stands in the window.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np

from portal.core.text import clean, fold, has_marks, syllable_key, syllables

Segments = tuple[tuple[str, bool], ...]

_READ: Final = 20_000
_WORDS: Final = 64
_PAIR_WEIGHT: Final = 4
# Folds letter by letter, six times as fast as by decomposing: all letters of Vietnamese are below.
_LETTERS: Final = 0x1F00
_TABLE: Final = np.array([ord((fold(chr(c)) or " ")[0]) for c in range(_LETTERS)], dtype="<u4")


@dataclass(slots=True)
class _Hit:
    start: int
    end: int
    word: int
    paired: bool


@dataclass(frozen=True, slots=True)
class _Query:
    """A query prepared once for all the texts of a page."""

    exact: dict[str, int]
    loose: dict[str, int]
    neighbours: frozenset[tuple[str, str]]
    pattern: re.Pattern[str]


@lru_cache(maxsize=256)
def _query(typed: str) -> _Query | None:
    words = syllables(typed)[:_WORDS]
    if not words:
        return None
    marked = [has_marks(word) for word in words]
    folded = [fold(word) for word in words]
    # Only folded words reach Python; all others are passed over by the pattern.
    anyone = "|".join(sorted(set(folded), key=len, reverse=True))
    return _Query(
        {syllable_key(word): index for index, word in enumerate(words)},
        {f: i for i, f in enumerate(folded) if not (marked[i] and any(marked))},
        frozenset(pairwise(folded)),
        re.compile(rf"(?<![^\W\d_])(?:{anyone})(?![^\W\d_])"),
    )


def excerpt(text: str, query_terms: str | Iterable[str], width: int = 240) -> Segments:
    """Return about ``width`` characters of ``text`` as (piece, marked) segments.

    The pieces joined are the excerpt, with "…" where it begins or ends inside the text.

    >>> excerpt("Cây xanh đô thị được bảo vệ.", "cay xanh")
    (('Cây xanh', True), (' đô thị được bảo vệ.', False))
    """
    typed = query_terms if isinstance(query_terms, str) else " ".join(query_terms)
    text = " ".join(clean(text[:_READ]).split())
    hits = _hits(text, _query(typed))
    start, end = _window(text, hits, width)
    inside = [hit for hit in hits if start <= hit.start and hit.end <= end]
    if any(hit.paired for hit in inside):
        inside = [hit for hit in inside if hit.paired]
    return _segments(text, inside, start, end)


def _hits(text: str, query: _Query | None) -> list[_Hit]:
    """Return the words of ``text`` that the query has, paired when the query's next follows."""
    if query is None:
        return []
    hits: list[_Hit] = []
    before = ""
    for found in query.pattern.finditer(_folded(text)):
        folded, (start, end) = found.group(), found.span()
        index = query.exact.get(syllable_key(text[start:end]))
        if index is None:
            index = query.loose.get(folded)
        if index is None:
            before = ""
            continue
        paired = False
        if (before, folded) in query.neighbours and _is_near(text, hits[-1].end, start):
            paired = hits[-1].paired = True
        hits.append(_Hit(start, end, index, paired))
        before = folded
    return hits


def _is_near(text: str, end: int, start: int) -> bool:
    return start - end <= 3 and not any(map(str.isalnum, text[end:start]))


def _folded(text: str) -> str:
    """Return ``text`` folded letter by letter, so that places in it are places in ``text``."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded = np.where(codes < _LETTERS, _TABLE[np.minimum(codes, _LETTERS - 1)], codes)
    return folded.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _window(text: str, hits: list[_Hit], width: int) -> tuple[int, int]:
    """Return the span of ``width`` with the most different words and pairs of the query."""
    if len(text) <= width:
        return 0, len(text)
    best, best_at = 0, 0
    counts: dict[tuple[int, bool], int] = {}
    first = score = 0
    for hit in hits:
        kind = (hit.word, hit.paired)
        counts[kind] = counts.get(kind, 0) + 1
        if counts[kind] == 1:
            score += _PAIR_WEIGHT if hit.paired else 1
        while hit.end - hits[first].start > width:
            old = (hits[first].word, hits[first].paired)
            counts[old] -= 1
            if not counts[old]:
                score -= _PAIR_WEIGHT if hits[first].paired else 1
            first += 1
        if score > best:
            best, best_at = score, hits[first].start
    start = max(0, min(best_at - width // 6, len(text) - width))
    return _at_word(text, start), _at_word(text, start + width)


def _at_word(text: str, at: int) -> int:
    """Move ``at`` back to the beginning of the word it stands in, if that is near."""
    if at <= 0 or at >= len(text):
        return max(0, min(at, len(text)))
    space = text.rfind(" ", max(0, at - 24), at + 1)
    return at if space < 0 else space + 1


def _segments(text: str, hits: list[_Hit], start: int, end: int) -> Segments:
    segments: list[tuple[str, bool]] = []
    at = start
    lead = "…" if start else ""
    for hit in hits:
        between = text[at : hit.start]
        if segments and segments[-1][1] and between == " ":
            segments[-1] = (segments[-1][0] + between + text[hit.start : hit.end], True)
        else:
            if lead + between:
                segments.append((lead + between, False))
            segments.append((text[hit.start : hit.end], True))
        at, lead = hit.end, ""
    tail = lead + text[at:end].rstrip() + ("…" if end < len(text) else "")
    return tuple([*segments, (tail, False)] if tail else segments)
