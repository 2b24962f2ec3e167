"""The parts of the demo: what each app loads and takes away again. Pure: no Django.

Registered in ``AppConfig.ready``; loaded in their order, taken away in the opposite one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """``load`` and ``remove`` give what they did, in words for whoever runs the command."""

    name: str
    order: int
    load: Callable[[], str]
    remove: Callable[[], str]


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    _parts[part.name] = part


def parts() -> list[Part]:
    return sorted(_parts.values(), key=lambda part: part.order)
