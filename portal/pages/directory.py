"""Units as pages show them: a tree under one unit, from the register."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone

from portal.organisations.models import Organisation


@dataclass(slots=True)
class Node:
    """A unit with those under it."""

    unit: Organisation
    under: list[Node] = field(default_factory=list)


def tree_under(name: str) -> Node | None:
    """The units that exist today under the unit of this name; None when there is none."""
    today = timezone.localdate()
    top = Organisation.objects.current(today).filter(name__iexact=name).first()
    if top is None:
        return None
    nodes = {top.path: Node(top)}
    rows = Organisation.objects.current(today).beneath(top).exclude(pk=top.pk).order_by("path")
    for unit in sorted(rows, key=lambda one: (one.path.count("/"), one.order, one.name)):
        node = nodes[unit.path] = Node(unit)
        above = nodes.get(unit.path.rstrip("/").rpartition("/")[0] + "/")
        if above is not None:
            above.under.append(node)
    return nodes[top.path]
