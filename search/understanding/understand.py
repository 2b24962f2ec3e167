"""From typed words to a plan: a number, a place in a law, or words; the reasons are kept."""

import re
from dataclasses import replace
from datetime import date
from typing import Final

from legal_docs.numbering import canonical, key, loose_key, parse, parse_query
from portal.core.text import clean, fold, squash_spaces
from portal.organisations.audience import Audience
from search.plan import Reason, SearchPlan
from search.understanding.lexicon import Lexicon
from search.understanding.places import NamedPlace, named_place

_LONGEST: Final = 500
# A number that lost its signs on the way: "122031ndcp".
_PASTED: Final = re.compile(r"\d{1,6}(?:19|20)\d\d[a-z]{2,30}\d{0,2}")


def understand(text: str, lexicon: Lexicon, audience: Audience, today: date) -> SearchPlan:
    """Return the plan for what a reader typed; filters, sort and page are the caller's to add.

    >>> from portal.organisations.audience import PUBLIC
    >>> plan = understand("Số: 12/2031/nđ-cp", Lexicon(), PUBLIC, date(2031, 1, 1))
    >>> plan.numbers, plan.because[0].code
    (('12-2031-nd-cp',), 'so_hieu')
    """
    words = squash_spaces(clean(text))[:_LONGEST]
    plan = SearchPlan(text=text, visible_to=audience, today=today, words=words)
    if not words:
        return plan
    if parse(words) is not None:
        return _by_number(plan)
    if _PASTED.fullmatch(fold(words)):
        return replace(plan, loose=loose_key(words), because=(Reason("so_hieu_lien", words),))
    place = named_place(words, lexicon)
    if place is not None:
        return _at_place(plan, place)
    partial = parse_query(words)
    if partial is not None:
        return replace(plan, partial=partial, because=(Reason("so_hieu_thieu", words),))
    return plan


def _by_number(plan: SearchPlan) -> SearchPlan:
    reason = Reason("so_hieu", plan.words, canonical(plan.words))
    return replace(plan, numbers=(key(plan.words),), loose=loose_key(plan.words), because=(reason,))


def _at_place(plan: SearchPlan, place: NamedPlace) -> SearchPlan:
    name = place.laws[0].name if place.laws else None
    code = "dieu_khoan" if place.provision else "ten_luat"
    value = " ".join(part for part in (place.provision, name) if part)
    return replace(
        plan,
        numbers=tuple(key(law.number) for law in place.laws),
        partial=place.partial,
        law=name,
        provision=place.provision,
        because=(Reason(code, plan.words, value),),
    )
