"""Signatures of the attached originals."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from legal_docs import examining
from legal_docs.signatures import Verdict
from legal_docs.signing_words import problem_of, summary, verdict_of
from portal.editorial.models.checks import Severity

from . import WORKS, Check, Found, register
from .original import examined, found_at, originals

_ALTERED = frozenset({Verdict.ALTERED, Verdict.BROKEN})


def _signatures(draft):
    rows = examined(draft)
    for file in originals(draft):
        found = examining.signatures_of(rows.get(file.sha256))
        if file.extension == "pdf" and found is not None:
            yield file, found


@register
class SignatureAltered(Check):
    code = "signature-altered"
    label = gettext_lazy("Signed original that was changed")
    severity = Severity.WARN
    explanation = gettext_lazy("What was signed, and nothing else, is the original.")
    source = "Luật Giao dịch điện tử 20/2023/QH15; Nghị định 30/2020/NĐ-CP, Điều 5"
    content = WORKS

    def look(self, draft) -> Iterator[Found]:
        for file, found in _signatures(draft):
            if found.verdict in _ALTERED:
                yield found_at(file, str(verdict_of(found.verdict)))
            elif found.verdict == Verdict.UNREADABLE:
                yield found_at(file, problem_of(found.problem))


@register
class SignatureAbsent(Check):
    code = "signature-absent"
    label = gettext_lazy("Original without a signature")
    severity = Severity.INFO
    explanation = gettext_lazy("A scan or an unsigned file: readers can't verify it.")
    source = "Nghị định 30/2020/NĐ-CP, Điều 5"
    content = WORKS

    def look(self, draft) -> Iterator[Found]:
        for file, found in _signatures(draft):
            if found.verdict == Verdict.UNSIGNED:
                yield found_at(file, summary(found))
