"""Names of agencies and places that had ended, or did not exist yet, on the day of the document."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.editorial.bodies import bodies
from portal.editorial.models.checks import Severity
from portal.editorial.pieces import Piece, pieces
from portal.organisations.models import Kind

from . import Check, Found, register

#: The first day without districts.
NO_DISTRICTS = dt.date(2025, 7, 1)
_DISTRICT = re.compile(
    r"(?<!\w)(?:(?:Ủy ban|Uỷ ban|Hội đồng) nhân dân|UBND|HĐND)\s+(?:cấp\s+)?(?:huyện|quận|thị xã)(?!\w)"
    r"|(?<!\w)cấp huyện(?!\w)"
)
#: What is said of the past is no mistake: "tỉnh Bến Tre (cũ)", "trước khi sắp xếp".
_PAST_AFTER = re.compile(r"[\s,]{0,3}\(?(?:cũ|trước đây|trước khi|trước ngày|nay là|đã )")
_PAST_BEFORE = re.compile(
    r"(?:nguyên là|trước đây là|(?<!\w)cũ là|hợp nhất|sáp nhập|sắp xếp)[^.;]{0,60}$"
)
#: A document is cited with the issuer that it had: "Thông tư số … của Bộ …".
_CITED = re.compile(
    r"(?:\d[/-][\w&/-]{2,30}|[Tt]hông tư|[Nn]ghị quyết|[Qq]uyết định|[Cc]hỉ thị|[Cc]ông văn)[^.;]{0,80}"
    r"(?<!\w)của (?:[^.;]{0,40} )?$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the days on which its body exists: [since, until)."""

    name: str
    since: dt.date | None
    until: dt.date | None

    def fits(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


def wrong_names(text: str, names: Iterable[Name], day: dt.date) -> Iterator[tuple[Name, int]]:
    """Names in ``text`` that no body bears on ``day``, with how often; what is cited or spoken of
    as past does not count."""
    for name in names:
        if name.fits(day) or name.name not in text:
            continue
        count = sum(_is_meant(text, at, at + len(name.name)) for at in _places(text, name.name))
        if count:
            yield name, count


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not text[end : end + 1].isalpha() and not text[at - 1 : at].isalpha():
            yield at
        at = text.find(word, end)


def _is_meant(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 160) : start]
    return not (
        _PAST_AFTER.match(text, end) or _PAST_BEFORE.search(before) or _CITED.search(before)
    )


@register
class NamesByDate(Check):
    code = "names-by-date"
    label = gettext_lazy("Names of agencies and places on the day of the document")
    severity = Severity.INFO
    explanation = gettext_lazy(
        "Names change with mergers: ministries on 01/03/2025, provinces and districts on 01/07/2025. "
        "Old names stay where a text speaks of the past."
    )
    source = "Nghị quyết 202/2025/QH15"

    def look(self, draft) -> Iterator[Found]:
        day = getattr(draft, "issued", None) or timezone.localdate()
        said = pieces(draft)
        names = [one for one in _names(draft) if not one.fits(day)]
        seen: dict[Name, list[tuple[Piece, int]]] = {}
        for piece in said:
            for name, count in wrong_names(piece.text, names, day):
                seen.setdefault(name, []).append((piece, count))
        for name, places in seen.items():
            yield _found(name, places, day)
        if day >= NO_DISTRICTS:
            yield from _districts(said)


def _names(draft) -> list[Name]:
    """Ministries and provinces with an end or a beginning. Of provinces only the area is asked: its
    name is in the names of all its bodies."""
    return [
        Name(
            one.name[:1].lower() + one.name[1:] if one.kind == Kind.AREA else one.name,
            one.since,
            one.until,
        )
        for one in bodies(draft)
        if one.changed
    ]


def _found(name: Name, places: list[tuple[Piece, int]], day: dt.date) -> Found:
    first = places[0][0]
    told = {
        "name": name.name,
        "count": sum(count for _piece, count in places),
        "day": date_format(day, "d/m/Y"),
    }
    if name.until and name.until <= day:
        message = _("“%(name)s” (%(count)s times) had ended on %(day)s.")
    else:
        message = _("“%(name)s” (%(count)s times) did not exist yet on %(day)s.")
    return Found(message % told, first.place, first.label)


def _districts(said: Iterable[Piece]) -> Iterator[Found]:
    count, first = 0, None
    for piece in said:
        for match in _DISTRICT.finditer(piece.text):
            if _is_meant(piece.text, *match.span()):
                count, first = count + 1, first or piece
    if first is not None:
        message = _("Districts (%(count)s times) had ended on 01/07/2025.") % {"count": count}
        yield Found(message, first.place, first.label)
