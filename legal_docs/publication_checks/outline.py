"""Numbers of articles that jump or repeat, as the parser noted them."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from legal_docs.facts import naming
from legal_docs.pieces import parts_of, texts_of
from portal.editorial.models.checks import Severity

from . import WORKS, Check, Found, register

_KINDS = frozenset({"gap", "repeated"})


def _counts(code: str, where: str, *, consolidated: bool) -> bool:
    """Forms in appendices number themselves anew; a consolidation leaves out what was repealed."""
    return code in _KINDS and "phu-luc" not in where and not (consolidated and code == "gap")


@register
class Outline(Check):
    code = "outline"
    label = gettext_lazy("Gaps and doubles in the outline")
    severity = Severity.WARN
    explanation = gettext_lazy("Articles are numbered without a gap through the whole text.")
    source = "Nghị định 78/2025/NĐ-CP, Điều 63 and 69; Nghị định 30/2020/NĐ-CP, Phụ lục I"
    content = WORKS

    def look(self, draft) -> Iterator[Found]:
        texts = texts_of(draft)
        for text in texts:
            mark, before = naming(text, alone=len(texts) == 1)
            labels = {row.eid: row.label for row in parts_of(draft).provisions[text.pk]}
            for code, message, where in text.notes:
                if _counts(code, where, consolidated=draft.type.code == "vbhn"):
                    article = next((e for e in _upwards(where) if e in labels), "")
                    label = f"{before}{labels.get(article, '')}".rstrip(". ")
                    yield Found(message, f"provision:{mark}{article}" if article else "", label)


def _upwards(eid: str) -> Iterator[str]:
    """An id and those that contain it."""
    while eid:
        yield eid
        eid = eid.rpartition(".")[0]
