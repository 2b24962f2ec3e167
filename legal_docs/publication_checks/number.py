"""The number against type, issuer and date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legal_docs.facts import field_place
from legal_docs.numbering.grammar import Expected, faults
from portal.editorial.models.checks import Severity
from portal.organisations.models import Kind, Organisation, OrganisationName

from . import WORKS, Check, Found, issuers_of, register

#: Councils and committees of every place write the same symbol.
_SHARED = {Kind.COMMITTEE: ("UBND", "UB"), Kind.COUNCIL: ("HĐND",)}
_SYMBOLS = (OrganisationName.Use.ABBREVIATION, OrganisationName.Use.SUFFIX)


@register
class NumberGrammar(Check):
    code = "number-grammar"
    label = gettext_lazy("Number against type, issuer and date")
    severity = Severity.WARN
    explanation = gettext_lazy(
        "Normative documents bear number/year/type-issuer, administrative ones no year."
    )
    source = "Luật 64/2025/QH15; Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục III"
    content = WORKS

    def look(self, draft) -> Iterator[Found]:
        label = _("Number and notation")
        for fault, part in faults(draft.number, expected_of(draft)):
            yield Found(str(_WORDS[fault]) % {"part": part}, field_place(label), label)


_WORDS = {
    "no-number": gettext_lazy("Documents of this type bear a number; there is none."),
    "unreadable": gettext_lazy("“%(part)s” is not built like a number."),
    "type": gettext_lazy("The number says “%(part)s”, the type says otherwise."),
    "form": gettext_lazy("Numbers of this type are built %(part)s."),
    "year": gettext_lazy("The number says %(part)s, the date of issue another year."),
    "issuer": gettext_lazy("“%(part)s” in the number is another issuer."),
}


def expected_of(draft) -> Expected:
    issuers = issuers_of(draft)
    symbols = _symbols()
    own: set[str] = set()
    for issuer in issuers.values():
        own |= symbols.get(issuer.pk, set()) | set(_SHARED.get(issuer.kind, ()))
    others = set().union(*(names for pk, names in symbols.items() if pk not in issuers))
    shared = {symbol for names in _SHARED.values() for symbol in names}
    return Expected(
        draft.type.abbreviation,
        draft.type.number_pattern,
        draft.issued,
        frozenset(own),
        frozenset((others | shared) - own),
    )


def _symbols() -> dict[int, set[str]]:
    """Abbreviations of bodies that number documents; local ones share theirs."""
    rows = Organisation.objects.exclude(kind__in=[*_SHARED, Kind.AREA]).exclude(abbreviation="")
    found: dict[int, set[str]] = defaultdict(set)
    for pk, symbol, name, use in rows.values_list(
        "pk", "abbreviation", "names__name", "names__use"
    ):
        found[pk] |= {symbol, name} if use in _SYMBOLS else {symbol}
    return found
