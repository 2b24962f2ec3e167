"""The same document a second time."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legal_docs import identities
from legal_docs.facts import field_place
from portal.editorial.models.checks import Severity

from . import WORKS, Check, Found, register


@register
class IdentityDouble(Check):
    code = "identity-double"
    label = gettext_lazy("Document that is here already")
    severity = Severity.WARN
    explanation = gettext_lazy("Number, issuer and date together name one document.")
    source = "Nghị định 30/2020/NĐ-CP, Phụ lục VI, III.1.h"
    content = WORKS

    def look(self, draft) -> Iterator[Found]:
        place, label = field_place(_("Number and notation")), _("Number and notation")
        for other in identities.same_documents(draft):
            told = {"title": other.title or other.number, "url": other.url}
            message = _("Same number, issuer and date as “%(title)s”: %(url)s") % told
            yield Found(message, place, label)
