"""The text against the file that it was taken from."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legal_docs import comparing, examining, numbering
from legal_docs.models import ExaminedFile, Expression, Manifestation
from legal_docs.pieces import files_of, parts_of, texts_of
from portal.editorial.models.checks import Severity
from portal.editorial.pieces import Piece, pieces, remembered

from . import WORKS, Check, Found, register

#: Stamps, page numbers and letters that a PDF splits make small differences; measured on real
#: pairs (docs/checks.md).
TOLERATED = 0.03
#: Files that are compared; nobody attaches more originals.
MOST_FILES = 4


def originals(draft) -> list[Manifestation]:
    """The signed originals, else the files that the text was read from; the newest first."""
    files = sorted(files_of(draft), key=lambda one: -one.pk)
    signed = [one for one in files if one.role == Manifestation.Role.ORIGINAL]
    source = [one for one in files if one.role == Manifestation.Role.SOURCE]
    return (signed or source)[:MOST_FILES]


def examined(draft) -> dict[str, ExaminedFile]:
    return remembered(draft, "examined", lambda: examining.examined(originals(draft)))


def found_at(file: Manifestation, message: str) -> Found:
    return Found(message, f"file:{file.sha256}", file.name)


def heads(draft) -> Iterator[Piece]:
    """How the originals begin."""
    rows = examined(draft)
    for file in originals(draft):
        row = rows.get(file.sha256)
        if row is not None and row.text:
            yield Piece(f"file:{file.sha256}", file.name, row.text[:1500], head=True)


@register
class AgainstOriginal(Check):
    code = "original"
    label = gettext_lazy("Text against the attached original")
    severity = Severity.WARN
    explanation = gettext_lazy(
        "Number, date, number of articles and words are compared with what could be read of the file."
    )
    source = "Nghị định 52/2015/NĐ-CP"
    content = WORKS

    def look(self, draft) -> Iterator[Found]:
        rows = examined(draft)
        text = _text_of(draft)
        for file in originals(draft):
            row = rows.get(file.sha256)
            if row is None:
                yield found_at(file, _("The file waits to be read; look again in a few minutes."))
            elif not row.text:
                problem = row.problem or _("No text could be read of it.")
                yield found_at(file, _("Not compared: %(problem)s") % {"problem": problem})
            else:
                yield from _compared(draft, file, row, text)


def _text_of(draft) -> Expression | None:
    """The text that the original has: the first one in Vietnamese."""
    texts = [one for one in texts_of(draft) if one.language == "vi"]
    return min(texts, key=lambda one: (one.kind != Expression.Kind.ORIGINAL, one.pk), default=None)


def _compared(
    draft, file: Manifestation, row: ExaminedFile, text: Expression | None
) -> Iterator[Found]:
    if row.number and draft.number and numbering.key(row.number) != numbering.key(draft.number):
        message = _("The file bears the number %(number)s.") % {"number": row.number}
        yield found_at(file, message)
    if row.issued and draft.issued and row.issued != draft.issued:
        message = _("The file bears the date %(date)s.") % {
            "date": date_format(row.issued, "d/m/Y")
        }
        yield found_at(file, message)
    if text is None:
        return
    articles = sum(
        one.kind == "dieu" and one.eid.startswith("dieu-")
        for one in parts_of(draft).provisions[text.pk]
    )
    if row.articles is not None and row.articles != articles:
        told = {"theirs": row.articles, "ours": articles}
        message = _("The file has %(theirs)s articles, the text %(ours)s.")
        yield found_at(file, message % told)
    difference = comparing.compare(row.text, _said(draft, text))
    if difference.share > TOLERATED:
        told = {
            "share": f"{difference.share:.1%}".replace(".", ","),
            "missing": ", ".join(difference.missing_words[:6]) or "–",
            "added": ", ".join(difference.added_words[:6]) or "–",
        }
        message = _(
            "%(share)s of the letters differ. In the file only: %(missing)s; in the text only: %(added)s."
        )
        yield found_at(file, message % told)


def _said(draft, text: Expression) -> str:
    """What the text says; the pieces of the run where it is the only one."""
    from legal_docs import matching

    if len(texts_of(draft)) == 1:
        return "\n".join(one.text for one in pieces(draft) if one.place.startswith("provision:"))
    return "\n".join(matching.paragraphs(text.html))
