"""Documents and provisions that the text cites and that can't be read here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from legal_docs import numbering
from legal_docs.models import Expression, Provision, WorkIdentity
from legal_docs.works import live_identities
from portal.core.batching import batched
from portal.editorial.models.checks import Severity
from portal.editorial.pieces import Piece, pieces

from . import WORKS, Check, Found, register

_CITED = re.compile(r'href="/dan-chieu/\?([^"]{1,600})"')
#: Numbers asked of the database at once, and numbers that a finding names.
_CHUNK, _NAMED = 400, 8


@register
class CitedElsewhere(Check):
    code = "citations-absent"
    label = gettext_lazy("Cited documents and provisions that are not here")
    severity = Severity.INFO
    explanation = gettext_lazy("Their links say so to the reader until the document arrives.")
    content = WORKS

    def look(self, draft) -> Iterator[Found]:
        cited = _cited(draft)
        if not cited:
            return
        keys = {number: numbering.key(number)[:120] for number in cited}
        here = _here(set(keys.values()))
        absent = [number for number in cited if keys[number] not in here]
        if absent:
            piece = next(iter(cited[absent[0]].values()))
            names = ", ".join(absent[:_NAMED]) + ("…" if len(absent) > _NAMED else "")
            message = _("%(count)s cited documents are not here: %(names)s")
            yield Found(message % {"count": len(absent), "names": names}, piece.place, piece.label)
        yield from _absent_articles(cited, keys, here)


def _cited(draft) -> dict[str, dict[str, Piece]]:
    """Numbers that are cited, with their provisions ("" for the whole) and where."""
    found: dict[str, dict[str, Piece]] = {}
    for piece in pieces(draft):
        if "/dan-chieu/" not in piece.html:
            continue
        for query in _CITED.findall(piece.html):
            asked = parse_qs(unescape(query))
            if "so" in asked:
                article = asked.get("dieu", [""])[0].split(".")[0]
                found.setdefault(asked["so"][0], {}).setdefault(article, piece)
    return found


def _here(asked: set[str]) -> dict[str, list[int]]:
    """Ids of live documents by the key of their number."""
    rows: list[WorkIdentity] = []
    for some in batched(sorted(asked), _CHUNK):
        rows += WorkIdentity.objects.filter(number_key__in=some).exclude(work_class="")
    live = live_identities(rows)
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.pk in live:
            found[row.number_key].append(row.pk)
    return found


def _absent_articles(cited, keys: dict[str, str], here: dict[str, list[int]]) -> Iterator[Found]:
    """Articles of documents that are here, where one document alone bears the number."""
    asked = {
        here[keys[number]][0]: (number, articles)
        for number, articles in cited.items()
        if len(here.get(keys[number], ())) == 1 and set(articles) - {""}
    }
    if not asked:
        return
    texts = Expression.objects.live().filter(work__in=asked)
    known: dict[int, set[str]] = defaultdict(set)
    rows = Provision.objects.filter(expression__in=texts.values("pk"), kind="dieu")
    for pk, eid in rows.values_list("expression__work_id", "eid"):
        known[pk].add(eid)
    for pk, (number, articles) in asked.items():
        for article, piece in articles.items():
            if article.startswith("dieu-") and known[pk] and article not in known[pk]:
                told = {"number": number, "article": article.removeprefix("dieu-")}
                message = _("%(number)s has no Điều %(article)s.") % told
                yield Found(message, piece.place, piece.label)
