"""Citations in the texts of pages and news become links by identity. Pure: no Django.

As in laws, a link says the target in words (``/dan-chieu/?so=…``): what that is today is looked up
when somebody follows it, so the link survives every move and leads to the search when the
document is not here.
"""

from __future__ import annotations

import re
from html import escape, unescape

from legal_docs import citations
from legal_docs.linking import address_of, law_names

_TAG = re.compile(r"(<[^>]*>)")
_OPENS = re.compile(r"<(a|script|style|button|textarea)\b", re.IGNORECASE)
_CLOSES = re.compile(r"</(a|script|style|button|textarea)\b", re.IGNORECASE)


def linked(html: str) -> str:
    """Rendered, trusted HTML with a link on each citation that stands in no link yet.

    >>> linked("<p>Theo Nghị định 12/2031/NĐ-CP.</p>")
    '<p>Theo <a class="citation" href="/dan-chieu/?so=12%2F2031%2FN%C4%90-CP">Nghị định 12/2031/NĐ-CP</a>.</p>'
    """
    inside, parts = 0, []
    for part in _TAG.split(html):
        if part.startswith("<"):
            inside += bool(_OPENS.match(part)) - bool(_CLOSES.match(part))
            parts.append(part)
        else:
            parts.append(part if inside > 0 else _linked_text(part))
    return "".join(parts)


def cited(text: str) -> list[tuple[str, str]]:
    """The citations of a plain text: (words, address that says them).

    >>> cited("Theo Nghị định 12/2031/NĐ-CP và luật khác")
    [('Nghị định 12/2031/NĐ-CP', '/dan-chieu/?so=12%2F2031%2FN%C4%90-CP')]
    """
    found = []
    for one in citations.find(text, law_names()):
        url = address_of(one, frozenset())
        if url and not one.relative:
            found.append((" ".join(text[one.start : one.end].split()), url))
    return found


def _linked_text(text: str) -> str:
    plain = unescape(text)
    if not any(sign.isdigit() for sign in plain) and "uật" not in plain:
        return text
    found = [(one, address_of(one, frozenset())) for one in citations.find(plain, law_names())]
    found = [(one, url) for one, url in found if url and not one.relative]
    if not found:
        return text
    parts, at = [], 0
    for one, url in found:
        words = escape(plain[one.start : one.end], quote=False)
        parts.append(escape(plain[at : one.start], quote=False))
        parts.append(f'<a class="citation" href="{escape(url)}">{words}</a>')
        at = one.end
    return "".join([*parts, escape(plain[at:], quote=False)])
