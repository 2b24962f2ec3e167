"""The number against type, issuer and date."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legal_docs.facts import field_place
from legal_docs.numbering.grammar import Expected, faults
from portal.editorial.bodies import SHARED_SYMBOLS, bodies
from portal.editorial.models.checks import Severity

from . import WORKS, Check, Found, issuers_of, register


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
    own: set[str] = set()
    others = {symbol for names in SHARED_SYMBOLS.values() for symbol in names}
    for issuer in issuers.values():
        own |= set(SHARED_SYMBOLS.get(issuer.kind, ()))
    for body in bodies(draft):  # local bodies share their abbreviations
        if body.pk in issuers:
            own |= body.symbols
        else:
            others |= body.symbols
    return Expected(
        draft.type.abbreviation,
        draft.type.number_pattern,
        draft.issued,
        frozenset(own),
        frozenset(others - own),
    )
