"""What a source says, between its tree and the blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape
from typing import Any, Final

from portal.core.text import clean

SCHEMES: Final = {"http", "https", "mailto", "tel"}
DIVIDER: Final = " – "
_SPACED_END: Final = re.compile(r" ?\n ?")


class Told(StrEnum):
    """What could not come along as it was, for whoever brought it."""

    MERGED = "merged"
    NESTED = "nested"
    ROWS = "rows"
    PICTURES = "pictures"
    REMARKS = "remarks"
    PLAIN = "plain"


@dataclass(slots=True)
class Line:
    """A paragraph, heading, item of a list or rule, with its HTML."""

    kind: str
    html: str = ""
    text: str = ""
    bold: bool = False
    captions: bool = False
    rank: int = 0
    item: Item | None = None
    rest: list[Line] = field(default_factory=list)

    def end(self) -> None:
        """Put the further lines of an item into it."""
        if self.rest:
            self.html = "<br>".join((self.html, *(line.html for line in self.rest)))
            self.text = "\n".join((self.text, *(line.text for line in self.rest)))
            self.rest = []


@dataclass(slots=True)
class Table:
    value: dict[str, Any]


@dataclass(slots=True)
class Picture:
    src: str
    alt: str


Part = Line | Table | Picture


@dataclass(slots=True)
class List:
    """A list of the source while it is read."""

    ordered: bool
    counting: str
    of: str
    count: int


@dataclass(slots=True)
class Item:
    """An item of a list: which list it is of, how deep, what stands before its words. ``exact``:
    the source shows these very letters, not only the place in the count."""

    of: str
    level: int
    ordered: bool = False
    marker: str = ""
    exact: bool = True
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """What a run of text inherits."""

    tags: tuple[str, ...] = ()
    href: str = ""
    kind: str = "p"
    lists: tuple[List, ...] = ()
    item: Item | None = None
    captions: bool = False
    of_notes: bool = False


Run = tuple[str, Style]


@dataclass(slots=True, eq=False)
class Cell:
    lines: list[Line]
    heads: bool
    in_head: bool
    across: int
    down: int

    @classmethod
    def of(cls, node: Any, lines: list[Line], in_head: bool) -> Cell:
        said = node.attributes
        across, down = whole(said.get("colspan"), 1), whole(said.get("rowspan"), 1)
        return cls(lines, node.tag == "th" or in_head, in_head, across, down)

    @property
    def text(self) -> str:
        return "\n".join(_as_words(line) for line in self.lines if line.text)

    @property
    def stands_out(self) -> bool:
        """It looks like the head of a row or a column."""
        return self.heads or (bool(self.lines) and all(line.bold for line in self.lines))


Grid = list[list[Cell | None]]


def _as_words(line: Line) -> str:
    """A line in a cell, which knows no lists."""
    if line.item is None:
        return line.text
    marker = line.item.marker if line.item.ordered else "-"
    return f"{marker} {line.text}"


def put_before(line: Line, marker: str) -> None:
    if marker:
        line.html = f"{escape(marker, quote=False)} {line.html}"
        line.text = f"{marker} {line.text}"


def written(runs: Iterable[Run], left: str = "") -> tuple[str, str, bool]:
    """(text, HTML, is all of it bold) of the runs of a line, without the tag that is ``left``."""
    stretches: list[tuple[list[str], tuple[str, ...], str]] = []
    ended = True  # by a space or a line end, after which no space counts
    for run, style in runs:
        said = clean(run)
        said = said.lstrip(" ") if ended else said
        if not said:
            continue
        ended = said.endswith((" ", "\n"))
        tags = tuple(tag for tag in style.tags if tag != left)
        if stretches and stretches[-1][1:] == (tags, style.href):
            stretches[-1][0].append(said)
        else:
            stretches.append(([said], tags, style.href))
    words = [(_SPACED_END.sub("\n", "".join(said)), tags, href) for said, tags, href in stretches]
    while words and not words[0][0].strip():
        del words[0]
    while words and not words[-1][0].strip():
        del words[-1]
    if not words:
        return "", "", False
    words[0] = (words[0][0].lstrip(), *words[0][1:])
    words[-1] = (words[-1][0].rstrip(), *words[-1][1:])
    bold = all("b" in tags for run, tags, _href in words if run.strip())
    text = "".join(_with_address(run, href) for run, _tags, href in words)
    return text, "".join(map(_marked_up, words)), bold


def _with_address(words: str, href: str) -> str:
    """The words of a link where there are no links, as in the cell of a table."""
    address = href.removeprefix("mailto:").removeprefix("tel:")
    return words if address in words else f"{words} ({address})"


def _marked_up(run: tuple[str, tuple[str, ...], str]) -> str:
    words, tags, href = run
    html = escape(words, quote=False).replace("\n", "<br>")
    for tag in reversed(tags):
        html = f"<{tag}>{html}</{tag}>"
    return f'<a href="{escape(href)}">{html}</a>' if href else html


def whole(said: str | None, otherwise: int) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 6 else otherwise
