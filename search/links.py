"""Links that carry the present query, less or more of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.http import QueryDict


def linked(
    query: QueryDict,
    *,
    drop: str = "",
    drop_value: tuple[str, str] = ("", ""),
    undo: Iterable[str] = (),
    put: Mapping[str, Sequence[str]] | None = None,
    **changes: str,
) -> str:
    """A link with the present query, less or more of it; pages begin anew.

    ``undo`` adds steps of understanding to leave out, ``put`` sets all values of a parameter, in
    an order of their own, so that one choice has one address.
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
    for key, values in (put or {}).items():
        fresh.setlist(key, sorted(set(values)))
    for key, new in changes.items():
        fresh[key] = new
    return f"?{fresh.urlencode()}"
