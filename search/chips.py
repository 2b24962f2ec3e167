"""How a query was understood, in words, and the links that undo each step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legal_docs.browsing import Facet
from legal_docs.templatetags.law import eid_label
from search.asking import Question
from search.facets import STATUSES, replaced
from search.links import linked
from search.plan import Reason, Sort, Strength

#: Steps of which one value can be undone; the others go as a whole.
_BY_VALUE: Final = frozenset(
    ("loai", "co_quan", "cap", "tinh", "linh_vuc", "nam", "hieu_luc", "het_hieu_luc",
     "co_hieu_luc", "so_hieu", "ten_luat", "dieu_khoan", *(s.value for s in Strength))
)  # fmt: skip
_WORDINGS: Final = {
    "loai": gettext_lazy("Type: %(value)s"),
    "co_quan": gettext_lazy("Issuer: %(value)s"),
    "cap": gettext_lazy("Level: %(value)s"),
    "tinh": gettext_lazy("Province: %(value)s"),
    "linh_vuc": gettext_lazy("Field: %(value)s"),
    "nam": gettext_lazy("Issued in %(value)s"),
    "ngay_ban_hanh": gettext_lazy("Issued %(value)s"),
    "co_hieu_luc": gettext_lazy("In force %(value)s"),
    "het_hieu_luc": gettext_lazy("Ends %(value)s"),
    "hieu_luc": gettext_lazy("Validity: %(value)s"),
    "moi_nhat": gettext_lazy("Newest preferred"),
    "so_hieu": gettext_lazy("Number: %(value)s"),
    "so_hieu_thieu": gettext_lazy("Number in part: %(value)s"),
    "so_hieu_lien": gettext_lazy("Number: %(words)s"),
    "ten_luat": gettext_lazy("Law: %(value)s"),
    "dieu_khoan": gettext_lazy("Place: %(value)s"),
    "nguyen_van": gettext_lazy("Exactly: “%(value)s”"),
    "loai_tru": gettext_lazy("Without: “%(value)s”"),
    "viet_tat": gettext_lazy("%(words)s is read as %(value)s"),
}
_RANGES: Final = ("ngay_ban_hanh", "co_hieu_luc", "het_hieu_luc")
#: Steps that change what was typed.
CORRECTIONS: Final = {
    "bo_dau": gettext_lazy("accents added"),
    "them_dau": gettext_lazy("accents completed"),
    "chinh_ta": gettext_lazy("spelling corrected"),
    "viet_lien": gettext_lazy("words separated"),
    "go_telex": gettext_lazy("Telex keys read"),
    "go_vni": gettext_lazy("VNI keys read"),
}
_SYNONYMS: Final = frozenset(strength.value for strength in Strength)


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was understood; an empty ``link`` cannot be undone."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What the line above the results says."""

    chips: tuple[Chip, ...] = ()
    synonyms: tuple[Chip, ...] = ()
    corrected: str = ""
    how: tuple[str, ...] = ()
    as_typed: str = ""
    suggestion: str = ""
    suggestion_link: str = ""
    verbatim_link: str = ""
    plain_link: str = ""
    without_any: str = ""
    filters: int = 0


def understood(question: Question, facets: Sequence[Facet]) -> Understood:
    """The line for a question, with the chosen facets as chips too."""
    query, plan = question.query, question.plan
    reasons = plan.because
    corrections = [reason for reason in reasons if reason.code in CORRECTIONS]
    suggested = next((reason.value for reason in reasons if reason.code == "goi_y"), "")
    over = replaced(question.chosen)
    chosen = [
        Chip(f"{facet.label}: {choice.label}", choice.link)
        for facet in facets
        if facet.name in question.given
        for choice in facet.choices
        if choice.chosen
    ]
    chips = [
        *(_said(query, one) for one in reasons if one.code in _WORDINGS and one.code not in over),
        *chosen,
        *_dates(question),
        *(
            Chip(
                _("With the word: “%(words)s”") % {"words": words},
                linked(query, drop_value=("trong", words)),
            )
            for words in query.getlist("trong")
        ),
    ]
    return Understood(
        chips=tuple(chips),
        synonyms=tuple(_synonym(query, reason) for reason in reasons if reason.code in _SYNONYMS),
        corrected=_corrected(question) if corrections else "",
        how=tuple(dict.fromkeys(str(CORRECTIONS[reason.code]) for reason in corrections)),
        as_typed=linked(query, undo=[reason.code for reason in corrections]),
        suggestion=suggested,
        suggestion_link=linked(query, q=suggested, drop="bo") if suggested else "",
        verbatim_link="" if question.verbatim else linked(query, **{"nguyen-van": "1"}),
        plain_link=linked(query, drop="nguyen-van") if question.verbatim else "",
        without_any=_without_filters(query) if chosen or query.getlist("trong") else "",
        filters=sum(choice.chosen for facet in facets for choice in facet.choices),
    )


def _corrected(question: Question) -> str:
    """The words as they were searched for; of the first correction, where nothing else is left."""
    found = [reason for reason in question.plan.because if reason.code in CORRECTIONS]
    return question.plan.words or found[-1].value


def undo_of(reason: Reason) -> str:
    """What ``understand(..., without=…)`` calls this step."""
    by_value = reason.code in _BY_VALUE and reason.value
    return f"{reason.code}:{reason.value}" if by_value else reason.code


def wording(reason: Reason) -> str:
    """What a step did, in the reader's words."""
    value = reason.value
    if reason.code in _RANGES:
        value = _range(value)
    elif reason.code == "hieu_luc":
        value = STATUSES.get(value, value)
    elif reason.code == "dieu_khoan":
        value = eid_label(value)
    text = _WORDINGS.get(reason.code)
    return str(text) % {"value": value, "words": reason.words} if text else value


def _said(query: QueryDict, reason: Reason) -> Chip:
    if reason.code == "loai_tru":
        return Chip(wording(reason))
    return Chip(wording(reason), linked(query, undo=[undo_of(reason)]))


def _synonym(query: QueryDict, reason: Reason) -> Chip:
    text = f"{reason.words} → {reason.value}"
    return Chip(text, linked(query, undo=[undo_of(reason)]))


def _dates(question: Question) -> list[Chip]:
    query, filters = question.query, question.plan.filters
    wrong = {error.field for error in question.errors}
    found = []
    for name, day, text in (
        ("tu", filters.issued_from, _("Issued from %(day)s")),
        ("den", filters.issued_to, _("Issued until %(day)s")),
    ):
        if name in query and day and not wrong & {"tu", "den"}:
            found.append(Chip(text % {"day": f"{day:%d/%m/%Y}"}, linked(query, drop=name)))
    return found


def _range(value: str) -> str:
    """“2024-01-01..2024-12-31” as people say it."""
    since, _dots, until = value.partition("..")
    first, last = _shown(since), _shown(until)
    if first and last:
        if first == last:
            return _("on %(day)s") % {"day": first}
        return _("from %(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return _("from %(first)s") % {"first": first}
    return _("until %(last)s") % {"last": last}


def _shown(day: str) -> str:
    try:
        return f"{dt.date.fromisoformat(day):%d/%m/%Y}"
    except ValueError:
        return day


def _without_filters(query: QueryDict) -> str:
    fresh = QueryDict(mutable=True)
    for name in ("q", "ngay", "nguyen-van"):
        if name in query:
            fresh[name] = query[name]
    return f"?{fresh.urlencode()}"


def sort_of(question: Question) -> str:
    """The order of the page, as the form names it."""
    names = {
        Sort.RELEVANCE: "lien-quan",
        Sort.NEWEST: "moi",
        Sort.OLDEST: "cu",
        Sort.IN_FORCE: "hieu-luc",
    }
    return names[question.plan.sort]
