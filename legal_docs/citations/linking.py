"""Citations in sanitised HTML become links."""

import html as entities
import re
from collections.abc import Callable
from typing import Final

from legal_docs.citations.finding import find
from legal_docs.citations.law_names import NO_LAWS, LawNames
from legal_docs.citations.model import Citation

Resolve = Callable[[Citation], str | None]

_TAG: Final = re.compile(r"(<[^>]*>)")
_ID: Final = re.compile(r"""\sid\s*=\s*["']([^"']*)["']""")
_WORTH_READING: Final = re.compile(r"\d\s?[/-]|này|[Ll]uật|LUẬT|[Pp]háp|[Đđ]iều")


def link(html: str, resolve: Resolve, laws: LawNames = NO_LAWS) -> str:
    """Return sanitised ``html`` with its citations as ``<a class="citation" href=…>``.

    ``resolve`` gives the address of a citation, None to leave it plain. Text inside a link stays
    as it is; "Điều này" is resolved by the nearest id before it; a citation that runs over a tag
    is not linked, because a link may not cut an element.

    >>> link("<p>theo 12/2031/NĐ-CP</p>", lambda citation: "/vb/12")
    '<p>theo <a class="citation" href="/vb/12">12/2031/NĐ-CP</a></p>'
    """
    parts = _TAG.split(html)
    links, context = 0, None
    for index, part in enumerate(parts):
        if index % 2:
            links = _depth(part, links)
            found = _ID.search(part)
            context = found[1] if found else context
        elif part and not links and _WORTH_READING.search(part):
            parts[index] = _linked(part, resolve, laws, context)
    return "".join(parts)


def _depth(tag: str, depth: int) -> int:
    name = tag[1:4].lower()
    if name[:1] == "a" and (len(name) < 2 or not name[1].isalnum()):
        return depth + 1
    return max(0, depth - 1) if name[:2] == "/a" and not name[2:].isalnum() else depth


def _linked(node: str, resolve: Resolve, laws: LawNames, context: str | None) -> str:
    text = entities.unescape(node) if "&" in node else node
    if "&" in node and entities.escape(text, quote=False) != node:
        return node  # taking the links out again must give the very same text
    pieces: list[str] = []
    at = 0
    for citation in find(text, laws, context):
        address = resolve(citation)
        if address is None:
            continue
        pieces.append(entities.escape(text[at : citation.start], quote=False))
        pieces.append(f'<a class="citation" href="{entities.escape(address)}">')
        pieces.append(entities.escape(citation.text, quote=False) + "</a>")
        at = citation.end
    if not pieces:
        return node
    return "".join(pieces) + entities.escape(text[at:], quote=False)
