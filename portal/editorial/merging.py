"""Three-way merge of what an item says. Pure: no Django.

``base`` is what stood when a working copy was begun, ``theirs`` what the original says now,
``mine`` what the copy says. A key (a field of the metadata, a file, a relation, the id of a
provision) that only one side changed takes that side's value; one that both changed differently is
a conflict, and a person chooses. Nothing is dropped by itself: until somebody chooses, the
original's value stands and the conflict is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

V = TypeVar("V")
THEIRS, MINE = "theirs", "mine"
#: The place of a conflict of order; no id of a provision has its sign.
ORDER = "~thu-tu"


@dataclass(frozen=True, slots=True)
class Conflict(Generic[V]):
    """A key that both sides changed, each in its own way; None: it is not there."""

    place: str
    base: V | None
    theirs: V | None
    mine: V | None


@dataclass(frozen=True, slots=True)
class Node:
    """A provision without those beneath it: HTML before its children and after them."""

    parent: str
    head: str
    tail: str = ""


#: A text: its provisions by id, in the order in which they stand.
Tree = Mapping[str, Node]


def merge_values(
    base: Mapping[str, V],
    theirs: Mapping[str, V],
    mine: Mapping[str, V],
    choices: Mapping[str, str] | None = None,
    prefix: str = "",
) -> tuple[dict[str, V], list[Conflict[V]]]:
    """Merge key by key; ``choices`` maps ``prefix + key`` to THEIRS or MINE.

    Returns the merged values and all conflicts, also those that were chosen.

    >>> merge_values({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 3})
    ({'a': 2, 'b': 3}, [])
    >>> merge_values({"a": 1}, {"a": 2}, {})[1]
    [Conflict(place='a', base=1, theirs=2, mine=None)]
    """
    merged: dict[str, V] = {}
    conflicts: list[Conflict[V]] = []
    for key in dict.fromkeys([*theirs, *mine, *base]):
        was, here, copy = base.get(key), theirs.get(key), mine.get(key)
        taken = here
        if here == copy or copy == was:
            taken = here
        elif here == was:
            taken = copy
        else:
            place = prefix + key
            conflicts.append(Conflict(place, was, here, copy))
            taken = copy if (choices or {}).get(place) == MINE else here
        if taken is not None:
            merged[key] = taken
    return merged, conflicts


def merge_trees(
    base: Tree, theirs: Tree, mine: Tree, choices: Mapping[str, str] | None = None, prefix: str = ""
) -> tuple[dict[str, Node], list[Conflict[Node]], list[Conflict[tuple[str, ...]]]]:
    """Merge two texts by provision.

    Returns the provisions in their order, conflicts of provisions, and the conflict of order where
    both sides moved provisions differently. A container that one side took away while the other
    put something into it is a conflict, and is kept until somebody chooses that it goes.
    """
    chosen = choices or {}
    nodes, conflicts = merge_values(base, theirs, mine, chosen, prefix)
    kept = _keep_parents(nodes, base, theirs, mine, chosen, prefix)
    named = {conflict.place for conflict in conflicts}
    conflicts += [one for one in kept if one.place not in named]
    _refuse_circles(nodes, theirs)
    order, disputed = _order(tuple(base), tuple(theirs), tuple(mine), set(nodes), chosen, prefix)
    return {key: nodes[key] for key in _preorder(nodes, order)}, conflicts, disputed


def html_of(tree: Tree) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text of a tree that is in order, and where each provision begins and ends in it.

    >>> html_of({"a": Node("", "<a>", "</a>"), "b": Node("a", "<b/>")})
    ('<a><b/></a>', {'b': (3, 7), 'a': (0, 11)})
    """
    parts: list[str] = []
    places: dict[str, tuple[int, int]] = {}
    open_nodes: list[tuple[str, int]] = []
    length = 0

    def close(until: str) -> int:
        added = 0
        while open_nodes and open_nodes[-1][0] != until:
            key, start = open_nodes.pop()
            parts.append(tree[key].tail)
            added += len(tree[key].tail)
            places[key] = (start, length + added)
        return added

    for key, node in tree.items():
        length += close(node.parent)
        open_nodes.append((key, length))
        parts.append(node.head)
        length += len(node.head)
    close("")
    return "".join(parts), places


# --- inside -------------------------------------------------------------------------------------


def _keep_parents(
    nodes: dict[str, Node],
    base: Tree,
    theirs: Tree,
    mine: Tree,
    choices: Mapping[str, str],
    prefix: str,
) -> list[Conflict[Node]]:
    """Bring back the containers of what stays, unless somebody chose that they go."""
    found: list[Conflict[Node]] = []
    waiting = list(nodes)
    while waiting:
        key = waiting.pop()
        if key not in nodes:
            continue
        parent = nodes[key].parent
        if not parent or parent in nodes:
            continue
        gone_from = THEIRS if parent not in theirs else MINE
        found.append(
            Conflict(prefix + parent, base.get(parent), theirs.get(parent), mine.get(parent))
        )
        back = theirs.get(parent) or mine.get(parent) or base.get(parent)
        if back is None or choices.get(prefix + parent) == gone_from:
            nodes.pop(key)
            waiting += [one for one, node in nodes.items() if node.parent == key]
            continue
        nodes[parent] = back
        waiting.append(parent)
    unique = {one.place: one for one in found}
    return list(unique.values())


def _refuse_circles(nodes: dict[str, Node], theirs: Tree) -> None:
    """Two provisions that were each put into the other stand as in the original, else at the top."""
    for key in nodes:
        if not _leads_up(nodes, key):
            parent = theirs[key].parent if key in theirs else ""
            nodes[key] = Node(parent, nodes[key].head, nodes[key].tail)
            if not _leads_up(nodes, key):
                nodes[key] = Node("", nodes[key].head, nodes[key].tail)


def _leads_up(nodes: Mapping[str, Node], key: str) -> bool:
    seen = {key}
    while parent := nodes[key].parent:
        if parent in seen or parent not in nodes:
            return False
        seen.add(parent)
        key = parent
    return True


def _order(
    base: Sequence[str],
    theirs: Sequence[str],
    mine: Sequence[str],
    keep: set[str],
    choices: Mapping[str, str],
    prefix: str,
) -> tuple[list[str], list[Conflict[tuple[str, ...]]]]:
    """All of ``keep``: in the order of the side that moved something, the other's new ones after
    whatever stands before them there."""
    common = set(base) & set(theirs) & set(mine)
    was, here, copy = (tuple(_only(side, common)) for side in (base, theirs, mine))
    conflicts = []
    mine_leads = here == was and copy != was
    if was not in (here, copy) and here != copy:
        conflicts.append(Conflict(prefix + ORDER, was, here, copy))
        mine_leads = choices.get(prefix + ORDER) == MINE
    lead, other = (mine, theirs) if mine_leads else (theirs, mine)
    order = list(_only(lead, keep))
    for side in (other, base):
        _put_in(order, side, keep)
    return order, conflicts


def _only(side: Iterable[str], keep: set[str]) -> Iterable[str]:
    return (key for key in side if key in keep)


def _put_in(order: list[str], side: Sequence[str], keep: set[str]) -> None:
    """Insert those of ``side`` that are missing, each after its nearest neighbour before it."""
    standing = set(order)
    after = ""
    for key in side:
        if key in keep and key not in standing:
            order.insert(order.index(after) + 1 if after else 0, key)
            standing.add(key)
        if key in standing:
            after = key


def _preorder(nodes: Mapping[str, Node], order: Sequence[str]) -> Iterable[str]:
    children: dict[str, list[str]] = {}
    for key in order:
        children.setdefault(nodes[key].parent, []).append(key)
    stack = list(reversed(children.get("", [])))
    while stack:
        key = stack.pop()
        yield key
        stack.extend(reversed(children.get(key, [])))
