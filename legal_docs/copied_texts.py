"""Texts of a working copy and of its original merged by provision."""

from __future__ import annotations

import re
from dataclasses import replace

from portal.editorial.merging import Node, Tree, html_of, merge_trees

from . import matching, structure
from .models import Expression, Provision

_GROUP = re.compile(r'<div class="([a-z-]+)"')
#: What a provision is, by its id and the HTML that it begins with: both sides may have changed it.
Sections = dict[tuple[str, str], structure.Section]


def merge_texts(base, theirs, mine, choices, conflicts):
    """Whole texts where one side changed them, by provision where both did."""
    merged: dict[str, structure.Rendered | Expression] = {}
    labels: dict[str, str] = {}
    for key in dict.fromkeys([*theirs.texts, *mine.texts, *base.texts]):
        hashes = {name: side.texts.get(key) for name, side in
                  (("base", base), ("theirs", theirs), ("mine", mine))}  # fmt: skip
        if hashes["theirs"] == hashes["mine"] or hashes["mine"] == hashes["base"]:
            if key in theirs.rows:
                merged[key] = theirs.rows[key]
            continue
        if hashes["theirs"] == hashes["base"]:
            if key in mine.rows:
                merged[key] = mine.rows[key]
            continue
        trees: list[Tree] = []
        sections: Sections = {}
        for side in (base, mine, theirs):
            row = side.rows.get(key)
            trees.append(_tree(row, sections) if row else {})
        b, m, t = trees
        nodes, found, order = merge_trees(b, t, m, choices, f"{key}:")
        conflicts += [*found, *order]
        labels |= {f"{key}:{eid}": section.label for (eid, _head), section in sections.items()}
        if nodes:
            merged[key] = _rendered(nodes, sections)
    return merged, labels


def _tree(text: Expression, sections: Sections) -> Tree:
    """A text cut by provision, without links; ``sections`` learns what each provision is."""
    rows = list(Provision.objects.filter(expression=text).order_by("order"))
    children: dict[str, list[Provision]] = {}
    for row in rows:
        children.setdefault(row.parent_eid, []).append(row)
    tree: dict[str, Node] = {}
    at = 0
    for row in rows:
        if not row.parent_eid and at < row.start:
            _gap(tree, text.html[at : row.start])
        inner = children.get(row.eid)
        middle = inner[0].start if inner else row.end
        last = inner[-1].end if inner else row.end
        tree[row.eid] = Node(
            row.parent_eid,
            matching.without_links(text.html[row.start : middle]),
            matching.without_links(text.html[last : row.end]),
        )
        sections[row.eid, tree[row.eid].head] = structure.Section(
            row.eid, row.kind, row.number, row.label, row.heading, row.parent_eid, row.depth,
            row.text, 0, 0,
        )  # fmt: skip
        if not row.parent_eid:
            at = row.end
    _gap(tree, text.html[at:])
    return tree


def _gap(tree: dict[str, Node], html: str) -> None:
    """Head, bases, closing, signature: what stands between provisions."""
    if html:
        found = _GROUP.match(html)
        key = f"~{found[1] if found else 'text'}"
        while key in tree:
            key += "~"
        tree[key] = Node("", matching.without_links(html))


def _rendered(nodes: dict[str, Node], sections: Sections) -> structure.Rendered:
    html, places = html_of(nodes)
    depth: dict[str, int] = {}
    found = []
    for eid, node in nodes.items():
        if eid.startswith("~"):
            continue
        depth[eid] = depth[node.parent] + 1 if node.parent else 0
        start, end = places[eid]
        found.append(
            replace(
                sections[eid, node.head],
                parent_eid=node.parent,
                depth=depth[eid],
                start=start,
                end=end,
            )
        )
    return structure.Rendered(html, tuple(found))
