"""What the register knows: names of types, of issuing bodies and how numbers abbreviate them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from . import facts

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower-case letters without diacritics, words by single spaces: the key names are found by."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return _NOT_WORD.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body. abbreviations: "BTC"; suffixes: how its numbers end when that differs."""

    name: str
    abbreviations: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A frozen snapshot of the registers.

    types: names, longest match wins; type_codes: symbol in a number -> type name;
    provinces: (name, kind) with kind "tỉnh" or "thành phố", old ones included.
    """

    types: tuple[str, ...]
    issuers: tuple[Issuer, ...]
    type_codes: tuple[tuple[str, str], ...] = facts.TYPE_CODES
    provinces: tuple[tuple[str, str], ...] = facts.PROVINCES
    _cache: dict[str, object] = field(default_factory=dict, compare=False, repr=False, hash=False)

    def type_of_code(self, code: str) -> str | None:
        """The type that a symbol such as "NĐ" or "TTLT" stands for."""
        table = self._cache.get("codes")
        if not isinstance(table, dict):
            table = {key.upper(): name for key, name in self.type_codes}
            self._cache["codes"] = table
        return table.get(code.upper())

    def issuer_of_code(self, code: str) -> str | None:
        """The body that an abbreviation in a number stands for ("BTC", "QH15")."""
        table = self._cache.get("issuers")
        if not isinstance(table, dict):
            table = {
                key.upper(): issuer.name
                for issuer in reversed(self.issuers)
                for key in (*issuer.abbreviations, *issuer.suffixes)
            }
            self._cache["issuers"] = table
        upper = code.upper()
        return table.get(upper) or table.get(upper.rstrip("0123456789")) or table.get("B" + upper)

    def names_in(self, text: str) -> list[str]:
        """Full names of known bodies in a text, in order, whatever its case and accents."""
        pattern = self._cache.get("names")
        names = self._cache.get("by_fold")
        if not isinstance(pattern, re.Pattern) or not isinstance(names, dict):
            names = {fold(issuer.name): issuer.name for issuer in reversed(self.issuers)}
            for alias, name in facts.ALIASES:
                names[fold(alias)] = name
            longest = sorted(names, key=len, reverse=True)
            pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b")
            self._cache["names"], self._cache["by_fold"] = pattern, names
        found = (str(names[match[0]]) for match in pattern.finditer(fold(text)))
        return list(dict.fromkeys(found))

    def province(self, text: str) -> str | None:
        """ "tỉnh Bến Tre" for a text that begins with the name of a province, else None."""
        table = self._cache.get("provinces")
        if not isinstance(table, dict):
            table = {fold(name): f"{kind} {name}" for name, kind in self.provinces}
            self._cache["provinces"] = table
        key = re.sub(r"^(?:tinh|thanh pho|tp)\s+", "", fold(text))
        return table.get(key)


@lru_cache(maxsize=1)
def default_known() -> Known:
    """The built-in snapshot, from facts in the repository; an installation passes its own."""
    return Known(
        types=facts.TYPES,
        issuers=tuple(Issuer(name, abbreviations) for name, abbreviations in facts.ISSUERS),
    )
