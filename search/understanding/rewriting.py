"""The words as they were meant: keys decoded, glued words cut, abbreviations written out, accents
restored, slips corrected. Each rewriting is noted and can be undone.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log
from typing import Final

from portal.core.text import fold, syllable_key
from search.understanding.draft import Draft
from search.understanding.keys import decode
from search.understanding.language import LanguageModel
from search.understanding.numbers import one_slip
from search.understanding.syllable import is_bare_syllable, is_syllable, place_tone, split_tone
from search.understanding.tokens import Tokens

_RUN: Final = re.compile(r"[^\W_]+")
_LONGEST_GLUED: Final = 48
_FREQUENT: Final = 20
# The cost, as a natural logarithm, of another reading than the typed one.
_SLIP_COST: Final = 9.0
_SLIP_COST_IN_SHORT: Final = 6.0
_BARE_COST: Final = 8.0
_BARE_COST_IN_POOR: Final = 2.0
# A word without marks that no text has is likelier to lack them.
_STRANGE_COST: Final = 6.0
# A correction is sure when its pair is this frequent and the typed pair this much rarer.
_ENDINGS: Final = (
    ("n", "ng"), ("ng", "n"), ("t", "c"), ("c", "t"), ("ai", "ay"), ("ay", "ai"), ("ao", "au"),
    ("iu", "iêu"), ("iêu", "iu"), ("im", "iêm"), ("ôi", "oi"), ("oi", "ôi"),
)  # fmt: skip
_MOST_READINGS: Final = 10
_SEEN_PAIR: Final = 10
_SURE_PAIR: Final = 40
_SURE_RATIO: Final = 150
_LIKELY_RATIO: Final = 20
# A word without marks is mostly meant so where the others have theirs.
_SURE_COMPLETION: Final = 300
_MOST_SLIPS: Final = 3
_SHORT: Final = 10
# A story says everything more than once.
_LONGEST_CORRECTED: Final = 60
_HOOK, _TILDE = "\u0309", "\u0303"
_SWAPS: Final = (
    ("s", "x"), ("x", "s"), ("ch", "tr"), ("tr", "ch"), ("d", "gi"), ("gi", "d"), ("d", "đ"),
    ("d", "r"), ("r", "d"), ("r", "gi"), ("gi", "r"), ("l", "n"), ("n", "l"), ("c", "k"),
    ("k", "c"), ("g", "gh"), ("ng", "ngh"), ("ngh", "ng"),
)  # fmt: skip


def decode_keys(draft: Draft) -> None:
    """Read raw Telex or VNI as what it writes."""
    text = draft.tokens.text
    if not text.isascii():
        return
    runs = list(_RUN.finditer(text))
    language = draft.lexicon.language

    def known(syllable: str) -> bool:
        return language is None or language.count(syllable) >= _FREQUENT

    name, found = decode([run.group().lower() for run in runs], known)
    code = f"go_{name}"
    if not found or not draft.allows(code):
        return
    pieces = {runs[at].span(): syllable for at, syllable in found.items()}
    fresh = _replaced(text, pieces)
    draft.say(code, text, fresh)
    draft.tokens = Tokens.of(fresh)


def cut_glued(draft: Draft) -> None:
    """Cut words that run together: "luatdatdai"."""
    language = draft.lexicon.language
    if language is None or not draft.allows("viet_lien"):
        return
    pieces: dict[tuple[int, int], str] = {}
    for at, token in enumerate(draft.tokens.all):
        if at in draft.tokens.taken or not 6 <= len(token.text) <= _LONGEST_GLUED:
            continue
        if token.number or is_bare_syllable(token.folded) or language.count(token.text):
            continue
        if draft.lexicon.synonyms.is_short(token.text):
            continue
        cut = _cut(token.text, language)
        if cut:
            pieces[token.start, token.end] = " ".join(cut)
    if pieces:
        typed = draft.tokens.text
        fresh = _replaced(typed, pieces)
        draft.say("viet_lien", typed, fresh)
        draft.tokens = Tokens.of(fresh)


def _cut(word: str, language: LanguageModel) -> list[str]:
    """Return the syllables of a glued word, best by frequency; none unless all pairs are known."""
    bare = fold(word) == word
    total = 1e7
    best: list[tuple[float, list[str]] | None] = [(0.0, [])]
    best += [None] * len(word)
    for start in range(len(word)):
        here = best[start]
        if here is None:
            continue
        for end in range(start + 1, min(len(word), start + 7) + 1):
            piece = word[start:end]
            if not (is_bare_syllable(piece) if bare else is_syllable(piece)):
                continue
            count = language.bare_count(piece) if bare else language.count(piece)
            if count < _FREQUENT:
                continue
            cost = here[0] - log(count / total) + 2.0
            there = best[end]
            if there is None or cost < there[0]:
                best[end] = (cost, [*here[1], piece])
    found = best[-1][1] if best[-1] is not None else []
    pair = language.bare_pair if bare else language.pair_count
    if len(found) < 2 or any(pair(one, two) < 3 for one, two in pairwise(found)):
        return []
    return found


def write_out(draft: Draft, words: str) -> str:
    """Write out abbreviations where their context allows: "cty" → "công ty"."""
    tokens = Tokens.of(words)
    typed = [words[token.start : token.end] for token in tokens.all]
    pieces: dict[tuple[int, int], str] = {}
    done: dict[str, str] = {}
    for at, token in enumerate(tokens.all):
        meant = draft.lexicon.synonyms.written_out(typed, at)
        if meant is None or not draft.allows("viet_tat", typed[at]):
            continue
        if _is_said_already(meant, tokens, at):
            continue
        pieces[token.start, token.end] = meant
        done[typed[at]] = meant
    if done:
        draft.say("viet_tat", ", ".join(done), ", ".join(done.values()))
    return _replaced(words, pieces)


def _is_said_already(meant: str, tokens: Tokens, at: int) -> bool:
    """Tell whether the words stand beside their abbreviation: "bảo hiểm xã hội (BHXH)"."""
    count = len(meant.split())
    before = " ".join(token.folded for token in tokens.all[max(0, at - count) : at])
    return before == fold(meant).replace(",", "")


def restore(draft: Draft, words: str) -> str:
    """Restore the accents of words typed without any."""
    language = draft.lexicon.language
    tokens = Tokens.of(words)
    letters = [token for token in tokens.all if not token.number]
    if language is None or not letters or not draft.allows("bo_dau"):
        return words
    restored = language.restore([token.text for token in tokens.all])
    pieces = {
        (token.start, token.end): _cased(words[token.start : token.end], found)
        for token, found in zip(tokens.all, restored, strict=True)
        if found != token.text and not token.number
    }
    if not pieces:
        return words
    fresh = _replaced(words, pieces)
    draft.restored = True
    draft.say("bo_dau", words, fresh)
    return fresh


def correct(draft: Draft, words: str) -> str:
    """Complete missing accents and correct slips of spelling, both with caution."""
    language = draft.lexicon.language
    tokens = Tokens.of(words)
    if language is None or not 2 <= len(tokens) <= _LONGEST_CORRECTED:
        return words
    typed = [token.text for token in tokens.all]
    poor = _is_poor(tokens)
    options = _options(tokens, language, poor=poor)
    chosen = language.best(options)
    sure: dict[int, str] = {}
    unsure: dict[int, str] = {}
    completed: dict[int, str] = {}
    for at, (word, found) in enumerate(zip(typed, chosen, strict=True)):
        if found == word or syllable_key(found) == syllable_key(word):
            continue
        if fold(found) == word:
            if poor or (
                max(_pairs(chosen, at, language)) >= _SURE_COMPLETION
                and _is_sure(typed, chosen, at, language)
            ):
                completed[at] = found
        elif _is_sure(typed, chosen, at, language):
            sure[at] = found
        elif _gains(typed, chosen, at, language, _LIKELY_RATIO):
            unsure[at] = found
    words = _corrected(draft, tokens, words, completed, "them_dau", _MOST_SLIPS * 4)
    words = _corrected(draft, Tokens.of(words), words, sure, "chinh_ta", _MOST_SLIPS)
    if unsure and len(unsure) <= _MOST_SLIPS and len(tokens) <= 12 and draft.allows("goi_y"):
        tokens = Tokens.of(words)
        pieces = {
            (token.start, token.end): _cased(words[token.start : token.end], found)
            for token, found in ((tokens.all[at], found) for at, found in unsure.items())
        }
        draft.say("goi_y", words, _replaced(words, pieces))
    return words


def _corrected(
    draft: Draft, tokens: Tokens, words: str, found: dict[int, str], code: str, most: int
) -> str:
    if not found or len(found) > most or not draft.allows(code):
        return words
    pieces = {
        (tokens.all[at].start, tokens.all[at].end): _cased(
            words[tokens.all[at].start : tokens.all[at].end], word
        )
        for at, word in found.items()
    }
    fresh = _replaced(words, pieces)
    draft.say(code, ", ".join(tokens.all[at].text for at in found), ", ".join(found.values()))
    return fresh


def _is_poor(tokens: Tokens) -> bool:
    """Tell whether so few words have marks that many must have been left out."""
    real = [token for token in tokens.all if not token.number and is_syllable(token.text)]
    return sum(not token.bare for token in real) < 0.45 * len(real)


def _options(
    tokens: Tokens, language: LanguageModel, *, poor: bool
) -> list[list[tuple[str, float]]]:
    """Return what each word may have been meant as, with the cost of thinking so."""
    bare_cost = _BARE_COST_IN_POOR if poor else _BARE_COST
    slip_cost = _SLIP_COST_IN_SHORT if len(tokens) <= _SHORT else _SLIP_COST
    found = []
    for token in tokens.all:
        own = [(token.text, 0.0)]
        if not token.number and len(token.text) > 1:
            if token.bare and is_bare_syllable(token.text):
                if not language.count(token.text):
                    own = [(token.text, bare_cost + _STRANGE_COST)]
                own += [(word, bare_cost) for word in language.readings(token.text)]
            elif not token.bare and is_syllable(token.text):
                if not language.count(token.text):
                    own = [(token.text, slip_cost + _STRANGE_COST)]
                own += [(word, slip_cost) for word in _heard_alike(token.text, language)]
            elif not token.bare and not language.count(token.text):
                own += [(word, 1.0) for word in _typed_alike(token.text, language)]
        found.append(list(dict(reversed(own)).items())[::-1] if len(own) > 1 else own)
    return found


def _heard_alike(word: str, language: LanguageModel) -> Iterable[str]:
    """Yield known syllables that sound like ``word`` to some, or have its letters without marks."""
    plain, tone = split_tone(word)
    forms = list(_confused(word))
    for one, two in _ENDINGS:
        if plain.endswith(one):
            forms.append(place_tone(plain[: -len(one)] + two, tone))
    forms += language.readings(fold(word))[:_MOST_READINGS]
    for form in dict.fromkeys(forms):
        if form != word and is_syllable(form) and language.count(form) >= _FREQUENT:
            yield language.spelling(form)


@lru_cache(maxsize=1 << 12)
def _confused(word: str) -> tuple[str, ...]:
    """Return what is confused by ear with ``word``: hỏi and ngã, s and x, ch and tr, d and gi."""
    plain, tone = split_tone(word)
    other = {_HOOK: _TILDE, _TILDE: _HOOK}.get(tone)
    forms = [place_tone(plain, other)] if other else []
    for one, two in _SWAPS:
        # "ch" is no "c" before an h, "ng" no "n" before a g.
        if plain.startswith(one) and plain[len(one) : len(one) + 1] not in ("h", "g"):
            forms.append(place_tone(two + plain[len(one) :], tone))
    return tuple(forms)


def _typed_alike(word: str, language: LanguageModel) -> Iterable[str]:
    """Yield known syllables that are one letter away from what is no syllable."""
    seen = set()
    for at in range(len(word)):
        for form in (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
        ):
            if form not in seen and is_syllable(form) and language.count(form) >= 10 * _FREQUENT:
                seen.add(form)
                yield language.spelling(form)


def _is_sure(typed: Sequence[str], chosen: Sequence[str], at: int, language: LanguageModel) -> bool:
    """Tell whether the corrected pair is frequent and the typed one hardly ever seen.

    Another tone or ending makes another word too often: it is taken for a rare word only, and
    where both neighbours know it. What is confused by ear is taken for a frequent word too.
    """
    word, found = typed[at], chosen[at]
    if not is_syllable(word):
        return one_slip(word, found) and max(_pairs(chosen, at, language)) >= _SURE_PAIR
    if found not in _confused(word) and fold(word) != word:
        left, right = _pairs(chosen, at, language)
        lonely = (at and left < _SEEN_PAIR) or (at + 1 < len(typed) and right < _SEEN_PAIR)
        if lonely or language.count(word) >= _FREQUENT:
            return False
    return _gains(typed, chosen, at, language, _SURE_RATIO)


def _gains(
    typed: Sequence[str], chosen: Sequence[str], at: int, language: LanguageModel, ratio: int
) -> bool:
    """Tell whether the pairs of the chosen word are frequent, and that much more than the typed."""
    before = _pairs([*chosen[:at], typed[at], *chosen[at + 1 :]], at, language)
    after = _pairs(chosen, at, language)
    return (
        max(after) >= _SURE_PAIR
        and max(after) >= ratio * max(1, *before)
        and all(new >= old for new, old in zip(after, before, strict=True))
    )


def _pairs(words: Sequence[str], at: int, language: LanguageModel) -> tuple[int, int]:
    left = language.pair_count(words[at - 1], words[at]) if at else 0
    right = language.pair_count(words[at], words[at + 1]) if at + 1 < len(words) else 0
    return left, right


def _replaced(text: str, pieces: dict[tuple[int, int], str]) -> str:
    for (start, end), fresh in sorted(pieces.items(), reverse=True):
        text = text[:start] + fresh + text[end:]
    return text


def _cased(typed: str, found: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return found.upper()
    return found.capitalize() if typed[:1].isupper() else found
