"""The title of who signed, against the body that issued."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legal_docs.facts import field_place
from legal_docs.proposals.offices import fits
from portal.editorial.models.checks import Severity

from . import WORKS, Check, Found, issuers_of, register


@register
class SignerTitle(Check):
    code = "signer-title"
    label = gettext_lazy("Title of the signer against the issuer")
    severity = Severity.WARN
    explanation = gettext_lazy("A body signs by its head or his deputy; only letters by order.")
    source = "Nghị định 30/2020/NĐ-CP, Điều 13"
    content = WORKS

    def look(self, draft) -> Iterator[Found]:
        bodies = tuple(issuer.name for issuer in issuers_of(draft).values())
        normative = draft.type.normative
        for row in draft.signatures.all():
            if not fits(row.title, bodies, normative=normative):
                told = {"title": row.title, "issuer": ", ".join(bodies)}
                message = _("“%(title)s” does not sign for %(issuer)s.") % told
                yield Found(message, field_place(_("Signer")), _("Signer"))
