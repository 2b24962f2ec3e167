"""The ids of a document in order."""

from __future__ import annotations

from collections.abc import Iterator

from .model import Node, Structure


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Yield nodes and all below them in the order of the text, without recursion."""
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def outline(structure: Structure) -> tuple[str, ...]:
    """Return the ids of all provisions in order; attached texts follow under their own prefix."""
    return tuple(node.eid for node in walk(structure.nodes + structure.annexes))


def articles(structure: Structure) -> tuple[Node, ...]:
    """Return the articles of the main text in order (not those of attached texts)."""
    return tuple(node for node in walk(structure.nodes) if node.kind == "dieu")
