"""Numbers of documents in a query: whole, in parts, several, glued, misspelt, with words beside.

Stricter than ``parse_query`` where words stand beside, because a question is full of quantities.
"""

import re
from typing import Final

from legal_docs.numbering import PartialNumber, canonical, key, loose_key, parse, parse_query
from legal_docs.numbering.queries import bare_serial
from legal_docs.numbering.vocabulary import ISSUER_WORDS, ISSUERS, TYPE_WORDS, TYPES
from portal.core.text import fold
from search.understanding.data import BEFORE_DATES, QUANTITIES, folded_words
from search.understanding.draft import Draft
from search.understanding.names import ISSUER, Name
from search.understanding.syllable import is_bare_syllable
from search.understanding.tokens import Tokens, flat

# A number that lost its signs on the way: "122031ndcp".
_PASTED: Final = re.compile(r"\d{1,6}(?:19|20)\d\d[a-z]{2,30}\d{0,2}")
_KINDS: Final = {symbol.lower(): spelling for symbol, spelling in TYPES.items()}
_BODIES: Final = {symbol.lower(): spelling for symbol, spelling in ISSUERS.items()}
_KIND: Final = "|".join(sorted([*_KINDS, "hd", "da"], key=len, reverse=True))
_KNOWN_BODY: Final = "|".join(sorted(_BODIES, key=len, reverse=True))
_BODY: Final = r"[a-z][a-z&.]*\d{0,2}(?:\s?-\s?[a-z&]+)*(?![\w])"
_YEAR: Final = r"(?:19|20)\d\d"
_WHOLE: Final = re.compile(
    rf"""(?<![\w/.-])\d{{1,6}}[a-z]?(?:
        \s?[/-]\s?{_YEAR}\s?[/-]?\s?(?:qh|ubtvqh)\s?\d{{1,2}}(?!\w)
      | \s?[/-]\s?{_YEAR}\s?[/-]?\s?(?:{_KIND})\s?[/-]\s?{_BODY}
      | [\s/_-]+{_YEAR}[\s/_-]+(?:{_KIND})[\s/_-]+(?:{_KNOWN_BODY})(?![\w])
      | \s?[/-]\s?(?:{_KIND})\s?[/-]\s?{_BODY}
      | \s?/\s?(?:{_KNOWN_BODY})(?:\s?-\s?[a-z]+)+(?![\w])
      | [/-](?:hdbt|cp|ttg)(?![\w/-])
    )""",
    re.VERBOSE,
)
_SPACED: Final = re.compile(r"[\s/_]+")

_ABBREVIATED: Final = folded_words("nd tt ttlt qd nq nqlt ct vbhn cv")
_ALWAYS: Final = folded_words("NĐ TT TTLT QĐ CT NQ NQLT CV CĐ VBHN SL PL")
_TYPES: Final = {tuple(words.split()): kind for words, kind in TYPE_WORDS.items()}
_GLUED: Final = {words.replace(" ", ""): kind for words, kind in TYPE_WORDS.items() if " " in words}
_PAIRS: Final = [words for words in TYPE_WORDS if words.count(" ") == 1]
_BODY_WORDS: Final = {tuple(words.split()): symbol for words, symbol in ISSUER_WORDS.items()}
# A serial with leading zeros, one letter and no more: "05a".
_SHORT_QUERY: Final = 6


def find_numbers(draft: Draft) -> None:
    """Note the numbers of the draft's text and take their tokens."""
    text = draft.tokens.text
    if not any(letter.isdecimal() for letter in text) or not draft.allows("so_hieu", text):
        return
    whole = parse(text)
    if whole is not None and " " not in whole.issuer:
        if draft.allows("so_hieu", canonical(text)):
            draft.numbers.append(key(text))
            draft.loose = loose_key(text)
            draft.say("so_hieu", text, canonical(text))
            draft.tokens.take(0, len(draft.tokens))
        return
    if _PASTED.fullmatch(flat(text)) and draft.allows("so_hieu_lien"):
        draft.loose = loose_key(text)
        draft.say("so_hieu_lien", text)
        draft.tokens.take(0, len(draft.tokens))
        return
    _whole_ones(draft)
    if draft.allows("so_hieu_thieu"):
        _parts(draft)


def _whole_ones(draft: Draft) -> None:
    tokens = draft.tokens
    for match in _WHOLE.finditer(flat(tokens.text)):
        typed = tokens.text[match.start() : match.end()]
        number = parse(typed) or parse(_SPACED.sub("/", typed)) or parse(_SPACED.sub("-", typed))
        if number is None or not draft.allows("so_hieu", str(number)):
            continue
        first, last = tokens.at_or_after(match.start()), tokens.before(match.end())
        start = _before(tokens, first)
        if key(str(number)) not in draft.numbers:
            draft.numbers.append(key(str(number)))
            draft.say("so_hieu", tokens.words(start, last), str(number))
        tokens.take(start, last)


def _before(tokens: Tokens, at: int) -> int:
    """Return where the type word before a number begins: "Nghị định số 12/2031/NĐ-CP"."""
    start = at
    if start and tokens.all[start - 1].folded == "so":
        start -= 1
    for length in (4, 3, 2, 1):
        words = tuple(token.folded for token in tokens.all[max(0, start - length) : start])
        if words in _TYPES or (length == 1 and set(words) & _ABBREVIATED):
            return start - length
    return start


def _parts(draft: Draft) -> None:
    tokens = draft.tokens
    at = 0
    while at < len(tokens):
        read = None if at in tokens.taken else _Part.read(draft, at)
        if read is None:
            at += 1
            continue
        if read.number not in draft.partials:
            draft.partials.append(read.number)
            draft.say("so_hieu_thieu", tokens.words(at, read.end), _shown(read.number))
        if read.issuer is not None and read.issuer.local:
            draft.filter("issuers", *(int(value) for value in read.issuer.values))
        tokens.take(at, read.end)
        at = read.end


def _shown(number: PartialNumber) -> str:
    parts = (number.serial, str(number.year or ""), number.type_abbr, number.issuer)
    return " ".join(part for part in parts if part)


class _Part:
    """Reads "[type] [of body] [số] serial[/year][/type][-body] [of body]" at a token."""

    def __init__(self, draft: Draft, at: int) -> None:
        self.draft, self.tokens, self.start, self.at = draft, draft.tokens, at, at
        self.kind = self.body = ""
        self.abbreviated = self.said = self.slashed = False
        self.issuer: Name | None = None
        self.year: int | None = None

    @classmethod
    def read(cls, draft: Draft, at: int) -> "_PartRead | None":
        part = cls(draft, at)
        part._type()
        if part.kind:
            part._of_body()
        if part._folded() == "so" and part.at + 1 < len(part.tokens):
            part.said, part.at = True, part.at + 1
        serial = part._serial()
        if not serial:
            return None
        part._year()
        part._suffix()
        part._of_body()
        if not part._is_number(serial):
            return None
        number = PartialNumber(bare_serial(serial), part.year, part.kind, part.body)
        return _PartRead(part.at, number, part.issuer)

    def _folded(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self.tokens.all[at].folded if at < len(self.tokens) else ""

    def _gap(self) -> str:
        """Return the text between the last token read and the next one."""
        if not 0 < self.at < len(self.tokens):
            return " "
        return self.tokens.text[self.tokens.all[self.at - 1].end : self.tokens.all[self.at].start]

    def _type(self) -> None:
        words = [token.folded for token in self.tokens.all[self.at : self.at + 4]]
        for length in (4, 3, 2, 1):
            kind = _TYPES.get(tuple(words[:length])) if len(words) >= length else None
            if kind is not None and words[0] != "lenh":
                self.kind, self.at = kind, self.at + length
                return
        if words[0] in _GLUED:
            self.kind, self.at = _GLUED[words[0]], self.at + 1
        elif words[0] in _ABBREVIATED:
            self.kind, self.at, self.abbreviated = _KINDS[words[0]], self.at + 1, True
        elif len(words) > 2 and words[2].isdecimal() and (kind := _slip(words[0], words[1])):
            self.kind, self.at = kind, self.at + 2

    def _of_body(self) -> None:
        at = self.at + (self._folded() == "cua")
        if at >= len(self.tokens) or at == self.start:
            return
        count, names = self.draft.lexicon.names.at(self.tokens.all, at, ISSUER)
        if count:
            self.issuer, self.at = names[0], at + count
            self.body = names[0].symbol
            return
        for length in (5, 4, 3, 2, 1):
            words = tuple(token.folded for token in self.tokens.all[at : at + length])
            if words in _BODY_WORDS:
                self.body, self.at = _BODY_WORDS[words], at + len(words)
                return
        # "qđ ubnd 01/2025", "nđ cp 100": a symbol without sign stands before the serial only.
        word = self.tokens.all[at].folded
        if word in _BODIES and at == self.at and self._folded(1).isdecimal():
            self.body, self.at = _BODIES[word], at + 1

    def _serial(self) -> str:
        word = self._folded()
        if (
            not word.isascii()
            or not word.isdecimal()
            or len(word) > 6
            or self.at in self.tokens.taken
        ):
            return ""
        if self.at > self.start and self._gap().strip(" :.-–"):
            return ""
        if self.at and self._gap()[-1:] in ("/", "-", ",", ".") and self.at == self.start:
            return ""
        self.at += 1
        letter = self._folded()
        if len(letter) == 1 and letter.isalpha() and not self._gap():
            self.at += 1
            return word + letter
        return word

    def _year(self) -> None:
        word = self._folded()
        if word == "nam" and self._gap().isspace() and _is_year(self._folded(1)):
            if self.kind:
                self.year, self.at = int(self._folded(1)), self.at + 2
        elif _is_year(word) and self._gap().strip() in ("", "/", "-", "_") and self._gap():
            if not self._gap().strip() and not self.kind:
                return
            self.slashed = "/" in self._gap()
            self.year, self.at = int(word), self.at + 1

    def _suffix(self) -> None:
        word, sign = self._folded(), self._gap().strip()
        if word in _KINDS and sign in ("/", "-"):
            self.kind, self.at, self.said = _KINDS[word], self.at + 1, True
            if self._folded() in _BODIES and self._gap().strip() in ("", "/", "-"):
                self.body, self.at = _BODIES[self._folded()], self.at + 1

    def _is_number(self, serial: str) -> bool:
        following = self._folded()
        if following and not self._gap():
            return False
        if self._gap().strip()[:1] in ("/", "%") and following.isdecimal():
            return False
        alone = self.start == 0 and self.at == len(self.tokens)
        if not self.kind:
            return self._is_bare_pair(serial, alone)
        if self.year is None and not self.said:
            if self.kind == "L" or (len(serial) == 4 and serial[:2] in ("19", "20") and not alone):
                return False
            if following in QUANTITIES and not (following == "ban" and self._folded(1) == "hanh"):
                return False
            short = len(self.tokens) <= _SHORT_QUERY
            if self.abbreviated and len(serial) < 2 and not short:
                return False
        return self.kind in _ALWAYS or self.said or self.year is not None or alone

    def _is_bare_pair(self, serial: str, alone: bool) -> bool:
        """Judge "100/2019", which is a month as often."""
        if self.year is None or not self.slashed:
            return False
        if self.start and self.tokens.all[self.start - 1].number:
            return False
        before = self.tokens.all[self.start - 1].folded if self.start else ""
        month = int(bare_serial(serial)) <= 12 if serial.isdecimal() else False
        return alone or self.said or not (before in BEFORE_DATES or month)


class _PartRead:
    """A part of a number that ends before token ``end``."""

    __slots__ = ("end", "issuer", "number")

    def __init__(self, end: int, number: PartialNumber, issuer: Name | None) -> None:
        self.end, self.number, self.issuer = end, number, issuer


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isascii() and word.isdecimal() and word[:2] in ("19", "20")


def _slip(first: str, second: str) -> str:
    """Return the type that two words before a number misspell by one letter ("nghi dinhh")."""
    if is_bare_syllable(first) and is_bare_syllable(second):
        return ""
    typed = f"{first} {second}"
    for words in _PAIRS:
        if abs(len(words) - len(typed)) <= 1 and one_slip(typed, words):
            return TYPE_WORDS[words]
    return ""


def one_slip(typed: str, meant: str) -> bool:
    """Tell whether one letter too many, too few, wrong or swapped lies between two words.

    >>> one_slip("nghi dinhh", "nghi dinh"), one_slip("thogn tu", "thong tu"), one_slip("ab", "cd")
    (True, True, False)
    """
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    end = 0
    while end < min(len(typed), len(meant)) - start and typed[-1 - end] == meant[-1 - end]:
        end += 1
    one, other = typed[start : len(typed) - end], meant[start : len(meant) - end]
    if len(one) <= 1 and len(other) <= 1:
        return True
    return len(one) == 2 and one == other[::-1]


def read_number_field(value: str) -> tuple[str | None, PartialNumber | None]:
    """Return what "số:…" says: the key of a whole number, or a part of one."""
    if parse(value) is not None:
        return key(value), None
    partial = parse_query(value)
    digits = fold(value.strip())
    if partial is None and digits.isascii() and digits.isdecimal() and len(digits) <= 6:
        partial = PartialNumber(bare_serial(digits))
    return None, partial
