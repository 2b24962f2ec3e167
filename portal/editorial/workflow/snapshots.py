"""What an item said when it was returned, so that the next review shows what changed since."""

from __future__ import annotations

from dataclasses import asdict

from portal.editorial.facts import Facts, Passage
from portal.editorial.models import ReviewState


def take(draft) -> dict[str, list[dict[str, str]]]:
    """Facts of a draft as JSON."""
    return {name: [dict(one) for one in rows] for name, rows in asdict(draft.facts()).items()}


def facts(turn: ReviewState) -> Facts:
    """The facts that a turn keeps."""
    return Facts(
        **{name: tuple(Passage(**one) for one in rows) for name, rows in turn.snapshot.items()}
    )
