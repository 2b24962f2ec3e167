"""The state of one parse: regions with their own numbering, and how numbers follow each other."""

from __future__ import annotations

import re

from . import signs
from .blocks import Block
from .ids import Ids
from .model import Node
from .numerals import letter_rank
from .tree import Draft, Tree, container_heading


def split_number(number: str) -> tuple[int, str]:
    """ "5a" -> (5, "a"); a number of letters alone has value 0."""
    match = re.match(r"(\d+)(.*)", number)
    return (int(match[1]), match[2]) if match else (0, number)


class Region:
    """The main text, or an attached one, with its own numbering."""

    def __init__(self, ids: Ids, prefix: str, by_articles: bool) -> None:
        self.tree = Tree(ids, prefix)
        self.by_articles = by_articles
        self.last = (0, "")
        self.amending = False
        self.title: list[Block] = []
        self.label = ""


def only_contents(region: Region) -> bool:
    """True when all articles so far are bare titles: a table of contents."""
    stack, found = list(region.tree.root.children), 0
    while stack:
        draft = stack.pop()
        if draft.kind == "dieu":
            found += 1
            if draft.blocks or draft.children:
                return False
        stack.extend(draft.children)
    return found > 1


def point_rank(number: str) -> tuple[int, str]:
    """Order of điểm: "a" < "a1" < "b" < "đ" (written "dd")."""
    letters = number.rstrip("0123456789")
    digits = number[len(letters) :]
    return letter_rank("đ" if letters == "dd" else letters), digits.zfill(3) if digits else ""


def in_sequence(kind: str, number: str, last: str) -> bool:
    """True when ``number`` may follow its sibling ``last`` ("" when it is the first)."""
    if kind == "diem":
        rank, was = point_rank(number), point_rank(last) if last else (-1, "")
        return was < rank and 0 <= rank[0] <= was[0] + 3
    if number.isalpha():
        return letter_rank(number) == (letter_rank(last) + 1 if last else 0)
    if kind == "so":
        here = tuple(int(part) for part in number.split("-"))
        return not last or here > tuple(int(part) for part in last.split("-"))
    here_number, was_number = split_number(number), split_number(last) if last else (0, "")
    return was_number < here_number and here_number[0] <= was_number[0] + (4 if last else 1)


def amends(text: str) -> bool:
    """True for a line after which new wording of another text may follow."""
    if signs.AMENDING_TITLE.match(text):
        return True
    return signs.LEADS_IN.search(text) is not None and signs.AMENDING.search(text) is not None


def freeze_annex(annex: Region | Draft) -> Node:
    """The frozen node of an appendix or an attached text."""
    if isinstance(annex, Draft):
        heading, blocks = container_heading(annex, most=6)
        return Node("phu-luc", annex.number, annex.eid, annex.label, heading, tuple(blocks))
    root = annex.tree.root
    titles = annex.title
    label = titles[0].text if titles else "Văn bản kèm theo"
    more = [b for b in titles[1:] if b.kind == "p"] + root.blocks
    shadow = Draft("body", "", root.eid, label, blocks=more)
    heading, blocks = container_heading(shadow)
    return Node("body", "", root.eid, label, heading, tuple(blocks), annex.tree.nodes())
