"""Laws by name and places in documents: "điều 5 khoản 2 luật cây xanh 2031", "phụ lục III"."""

from typing import Final

from legal_docs.citations import Law
from legal_docs.numbering import key
from legal_docs.structure.numerals import canonical
from portal.core.text import syllable_key, syllables
from search.understanding.draft import Draft
from search.understanding.tokens import Token, Tokens

_UNITS: Final = {"dieu": "điều", "khoan": "khoản", "diem": "điểm"}
_ROMAN: Final = frozenset("ivxlc")
_LINKS: Final = frozenset({"cua", "tai", "theo", "trong", "va"})
_MOST_LAWS: Final = 5


def find_laws(draft: Draft) -> None:
    """Note the laws that are named with their kind; their words stay in the text.

    A year behind the name chooses; without one the newest in force comes first.
    """
    tokens, found = draft.tokens, list[tuple[int, int, tuple[Law, ...]]]()
    at = 0
    while at < len(tokens):
        read = None if at in tokens.taken else _law_at(draft, at)
        if read is None:
            at += 1
            continue
        found.append((at, *read))
        at = read[0]
    for start, end, laws in found:
        title = draft.lexicon.titles.get(laws[0].number, laws[0].name)
        if not draft.allows("ten_luat", title):
            continue
        alone = len(found) == 1 and _nothing_beside(tokens, start, end)
        for law in laws[: _MOST_LAWS if alone else 1]:
            if key(law.number) not in draft.numbers:
                draft.numbers.append(key(law.number))
        draft.law = draft.law or title
        draft.say("ten_luat", tokens.words(start, end), title)
        tokens.take(start, end, keep=True)


def _law_at(draft: Draft, at: int) -> tuple[int, tuple[Law, ...]] | None:
    """Return (end, laws in order) of the name at a token."""
    tokens, lexicon = draft.tokens, draft.lexicon
    if tokens.all[at].folded not in lexicon.openings:
        return None
    words = [token.folded for token in tokens.all[at : at + 40]]
    found = lexicon.laws.at_words(words, folded=True)
    if found is None and words[0] in lexicon.initials:
        found = 1, lexicon.initials[words[0]]
    if found is None:
        return None
    count, laws = found
    typed = tokens.all[at : at + count]
    fitting = [law for law in laws if _is_spelled(law.name, typed)]
    end, year = _year_at(tokens, at + count)
    if year is not None:
        dated = [law for law in fitting if law.year == year]
        if not dated and fitting and end == len(tokens) and at == 0:
            return None
        fitting, end = (dated, end) if dated else (fitting, at + count)
    if not fitting:
        return None
    once = {law.number: law for law in reversed(fitting)}
    return end, lexicon.in_order(once.values(), draft.today)


def _is_spelled(name: str, typed: list[Token]) -> bool:
    keys = [syllable_key(word) for word in syllables(name)]
    return len(keys) == len(typed) and all(
        token.bare or token.key == own for token, own in zip(typed, keys, strict=True)
    )


def _year_at(tokens: Tokens, at: int) -> tuple[int, int | None]:
    """Read "năm 2031" or "2031" behind a name."""
    for skip in (1, 0):
        if skip and not (at < len(tokens) and tokens.all[at].folded == "nam"):
            continue
        place = at + skip
        if place < len(tokens) and len(tokens.all[place].text) == 4:
            word = tokens.all[place].text
            if word.isascii() and word.isdecimal() and word[:2] in ("19", "20"):
                return place + 1, int(word)
    return at, None


def _nothing_beside(tokens: Tokens, start: int, end: int) -> bool:
    places = {at for first, last in _units(tokens)[1] for at in range(first, last)}
    return all(
        at in tokens.taken | places or start <= at < end or tokens.all[at].folded in _LINKS
        for at in range(len(tokens))
    )


def find_provision(draft: Draft) -> None:
    """Note the provision that is asked for, once it is known that a document is."""
    tokens = draft.tokens
    numbers, places = _units(tokens)
    if "phu-luc" in numbers:
        provision = f"phu-luc-{numbers['phu-luc']}"
    elif "dieu" in numbers:
        provision = ".".join(f"{unit}-{numbers[unit]}" for unit in _UNITS if unit in numbers)
    else:
        return
    if not draft.allows("dieu_khoan", provision):
        return
    draft.provision = provision
    for start, end in places:
        tokens.take(start, end, keep=draft.law is not None)
    draft.say("dieu_khoan", " ".join(tokens.words(*place) for place in places), provision)


def _units(tokens: Tokens) -> tuple[dict[str, str], list[tuple[int, int]]]:
    """Return the numbers of the units that are said, and where."""
    numbers: dict[str, str] = {}
    places: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        read = _appendix(tokens, at) if not numbers else None
        read = read or _unit(tokens, at, numbers)
        if read is None:
            at += 1
            continue
        unit, value, end = read
        numbers[unit] = value
        places.append((at, end))
        at = end
    return numbers, places


def _unit(tokens: Tokens, at: int, known: dict[str, str]) -> tuple[str, str, int] | None:
    token = tokens.all[at]
    unit = token.folded
    if unit not in _UNITS or unit in known or not (token.bare or token.text == _UNITS[unit]):
        return None
    if at + 1 >= len(tokens) or at in tokens.taken or at + 1 in tokens.taken:
        return None
    following = tokens.all[at + 1]
    if unit == "diem":
        letter = following.text
        if len(letter) != 1 or not letter.isalpha():
            return None
        return unit, letter.replace("đ", "dd"), at + 2
    if not following.text.isascii() or not following.number or len(following.text) > 4:
        return None
    tail = tokens.all[at + 2] if at + 2 < len(tokens) else None
    if tail is not None and len(tail.text) == 1 and tail.start == following.end:
        return unit, following.text + tail.text.replace("đ", "dd"), at + 3
    return unit, following.text, at + 2


def _appendix(tokens: Tokens, at: int) -> tuple[str, str, int] | None:
    """Read "phụ lục iii", "phụ lục số 2", "PL III"; ids have plain numbers."""
    words = [token.folded for token in tokens.all[at : at + 4]]
    if words[:2] == ["phu", "luc"]:
        place = 2
    elif words[:1] == ["pl"]:
        place = 1
    else:
        return None
    place += words[place : place + 1] == ["so"]
    if place >= len(words) or at + place in tokens.taken:
        return None
    value = words[place]
    roman = set(value) <= _ROMAN
    if not roman and not (value.isascii() and value.isdecimal() and len(value) <= 3):
        return None
    return "phu-luc", canonical(value.upper()), at + place + 1
