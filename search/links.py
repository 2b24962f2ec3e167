"""Links that carry the present query, less or more of it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import QueryDict


class ChoiceLinks:
    """Links of a page's facets, of which there are hundreds and only one parameter changes.

    Parameters stand in one order and values too, so that one choice has one address.
    """

    def __init__(self, query: QueryDict, names: Iterable[str]) -> None:
        rest = query.copy()
        self._parts = {name: _encoded(name, query.getlist(name)) for name in names}
        for name in ("trang", *self._parts):
            rest.pop(name, None)
        self._head = rest.urlencode()

    def choosing(self, name: str, values: Iterable[str]) -> str:
        """The present query with these values of one parameter."""
        parts = self._parts | {name: _encoded(name, values)}
        return f"?{'&'.join(filter(None, (self._head, *parts.values())))}"


def _encoded(name: str, values: Iterable[str]) -> str:
    return urlencode([(name, value) for value in sorted(set(values))])


def linked(
    query: QueryDict,
    *,
    drop: str = "",
    drop_value: tuple[str, str] = ("", ""),
    undo: Iterable[str] = (),
    **changes: str,
) -> str:
    """A link with the present query, less or more of it; pages begin anew.

    ``undo`` adds steps of understanding to leave out.
    """
    fresh = query.copy()
    fresh.pop("trang", None)
    if drop:
        fresh.pop(drop, None)
    name, value = drop_value
    if name:
        fresh.setlist(name, [kept for kept in fresh.getlist(name) if kept != value])
    if undone := list(undo):
        fresh.setlist("bo", list(dict.fromkeys([*fresh.getlist("bo"), *undone])))
    for key, new in changes.items():
        fresh[key] = new
    return f"?{fresh.urlencode()}"
