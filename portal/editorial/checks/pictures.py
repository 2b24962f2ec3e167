"""Pictures that say nothing to who does not see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.editorial.models.checks import Severity
from portal.editorial.pieces import pieces

from . import Check, Found, register

_PICTURE = re.compile(r'<img\b[^<>]{0,400000}>|<figure\b[^<>]{0,400} role="img"[^<>]{0,2000}>')
_WORDS = re.compile(r'\s(?:alt|aria-label)="([^"]{0,2000})"')
#: What readers of files put where the file says nothing, and names of files.
_EMPTY = re.compile(r"(?:hình ảnh|image|picture|hình|ảnh|untitled)?[\s\d_-]*(?:\.\w{3,4})?", re.I)
_FILE = re.compile(r"[\w -]+\.(?:png|jpe?g|gif|bmp|webp|svg|tiff?|emf|wmf)", re.I)


def says_nothing(words: str) -> bool:
    """True for an alternative text that is none.

    >>> says_nothing("Hình ảnh"), says_nothing("scan_01.png"), says_nothing("Sơ đồ tổ chức")
    (True, True, False)
    """
    bare = unescape(words).strip()
    return _EMPTY.fullmatch(bare) is not None or _FILE.fullmatch(bare) is not None


@register
class PictureWords(Check):
    code = "picture-words"
    label = gettext_lazy("Pictures without alternative text")
    severity = Severity.WARN
    explanation = gettext_lazy("Who hears the page instead of seeing it must learn what it shows.")
    source = "WCAG 2.1, 1.1.1; Thông tư 26/2020/TT-BTTTT"

    def look(self, draft) -> Iterator[Found]:
        for piece in pieces(draft):
            if "<img" not in piece.html and 'role="img"' not in piece.html:
                continue
            silent = sum(map(_is_silent, _pictures(piece.html)))
            if silent:
                message = _("%(count)s pictures have no alternative text.") % {"count": silent}
                yield Found(message, piece.place, piece.label)


def _pictures(html: str) -> Iterator[str]:
    """Tags of pictures; one inside a figure that has its own words counts with the figure."""
    covered = -1
    for match in _PICTURE.finditer(html):
        if match[0].startswith("<figure"):
            covered = html.find("</figure>", match.end())
        elif match.start() < covered:
            continue
        yield match[0]


def _is_silent(tag: str) -> bool:
    words = _WORDS.search(tag)
    return words is None or says_nothing(words[1])
