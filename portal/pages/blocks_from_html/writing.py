"""Parts written as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import nh3

from .lists import nested_list
from .parts import SCHEMES, Line, Part, Table

#: Tags of a text block; the editor offers these and no others.
TAGS: Final = {"p", "h3", "h4", "b", "i", "sup", "sub", "a", "ul", "ol", "li", "br", "hr"}


def blocks(parts: list[Part]) -> Iterator[tuple[str, Any]]:
    highest = min((part.rank for part in parts if isinstance(part, Line) and part.rank), default=0)
    text: list[str] = []
    items: list[Line] = []

    def ended() -> Iterator[tuple[str, Any]]:
        text.append(nested_list(items))
        if html := _sanitised("".join(text)):
            yield "text", html
        text.clear()
        items.clear()

    for part in parts:
        if isinstance(part, Line) and part.kind == "li":
            items.append(part)
        elif isinstance(part, Line):
            text.append(nested_list(items))
            items.clear()
            tag = "p" if part.kind == "p" else "h3" if part.rank == highest else "h4"
            text.append("<hr>" if part.kind == "hr" else f"<{tag}>{part.html}</{tag}>")
        else:
            yield from ended()
            if isinstance(part, Table):
                yield "table", part.value
            else:
                yield "picture", {"src": part.src, "alt": part.alt}
    yield from ended()


def _sanitised(html: str) -> str:
    return nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None
    ).strip()
