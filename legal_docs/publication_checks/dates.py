"""Dates that are missing, impossible, or sooner than the law allows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legal_docs.facts import field_place
from legal_docs.validity.lead_time import lead_time
from portal.editorial.models.checks import Severity
from portal.editorial.pieces import pieces

from . import LEGAL, WORKS, Check, Found, register

#: A consolidation says when the text that it consolidates came into force; an order of the President
#: makes a law public at once.
_CONSOLIDATED, _AT_ONCE = "vbhn", frozenset({"lenh-ctn"})
#: Days may be counted with the first one or without it.
_LENIENT = 1
_SHORTENED = re.compile(r"(?:trình tự|thủ tục)[^.;\n]{0,40} rút gọn")


def _at(label: str, message: str) -> Found:
    return Found(message, field_place(label), label)


@register
class ImpossibleDates(Check):
    code = "dates-impossible"
    label = gettext_lazy("Dates that can't be")
    severity = Severity.BLOCK
    explanation = gettext_lazy("Validity is computed from these dates.")
    source = "Luật 64/2025/QH15, Điều 53 and 57"
    content = WORKS

    def look(self, draft) -> Iterator[Found]:
        issued = draft.issued
        in_force, expires = getattr(draft, "in_force", None), getattr(draft, "expires", None)
        consolidated = draft.type.code == _CONSOLIDATED
        if in_force and issued and in_force < issued and not consolidated:
            yield _at(_("In force from"), _("In force before it was issued."))
        if in_force and expires and expires <= in_force:
            yield _at(_("No longer in force from"), _("It ends before it begins."))
        if expires and issued and expires < issued:
            yield _at(_("No longer in force from"), _("It ends before it was issued."))
        gazette = getattr(draft, "gazette_date", None)
        if gazette and issued and gazette < issued:
            yield _at(_("Gazette date"), _("In the gazette before it was issued."))


@register
class DoubtfulDates(Check):
    code = "dates-doubtful"
    label = gettext_lazy("Missing or doubtful dates")
    severity = Severity.WARN
    explanation = gettext_lazy("Without them its validity is “chưa xác định”.")
    source = "Luật 64/2025/QH15, Điều 53"
    content = WORKS

    def look(self, draft) -> Iterator[Found]:
        if draft.issued is None:
            yield _at(_("Issued"), _("The date of issue is missing."))
        elif draft.issued > timezone.localdate():
            yield _at(_("Issued"), _("The date of issue lies in the future."))
        dated = draft.type.has_validity and draft.type.code != _CONSOLIDATED
        if draft.work_class == "legal" and dated and draft.in_force is None:
            yield _at(_("In force from"), _("The day from which it is in force is missing."))


@register
class LeadTime(Check):
    code = "lead-time"
    label = gettext_lazy("In force sooner than the law allows")
    # Half of what is published since 2025 says the shortened procedure only in its files of making:
    # as a warning it would cry wolf (docs/checks.md).
    severity = Severity.INFO
    explanation = gettext_lazy(
        "Central documents need 45 days, local ones 10, unless they were made by the shortened "
        "procedure."
    )
    source = "Luật 64/2025/QH15, Điều 53; Luật 80/2015/QH13, Điều 151"
    content = LEGAL

    def look(self, draft) -> Iterator[Found]:
        if not (draft.issued and draft.in_force and draft.type.normative):
            return
        if draft.type.code in _AT_ONCE:
            return
        level = draft.type.level or draft.lead_issuer.level
        rule = lead_time(level, draft.issued)
        days = (draft.in_force - draft.issued) / dt.timedelta(days=1)
        if rule is not None and 0 <= days < rule.days - _LENIENT:
            if any(_SHORTENED.search(one.text) for one in pieces(draft)):
                return
            told = {"days": int(days), "wanted": rule.days, "rule": rule.source}
            message = _(
                "In force %(days)s days after its issue; the law wants %(wanted)s (%(rule)s)."
            )
            yield _at(_("In force from"), message % told)
