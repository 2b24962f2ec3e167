"""Words that a conversion left in an old encoding."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.legacy_encodings import leftovers
from portal.editorial.models.checks import Severity
from portal.editorial.pieces import pieces

from . import Check, Found, register


@register
class OldEncoding(Check):
    code = "old-encoding"
    label = gettext_lazy("Words in an old encoding (TCVN3, VNI) or misread")
    severity = Severity.WARN
    explanation = gettext_lazy("Vietnamese text is Unicode, with composed letters.")
    source = "TCVN 6909:2001; Nghị định 30/2020/NĐ-CP, Phụ lục I"

    def look(self, draft) -> Iterator[Found]:
        for piece in pieces(draft):
            found = leftovers(piece.text)
            if found:
                words = ", ".join(dict.fromkeys(f"“{word}” ({name})" for word, name in found[:50]))
                message = _("%(count)s words: %(words)s")
                yield Found(
                    message % {"count": len(found), "words": words[:200]}, piece.place, piece.label
                )
