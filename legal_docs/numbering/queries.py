"""Parts of numbers as people type them in a search box: "nđ 100", "168/2024", "luat 31 2024"."""

import re
from dataclasses import dataclass
from typing import Final

from legal_docs.numbering.number import DocumentNumber
from legal_docs.numbering.parsing import parse
from legal_docs.numbering.vocabulary import ISSUER_WORDS, ISSUERS, TYPE_WORDS, TYPES
from portal.core.text import clean, fold, normalise_dashes, squash_spaces


@dataclass(frozen=True, slots=True)
class PartialNumber:
    """What is known of a number; None and "" mean "any". The serial has no leading zeros."""

    serial: str
    year: int | None = None
    type_abbr: str = ""
    issuer: str = ""

    def matches(self, number: DocumentNumber) -> bool:
        """Tell whether ``number`` could be the one that was meant.

        Luật and Bộ luật carry no type in their number, so ``L`` also admits an empty type.
        """
        return (
            self.serial == bare_serial(number.serial)
            and self.year in (None, number.year)
            and (not self.type_abbr or self._type_fits(number))
            and self.issuer in ("", number.issuer)
        )

    def _type_fits(self, number: DocumentNumber) -> bool:
        if number.type_abbr == self.type_abbr:
            return True
        unnamed = {"quoc_hoi": ("L", "NQ", "PL"), "cong_van": ("CV",)}
        return self.type_abbr in unnamed.get(number.form, ())


def bare_serial(serial: str) -> str:
    """Return ``serial`` in small letters without leading zeros.

    >>> bare_serial("05A")
    '5a'
    """
    return serial.lower().lstrip("0") or "0"


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_ABBREVIATIONS: Final = {kind.lower(): spelling for kind, spelling in TYPES.items()}
_BODIES: Final = {body.lower(): spelling for body, spelling in ISSUERS.items()}
_QUERY: Final = re.compile(
    rf"""^(?:(?:(?P<words>{_alternatives(list(TYPE_WORDS))})|(?P<abbr>{_alternatives(list(_ABBREVIATIONS))}))\s*
            (?:so\b)?\s*:?\s*)?
        (?P<serial>\d{{1,6}}[a-z]?)
        (?:\s*[/\s-]\s*(?P<year>(?:19|20)\d\d))?
        (?:\s*[/\s-]\s*(?P<kind>{_alternatives(list(_ABBREVIATIONS))})(?=$|[/\s-]))?
        (?:\s*[/\s-]\s*(?:cua\s+)?(?P<body>{_alternatives([*ISSUER_WORDS, *_BODIES])}))?$""",
    re.VERBOSE,
)


def parse_query(text: str) -> PartialNumber | None:
    """Return what the whole of ``text`` tells of a number, or None when it is something else.

    >>> parse_query("nđ100")
    PartialNumber(serial='100', year=None, type_abbr='NĐ', issuer='')
    >>> parse_query("168-2024-nd-cp")
    PartialNumber(serial='168', year=2024, type_abbr='NĐ', issuer='CP')
    >>> parse_query("luật đất đai 2024"), parse_query("100")
    (None, None)
    """
    if len(text) > 200:
        return None
    whole = parse(text)
    if whole is not None:
        return PartialNumber(bare_serial(whole.serial), whole.year, whole.type_abbr, whole.issuer)
    found = _QUERY.match(squash_spaces(normalise_dashes(fold(clean(text)))))
    return None if found is None else _partial(found)


def _partial(found: re.Match[str]) -> PartialNumber | None:
    kind = _kind(found["words"], found["abbr"]) or _kind(None, found["kind"])
    body = _body(found["body"])
    year = int(found["year"]) if found["year"] else None
    if not (kind or year or body) or (kind == "L" and year is None and len(found["serial"]) == 4):
        return None
    return PartialNumber(bare_serial(found["serial"]), year, kind, body)


def _kind(words: str | None, abbreviation: str | None) -> str:
    if words:
        return TYPE_WORDS[words]
    return _ABBREVIATIONS[abbreviation] if abbreviation else ""


def _body(text: str | None) -> str:
    return (ISSUER_WORDS.get(text) or _BODIES[text]) if text else ""
