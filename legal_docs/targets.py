"""What words like “168/2024/NĐ-CP” or “Điều 5 Luật Đất đai 2024” lead to, for editors' links."""

from __future__ import annotations

from django.utils import timezone

from legal_docs import citations, effects, numbering
from legal_docs.browsing import STATUS_LABELS
from legal_docs.linking import law_names
from legal_docs.models import LegalDocument, WorkIdentity
from legal_docs.validity import Status
from legal_docs.works import visible_works
from portal.core import text
from portal.organisations.audience import Audience
from portal.pages.registry import Target

#: Types whose subject is their name.
NAMED = ("luat", "bo-luat", "phap-lenh", "hien-phap")


def find(words: str, audience: Audience) -> Target | None:
    """The one work or article that the words name and that this reader may see."""
    words = " ".join(words.split())[:300]
    if not words:
        return None
    cited = citations.find(words, law_names())
    number, law, year, eid = "", "", None, ""
    if cited:
        one = cited[0]
        number, law, year, eid = one.number or "", one.law or "", one.year, one.provision or ""
    work = by_number(number or words, audience)
    if work is None and (law or not number):
        work = by_name(law or words, str(year or ""), audience)
    return _target(work, eid) if work is not None else None


def by_number(number: str, audience: Audience):
    """The one visible work of this number; None when there is none, or more than one."""
    rows = WorkIdentity.objects.filter(number_key=numbering.key(number)).exclude(work_class="")
    works = visible_works(rows[:20], audience)
    return next(iter(works.values())) if len(works) == 1 else None


def by_name(law: str, year: str, audience: Audience) -> LegalDocument | None:
    """The newest visible law of this name, of a year where one is given."""
    wanted = text.slugify(law)
    rows = (
        LegalDocument.objects.visible_to(audience)
        .filter(type__code__in=NAMED)
        .select_related("identity", "type")
        .order_by("-issued")
    )
    if year.isdecimal() and 1900 < int(year) < 2200:
        rows = rows.filter(issued__year=int(year))
    for row in rows if wanted else ():
        if wanted in {text.slugify(row.subject), text.slugify(f"{row.type.label} {row.subject}")}:
            return row
    return None


def _target(work, eid: str) -> Target:
    status = effects.statuses_on([work.identity_id], timezone.localdate()).get(work.identity_id, "")
    article = eid.split(".khoan-")[0].split(".diem-")[0]
    url = f"{work.identity.url}{article}/" if article else work.identity.url
    place = _said(eid)
    title = f"{place} {work.title_short}".strip()
    label = STATUS_LABELS.get(Status(status), "") if status else ""
    return Target(f"{title}: {work.short_subject}", url + _fragment(eid, article), status, label,
                  work.mention_key)  # fmt: skip


def _fragment(eid: str, article: str) -> str:
    return f"#{eid}" if eid and eid != article else ""


def _said(eid: str) -> str:
    """“dieu-5.khoan-2” → “Khoản 2 Điều 5”."""
    names = {"dieu": "Điều", "khoan": "Khoản", "diem": "Điểm", "phu-luc": "Phụ lục"}
    parts = []
    for part in reversed(eid.split(".")) if eid else ():
        name, _dash, number = part.rpartition("-")
        if name in names:
            parts.append(f"{names[name]} {number}")
    return " ".join(parts)
