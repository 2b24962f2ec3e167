"""What a page without results offers instead of an apology."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.text import fold, syllables
from search.asking import Question
from search.chips import Chip, Understood
from search.links import linked
from search.suggesting import Suggestion, book, suggestions

_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class WaysOn:
    """Ways out of an empty page, each a link."""

    filters: tuple[Chip, ...]
    shorter: Chip | None
    near: tuple[Suggestion, ...]


def ways_on(question: Question, line: Understood) -> WaysOn:
    """Links that take one thing away, and the names most like what was typed."""
    near = [one for one in _near(question) if fold(one.value) != fold(question.text.strip())]
    return WaysOn(
        filters=tuple(chip for chip in line.chips if chip.link),
        shorter=without_rarest(question),
        near=tuple(near[:5]),
    )


def _near(question: Question) -> list[Suggestion]:
    """Numbers and names like the whole of what was typed, else names like its beginning."""
    found = suggestions(question.text, question.plan.visible_to)
    words, names = syllables(question.text)[:12], book()
    for count in range(len(words) - 1, 1, -1):  # one word alone is like too much
        if found:
            break
        found = names.like(" ".join(words[:count]))
    return found


def without_rarest(question: Question) -> Chip | None:
    """A search without the word that fewest texts have; it is the likeliest to be wrong."""
    typed = question.plan.words.split()
    if len(typed) < _SHORTEST or len(typed) > 60:
        return None
    language = question.names.lexicon.language
    rarest = min(
        range(len(typed)),
        key=lambda at: (
            language.count(typed[at].lower()) if language else 0,
            -len(typed[at]),
        ),
    )
    left = " ".join(word for at, word in enumerate(typed) if at != rarest)
    return Chip(typed[rarest], linked(question.query, q=left, drop="bo"))
