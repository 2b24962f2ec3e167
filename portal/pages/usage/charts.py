"""Bars of a chart as numbers for an SVG picture. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Units of the picture; it grows with the page.
WIDTH, HEIGHT, FOOT, HEAD = 720, 220, 24, 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its place, its words, and a label under it where there is room."""

    x: float
    y: float
    width: float
    height: float
    words: str
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, and the lines of the scale: (y, number)."""

    bars: tuple[Bar, ...]
    lines: tuple[tuple[float, int], ...]
    width: int = WIDTH
    height: int = HEIGHT
    foot: int = HEIGHT - FOOT


def bars(values: Sequence[tuple[str, int]]) -> Chart:
    """A chart of (label, number) pairs from left to right; numbers are not negative."""
    top = _round_up(max((number for _label, number in values), default=0))
    room = HEIGHT - FOOT - HEAD
    step = WIDTH / max(len(values), 1)
    every = max(1, -(-len(values) // 12))
    made = []
    for place, (label, number) in enumerate(values):
        height = room * number / top
        made.append(
            Bar(
                round(place * step + step * 0.1, 2), round(HEIGHT - FOOT - height, 2),
                round(step * 0.8, 2), round(height, 2), f"{label}: {number}",
                label if place % every == 0 else "",
            )
        )  # fmt: skip
    lines = tuple((round(HEIGHT - FOOT - room * part / 4, 2), top * part // 4) for part in (2, 4))
    return Chart(tuple(made), lines)


def _round_up(number: int) -> int:
    """The next of 4, 8, 20, 40, 80, 200…: a scale that halves well."""
    scale = 4
    while scale < number:
        scale = scale * 2 if str(scale)[0] in "24" else scale * 5 // 2
    return scale
