"""Keys of Telex and VNI typed without an input method: "nghij ddinhj", "nghi5 d9inh5"."""

from collections.abc import Callable, Sequence
from typing import Final

from portal.core.text import fold
from search.understanding.data import folded_words
from search.understanding.syllable import is_bare_syllable, is_syllable, place_tone, split_tone

_TELEX_TONES: Final = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES: Final = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_HATS: Final = {"a": "â", "e": "ê", "o": "ô"}
_HORNS: Final = {"o": "ơ", "u": "ư"}
_VOWELS: Final = frozenset("aeiouyăâêôơư")
# Behind these a digit is a number: "điều5", "nd100".
_UNITS: Final = folded_words(
    "dieu khoan diem muc chuong phan phu luc so nam thang ngay lop cap tap"
)
_LONGEST: Final = 12


def telex(word: str) -> str | None:
    """Return the syllable that the keys of Telex write, None when they write none.

    >>> telex("ddinhj"), telex("thuwowng"), telex("luaatj"), telex("class")
    ('định', 'thương', 'luật', None)
    """
    letters, tone = list[str](), ""
    if len(word) > _LONGEST:
        return None
    for sign in word:
        spoken = any(letter in _VOWELS for letter in letters)
        if sign in _TELEX_TONES and spoken:
            if tone:
                return None
            tone = _TELEX_TONES[sign]
        elif sign == "w":
            if not _bend(letters):
                letters.append("ư")
        elif sign == "d" and letters[:1] == ["d"] and (len(letters) == 1 or spoken):
            letters[0] = "đ"
        elif sign in _HATS and _hat(letters, sign):
            continue
        else:
            letters.append(sign)
    return _written(letters, tone)


def vni(word: str) -> str | None:
    """Return the syllable that the keys of VNI write, None when they write none.

    >>> vni("nghi5"), vni("d9inh5"), vni("tru7o7ng2"), vni("nd100"), vni("dieu5")
    ('nghị', 'định', 'trường', None, None)
    """
    letters, tone = list[str](), ""
    if len(word) > _LONGEST or word.rstrip("0123456789") in _UNITS:
        return None
    for sign in word:
        if sign in _VNI_TONES:
            if tone or not letters:
                return None
            tone = _VNI_TONES[sign]
        elif sign == "6":
            place = next((at for at in range(len(letters) - 1, -1, -1) if letters[at] in _HATS), -1)
            if place < 0:
                return None
            letters[place] = _HATS[letters[place]]
        elif sign in "78":
            if not _bend(letters, "aou"[: 1 if sign == "8" else 3]):
                return None
        elif sign == "9":
            if letters[:1] != ["d"]:
                return None
            letters[0] = "đ"
        elif sign == "0":
            return None
        else:
            letters.append(sign)
    return _written(letters, tone)


def _bend(letters: list[str], among: str = "aou") -> bool:
    """Make ă, ơ, ư (ươ of uo) of the last letter that can be."""
    for at in range(len(letters) - 1, -1, -1):
        letter = letters[at]
        if letter == "o" and at and letters[at - 1] in "uư" and letters[:at] != ["q", "u"]:
            letters[at - 1 : at + 1] = ["ư", "ơ"]
            return True
        if letter in _HORNS and letter in among:
            letters[at] = _HORNS[letter]
            return True
        if letter == "a" and "a" in among:
            letters[at] = "ă"
            return True
    # "thuwowng", "tru7o7ng": the second horn finds its letter bent already.
    return "ơ" in letters and "ư" in letters


def _hat(letters: list[str], sign: str) -> bool:
    vowels = [at for at, letter in enumerate(letters) if letter in _VOWELS]
    place = next((at for at in reversed(vowels) if letters[at] == sign), None)
    if place is None or (place != vowels[-1] and letters[place + 1 :] != letters[vowels[-1] :]):
        return False
    letters[place] = _HATS[sign]
    return True


def _written(letters: list[str], tone: str) -> str | None:
    plain = "".join(letters)
    if not is_syllable(
        plain if not plain.endswith(("c", "ch", "p", "t")) else place_tone(plain, "\u0301")
    ):
        return None
    syllable = place_tone(plain, tone)
    return syllable if is_syllable(syllable) or (not tone and not split_tone(plain)[1]) else None


def decode(words: Sequence[str], known: Callable[[str], bool]) -> tuple[str, dict[int, str]]:
    """Return ("telex" or "vni", place → syllable) when the words are keys, else ("", {}).

    As typed they must be poor, and nearly all of them must become syllables that are ``known``.

    >>> decode(["nghij", "ddinhj", "168"], lambda word: True)
    ('telex', {0: 'nghị', 1: 'định'})
    >>> decode(["xe", "may"], lambda word: True)
    ('', {})
    """
    if any(fold(word) != word for word in words):
        return "", {}
    for name, read in (("telex", telex), ("vni", vni)):
        found: dict[int, str] = {}
        plain = strange = 0
        for at, word in enumerate(words):
            if word.isdecimal() or (len(word) == 1):
                continue
            if is_bare_syllable(word):
                plain += 1
                continue
            syllable = read(word)
            if syllable is not None and fold(syllable) != word and known(syllable):
                found[at] = syllable
            else:
                strange += 1
        total = plain + strange + len(found)
        if not found or len(found) < 0.3 * total or strange > 0.2 * total:
            continue
        if len(found) > 1 or len(words[next(iter(found))]) >= 4 or total == 1:
            return name, found
    return "", {}
