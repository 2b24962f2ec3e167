"""What every reader of HTML from elsewhere knows: what is never text, what is hidden, how deep it is."""

from __future__ import annotations

import re
from typing import Final

#: Elements in which nothing is to be read.
DROPPED: Final = frozenset(
    ("script", "style", "head", "noscript", "template", "iframe", "object", "embed", "svg", "button",
     "select", "input", "textarea", "title", "meta", "link", "math", "audio", "video", "canvas", "xml")
)  # fmt: skip
#: A style that hides, Word's own way too.
HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)


def nesting(html: str, tags: str) -> int:
    """How deep elements stand in one another, judged by the tags alone: before a tree is built.

    ``tags`` are the names that count, divided by ``|``.

    >>> nesting("<table><tr><td><TABLE></table></table><table>", "table|div")
    2
    """
    deepest = here = 0
    for match in re.finditer(rf"<(/?)(?:{tags})\b", html, re.I):
        here = max(0, here - 1) if match[1] else here + 1
        deepest = max(deepest, here)
    return deepest
