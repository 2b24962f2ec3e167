"""Numbers of people's papers, telephones and accounts, days of birth, names of complainants."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core import personal_data
from portal.core.personal_data import PersonalDatum
from portal.editorial.models.checks import Severity
from portal.editorial.pieces import Piece, pieces, remembered

from . import Check, Found, register

KINDS = {
    "identity": gettext_lazy("number of an identity paper"),
    "telephone": gettext_lazy("private telephone"),
    "account": gettext_lazy("bank account"),
    "birth": gettext_lazy("day of birth"),
    "complaint": gettext_lazy("name beside a complaint"),
}
_SOURCE = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; Nghị định 356/2025/NĐ-CP"


def found_in(draft) -> list[tuple[Piece, PersonalDatum]]:
    """All that a draft says of persons, with the piece in which it stands."""
    return remembered(
        draft,
        "personal data",
        lambda: [(piece, one) for piece in pieces(draft) for one in personal_data.find(piece.text)],
    )


def _said(draft, kinds: frozenset[str]) -> Iterator[Found]:
    for piece, one in found_in(draft):
        if one.kind in kinds:
            yield Found(f"{KINDS[one.kind]}: {hidden(one.text)}", piece.place, piece.label)


def hidden(text: str) -> str:
    """Enough of it to find it, not enough to use it: findings are kept and sent on."""
    return f"{text[:3]}…{text[-2:]}" if len(text) > 6 else f"{text[:1]}…"


@register
class PersonalData(Check):
    code = "personal-data"
    label = gettext_lazy("Personal data in the text")
    severity = Severity.WARN
    explanation = gettext_lazy(
        "What is published shows no more of a person than a law asks for. “Hide personal data” "
        "puts a mark in its place; attached files must be replaced."
    )
    source = _SOURCE

    def look(self, draft) -> Iterator[Found]:
        return _said(draft, frozenset({"identity", "telephone", "account", "birth"}))


@register
class ComplaintNames(Check):
    code = "complaint-names"
    label = gettext_lazy("Names of people beside words of complaint")
    severity = Severity.WARN
    explanation = gettext_lazy("Who complains or denounces is not named to the public.")
    source = f"Luật Tố cáo 25/2018/QH14; {_SOURCE}"

    def look(self, draft) -> Iterator[Found]:
        for found in _said(draft, frozenset({"complaint"})):
            yield Found(
                _("Name to look at: %(name)s") % {"name": found.message},
                found.place,
                found.place_label,
            )
