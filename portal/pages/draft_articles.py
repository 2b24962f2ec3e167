"""The text of a draft, cut into articles that people can comment on. Pure.

Ids go by the number of the article (``dieu-5``, ``dieu-5a``), so that a comment stays with its
article when another is put in before it and the number stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: “Điều 5.”, “Điều 5a:”, “ĐIỀU 12 -” at the beginning of a line.
_HEAD = re.compile(r"^\s*điều\s+(\d{1,4}[a-zđ]?)\s*(?:[.:–-]\s*(.*)|)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Article:
    """An article of a draft; the part before the first article has an empty id."""

    eid: str
    label: str
    title: str
    text: str


def cut(text: str) -> list[Article]:
    """The articles of a draft in their order; an id that comes twice gets a number behind it.

    >>> [(one.eid, one.title) for one in cut("Căn cứ…\\nĐiều 1. Phạm vi\\nA\\nĐiều 2. Đối tượng")]
    [('', ''), ('dieu-1', 'Phạm vi'), ('dieu-2', 'Đối tượng')]
    """
    found: list[Article] = []
    head, lines = ("", "", ""), []
    taken: dict[str, int] = {}

    def close() -> None:
        body = "\n".join(lines).strip()
        if head[0] or body:
            found.append(Article(*head, body))

    for line in text.replace("\r\n", "\n").split("\n"):
        match = _HEAD.match(line)
        if match is None:
            lines.append(line)
            continue
        close()
        number = match[1].lower()
        eid = "dieu-" + number.replace("đ", "dd")
        taken[eid] = taken.get(eid, 0) + 1
        if taken[eid] > 1:
            eid = f"{eid}-lan-{taken[eid]}"
        head, lines = (eid, f"Điều {number}", (match[2] or "").strip()), []
    close()
    return found
