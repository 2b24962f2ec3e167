"""The last gate before output: HTML passes only when it is small, known and balanced."""

from __future__ import annotations

import re
from html import escape

_INLINE = frozenset(("b", "i", "u", "em", "strong", "sup", "sub", "br", "s", "a"))
_TABLE = _INLINE | frozenset(
    ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "colgroup", "col", "p", "ul",
     "ol", "li", "div", "img", "span")
)  # fmt: skip
_VOID = frozenset(("br", "col", "img"))
_TAG = re.compile(
    r"<(/?)([a-z][a-z0-9]{0,9})((?:\s(?:colspan|rowspan|class|align|valign|scope|alt|src|href|width|height)"
    r'="[^"<>]*")*)\s?/?>'
)
_BAD_URL = re.compile(r'(?:href|src)="(?!https?://|/|#|data:image/(?:png|jpeg|gif);)', re.I)
_ENTITY = re.compile(r"&(?!(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});)", re.I)


def passes(html: str, table: bool = False) -> bool:
    """True when every tag is known, without odd attributes, and the nesting is balanced."""
    allowed = _TABLE if table else _INLINE
    stack: list[str] = []
    at = 0
    while True:
        at = html.find("<", at)
        if at < 0:
            break
        match = _TAG.match(html, at)
        if match is None or match[2] not in allowed:
            return False
        if match[3] and _BAD_URL.search(match[3]):
            return False
        if match[2] not in _VOID:
            if match[1]:
                if not stack or stack.pop() != match[2]:
                    return False
            elif len(stack) > 60:
                return False
            else:
                stack.append(match[2])
        at = match.end()
    if stack or (">" in html and html.count("<") != html.count(">")):
        return False
    return "&" not in html or _ENTITY.search(html) is None


def text_html(text: str) -> str:
    """Escape text; soft breaks become ``<br>``."""
    if "&" in text or "<" in text or ">" in text:
        text = escape(text, quote=False)
    return text.replace("\n", "<br>") if "\n" in text else text
