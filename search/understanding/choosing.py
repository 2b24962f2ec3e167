"""Filters said in words and filters chosen on the page, put together."""

from dataclasses import fields, replace
from typing import Any, Final

from search.plan import Filters

_SPANS: Final = (
    ("issued_from", "issued_to"),
    ("in_force_from", "in_force_to"),
    ("expires_from", "expires_to"),
)


def with_choices(said: Filters, chosen: Filters) -> Filters:
    """Return what was said, but what was chosen wherever the reader chose himself.

    Both ends of a span of days belong together; a chosen year replaces said days of issue.

    >>> with_choices(Filters(types=("Luật",), years=(2024,)), Filters(years=(2025,))).years
    (2025,)
    """
    together = {name: span for span in _SPANS for name in span}
    changes: dict[str, Any] = {}
    for field in fields(Filters):
        if not getattr(chosen, field.name):
            continue
        for name in together.get(field.name, (field.name,)):
            changes[name] = getattr(chosen, name)
    if "years" in changes and "issued_from" not in changes:
        changes |= {"issued_from": None, "issued_to": None}
    elif "issued_from" in changes and "years" not in changes:
        changes["years"] = ()
    return replace(said, **changes)
