"""What a draft says, piece by piece, as checks read it: read once in a run, however many ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
_MEMORY = "looked_at"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of content with its place. ``head``: what stands above the first provision, where
    marks and stamps are put. ``html`` is empty for what has none (an attribute)."""

    place: str
    label: str
    text: str
    html: str = ""
    head: bool = False


def remembered(draft, name: str, read: Callable[[], T]) -> T:
    """What ``read`` gives, read once for this draft until ``forget``."""
    memory = draft.__dict__.setdefault(_MEMORY, {})
    if name not in memory:
        memory[name] = read()
    return memory[name]


def forget(draft) -> None:
    draft.__dict__.pop(_MEMORY, None)


def pieces(draft) -> tuple[Piece, ...]:
    """Everything that a draft says."""
    return remembered(draft, "pieces", lambda: tuple(draft.pieces()))
