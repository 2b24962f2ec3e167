"""Links that lead nowhere. Nothing is asked of the network: other sites are not looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.editorial.models.checks import Severity
from portal.editorial.pieces import Piece, pieces

from . import Check, Found, register

_HREF = re.compile(r'<a\b[^<>]{0,500}?\shref="([^"]{0,2000})"')
_ID = re.compile(r'\sid="([^"]{1,300})"')
_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]")
_finders: list[Callable[[set[str]], set[str]]] = []


def register_finder(finder: Callable[[set[str]], set[str]]) -> None:
    """Let an app say which of these own paths lead to nothing of its kind that is published."""
    _finders.append(finder)


def malformed(href: str) -> bool:
    """True for an address that no browser can follow.

    >>> [malformed(one) for one in ("https://a.vn/x", "htp:/a", "www.a.vn", "http://", "#dieu-5")]
    [False, True, True, True, False]
    """
    if not href.strip() or href != href.strip() or " " in href:
        return True
    try:
        parts = urlsplit(href)
        parts.port  # noqa: B018 - reading it is the test
    except ValueError:
        return True
    if parts.scheme in ("http", "https"):
        return _HOST.fullmatch(parts.hostname or "") is None
    if parts.scheme in ("mailto", "tel"):
        return not parts.path
    return bool(parts.scheme) or not href.startswith(("/", "#", "?"))


@register
class DeadLinks(Check):
    code = "dead-links"
    label = gettext_lazy("Links that lead nowhere")
    severity = Severity.WARN
    explanation = gettext_lazy(
        "Own pages and places in the text are looked up; other sites aren't."
    )
    source = "WCAG 2.1, 2.4.4"

    def look(self, draft) -> Iterator[Found]:
        said = pieces(draft)
        anchors = {match for piece in said for match in _ID.findall(piece.html)}
        links = [(piece, href) for piece in said for href in _hrefs(piece)]
        own = {_path(href) for _piece, href in links} - {""}
        dead = set().union(*(finder(own) for finder in _finders)) | {p for p in own if _unknown(p)}
        for piece in said:
            if "<a>" in piece.html:  # Wagtail's link to a page or file that was deleted
                yield Found(_("The target of a link was deleted."), piece.place, piece.label)
        for piece, href in links:
            if malformed(href):
                message = _("This is no address: %(link)s")
            elif href.startswith("#") and href != "#" and href[1:] not in anchors:
                message = _("There is no such place in the text: %(link)s")
            elif _path(href) in dead:
                message = _("There is no such published page: %(link)s")
            else:
                continue
            yield Found(message % {"link": href[:120]}, piece.place, piece.label)


def _hrefs(piece: Piece) -> Iterable[str]:
    if "href=" not in piece.html:
        return ()
    return (unescape(href) for href in _HREF.findall(piece.html))


def _path(href: str) -> str:
    """The path of an address of this portal, else ""."""
    try:
        parts = urlsplit(href)
        own = urlsplit(settings.PORTAL_URL)
    except ValueError:
        return ""
    if parts.netloc and (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
        return ""
    return parts.path if parts.path.startswith("/") else ""


def _unknown(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return True
    return False
