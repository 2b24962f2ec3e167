"""From the query string of a page to a plan, with what could not be read said in its own words.

Only known parameters are kept, each cut to a length that a person types: they come back in every
link of the page.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import Final

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.text import clean, squash_spaces
from portal.organisations.access import audience_of
from portal.organisations.audience import Audience
from search.facets import COUNTED, DIMENSIONS, MOST, NAMES, chosen_of
from search.labels import Labels, labels
from search.plan import Filters, SearchPlan, Sort
from search.understanding import understand
from search.understanding.choosing import with_choices
from search.understanding.dates import read_day

PAGE_SIZE: Final = 10
#: Results that can be paged to; who reads further needs other words, not more pages.
DEPTH: Final = 1000
LONGEST: Final = 400
_SINGLE: Final = ("q", "xep", "trang", "ngay", "tu", "den", "vb", "muc")
#: Fields of the page that can be wrong, in its order.
_FORM: Final = ("tu", "den", "ngay", *NAMES)
_SEVERAL: Final = {"trong": 5, "bo": 20}
_LONGEST_VALUE: Final = 200
_DAY: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|(?:\d{1,2}[/.-])?\d{4}")
_UNSAYABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
SORTS: Final = {
    "lien-quan": Sort.RELEVANCE,
    "moi": Sort.NEWEST,
    "cu": Sort.OLDEST,
    "hieu-luc": Sort.IN_FORCE,
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """A field that could not be read, and what to write instead."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a request asks for."""

    text: str
    plan: SearchPlan
    query: QueryDict
    names: Labels
    verbatim: bool = False
    day_asked: bool = False
    too_deep: bool = False
    errors: tuple[FieldError, ...] = ()
    chosen: Filters = field(default_factory=Filters)

    @property
    def given(self) -> frozenset[str]:
        """Parameters of facets by which something was chosen."""
        return frozenset(name for name, one in DIMENSIONS.items() if getattr(self.chosen, one))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked: no words and no filter."""
        return not self.text.strip() and self.plan.filters == Filters() and not self.plan.required

    @property
    def day_query(self) -> str:
        """What links to documents carry, so that they open as at the same day."""
        return f"?ngay={self.plan.today.isoformat()}" if self.day_asked else ""


def plain(text: str, longest: int) -> str:
    """Text that HTML, XML and addresses can carry: no control signs, no halves of letters."""
    return _UNSAYABLE.sub(" ", text[: 4 * longest]).strip()[:longest]


def tidied(query: QueryDict) -> QueryDict:
    """The known parameters that say something, each within its length."""
    found = QueryDict(mutable=True)
    for name in _SINGLE:
        if value := plain(query.get(name, ""), LONGEST if name == "q" else _LONGEST_VALUE):
            found[name] = value
    for name, most in _SEVERAL.items():
        values = (plain(value, _LONGEST_VALUE) for value in query.getlist(name)[:most])
        if kept := [value for value in dict.fromkeys(values) if value]:
            found.setlist(name, kept)
    for name in NAMES:
        # In an order of their own: one choice has one address. One too many is kept, to be told.
        values = {plain(value, _LONGEST_VALUE) for value in query.getlist(name)[: 10 * MOST]}
        if kept := sorted(values - {""}):
            found.setlist(name, kept[: MOST + 1])
    if "nguyen-van" in query:
        found["nguyen-van"] = "1"
    found._mutable = False
    return found


def read(request: HttpRequest, audience: Audience | None = None) -> Question:
    """The question of a page; ``request.GET`` is tidied, so that links carry what was read.

    ``audience`` stands in for the reader where an answer is everybody's.
    """
    request.GET = tidied(request.GET)
    return question(request.GET, audience or audience_of(request))


def question(query: QueryDict, audience: Audience) -> Question:
    """The question that tidied parameters ask."""
    text, names = query.get("q", ""), labels()
    errors: list[FieldError] = []
    day = _day(query, "ngay", errors)
    plan = understand(
        text,
        names.lexicon,
        audience,
        day or timezone.localdate(),
        verbatim="nguyen-van" in query,
        without=frozenset(query.getlist("bo")),
    )
    chosen = _chosen(query, names, errors)
    asked = SORTS.get(query.get("xep", ""))
    number = _page(query)
    too_deep = number * PAGE_SIZE > DEPTH
    plan = replace(
        plan,
        filters=with_choices(plan.filters, chosen),
        sort=plan.sort if asked is None else asked,
        required=tuple(squash_spaces(clean(words)) for words in query.getlist("trong")),
        page=1 if too_deep else number,
        page_size=PAGE_SIZE,
        facets=COUNTED,
    )
    return Question(
        text,
        plan,
        query,
        names,
        "nguyen-van" in query,
        day is not None,
        too_deep,
        tuple(sorted(errors, key=lambda error: _FORM.index(error.field))),
        chosen,
    )


def _page(query: QueryDict) -> int:
    page = query.get("trang", "1")
    return max(int(page), 1) if page.isascii() and page.isdecimal() and len(page) < 9 else 1


def parse_day(typed: str, *, last: bool = False) -> dt.date | None:
    """A day as people type it; a month or a year stands for its first or last day.

    >>> str(parse_day("31/12/2024")), str(parse_day("2024", last=True)), parse_day("mai")
    ('2024-12-31', '2024-12-31', None)
    """
    typed = typed.strip()
    if iso := _ISO.fullmatch(typed):
        typed = "/".join(reversed(iso.groups()))
    if not typed.isascii() or not _DAY.fullmatch(typed):
        return None
    day = read_day(typed, last=last)
    return day if day is not None and 1900 <= day.year <= 2199 else None


def _day(
    query: QueryDict, name: str, errors: list[FieldError], *, last: bool = False
) -> dt.date | None:
    typed = query.get(name, "")
    day = parse_day(typed, last=last) if typed else None
    if typed and day is None:
        message = _("“%(typed)s” is not a day. Write it as 31/12/2024, or only the year.")
        errors.append(FieldError(name, message % {"typed": typed[:40]}))
    return day


def _chosen(query: QueryDict, names: Labels, errors: list[FieldError]) -> Filters:
    """What facets and days of the form ask for."""
    for name, (_field, label) in NAMES.items():
        if len(query.getlist(name)) > MOST:
            message = _("%(label)s: at most %(most)d can be chosen together; the first ones count.")
            errors.append(FieldError(name, message % {"label": label, "most": MOST}))
    chosen = chosen_of(query, names)
    since = _day(query, "tu", errors)
    until = _day(query, "den", errors, last=True)
    if since and until and since > until:
        errors.append(FieldError("den", _("The last day comes before the first. Swap the two.")))
        return chosen
    return replace(chosen, issued_from=since, issued_to=until)
