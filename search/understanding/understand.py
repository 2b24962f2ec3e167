"""From typed words to a plan: one step after another, each of which says what it did."""

from collections.abc import Set
from dataclasses import replace
from datetime import date
from typing import Final

from portal.core.text import clean, normalise_dashes, squash_spaces, syllables
from portal.organisations.audience import Audience
from search.plan import Filters, Reason, SearchPlan
from search.understanding.data import LINKING
from search.understanding.draft import Draft
from search.understanding.fields import read_field
from search.understanding.lexicon import Lexicon
from search.understanding.numbers import find_numbers
from search.understanding.operators import read_operators
from search.understanding.places import find_laws, find_provision
from search.understanding.rewriting import correct, cut_glued, decode_keys, restore, write_out
from search.understanding.said import find_said, order_by_day
from search.understanding.scaffolding import without_scaffolding
from search.understanding.tokens import Tokens

LONGEST: Final = 500


def understand(
    text: str,
    lexicon: Lexicon,
    audience: Audience,
    today: date,
    *,
    verbatim: bool = False,
    without: Set[str] = frozenset(),
) -> SearchPlan:
    """Return the plan for what a reader typed; sort and page are the caller's to add.

    ``verbatim`` only cleans and reads operators. ``without`` holds codes of reasons, or
    ``code:value``, that the reader undid.

    >>> from portal.organisations.audience import PUBLIC
    >>> plan = understand("Số: 12/2031/nđ-cp", Lexicon(), PUBLIC, date(2031, 1, 1))
    >>> plan.numbers, plan.because[0].code
    (('12-2031-nd-cp',), 'so_hieu')
    """
    plan = SearchPlan(text=text, visible_to=audience, today=today)
    typed = normalise_dashes(squash_spaces(clean(text[:LONGEST])))
    if not typed:
        return plan
    draft = Draft(Tokens.of(typed), lexicon, today, frozenset(without))
    _operators(draft, typed)
    if verbatim:
        return _finished(plan, draft, draft.tokens.text)
    _read(draft)
    words = draft.tokens.text
    if draft.tokens.left or draft.tokens.kept:
        words = _reworded(draft, draft.tokens.rest())
    elif draft.filters and not draft.numbers and not draft.partials and draft.loose is None:
        words = ""
        order_by_day(draft)
    plan = _finished(plan, draft, words)
    if not words or (plan.names_documents and not plan.also):
        return plan
    return _widened(plan, draft, typed)


def _operators(draft: Draft, typed: str) -> None:
    found = read_operators(
        typed, lambda name, value, quoted: read_field(draft, name, value, quoted)
    )
    if not draft.allows("nguyen_van"):
        found.phrases.clear()
    for phrase in found.phrases:
        draft.say("nguyen_van", phrase, phrase)
    for word in found.excluded:
        draft.say("loai_tru", word, word)
    draft.phrases, draft.excluded = found.phrases, found.excluded
    if found.text != typed:
        draft.tokens = Tokens.of(found.text)


def _read(draft: Draft) -> None:
    """Note what the words name; what is left over are words to search by."""
    decode_keys(draft)
    find_numbers(draft)
    if not draft.tokens.left:
        return
    if not draft.tokens.taken:
        cut_glued(draft)
    find_laws(draft)
    if draft.named:
        find_provision(draft)
    find_said(draft)
    if draft.tokens.taken - draft.tokens.kept:
        draft.take_linking()


def _reworded(draft: Draft, words: str) -> str:
    accented = Tokens.of(words).accented
    words = write_out(draft, words)
    return correct(draft, words) if accented else restore(draft, words)


def _finished(plan: SearchPlan, draft: Draft, words: str) -> SearchPlan:
    """Put the draft into the plan; words beside a named document make it one of several hits."""
    named = bool(draft.numbers or draft.partials)
    left = (draft.tokens.all[at].folded for at in draft.tokens.left)
    also = named and any(word not in LINKING for word in left)
    if also:
        draft.say("tu_khoa", words)
    return replace(
        plan,
        words=words,
        core=words,
        required=(),
        phrases=tuple(draft.phrases),
        excluded=tuple(draft.excluded),
        restored=draft.restored,
        recent=draft.recent,
        also=also,
        numbers=tuple(draft.numbers),
        loose=draft.loose,
        partial=draft.partials[0] if draft.partials else None,
        partials=tuple(draft.partials[1:]),
        law=draft.law,
        provision=draft.provision,
        filters=Filters(**draft.filters),
        sort=draft.sort,
        because=tuple(draft.because),
    )


def _widened(plan: SearchPlan, draft: Draft, typed: str) -> SearchPlan:
    """Add other words for parts of the words, and the core of them."""
    expansions = tuple(
        found
        for found in draft.lexicon.synonyms.expansions(plan.words, typed)
        if draft.allows(found.strength.value, found.words)
    )
    cut = syllables(plan.words) if expansions else []
    reasons = (
        Reason(found.strength.value, " ".join(cut[found.start : found.end]), found.words)
        for found in expansions
    )
    core = without_scaffolding(plan.words)
    return replace(plan, expansions=expansions, core=core, because=(*plan.because, *reasons))
