"""What content apps add to the proof: their texts and files, told to an export and to a check.

An app registers in ``AppConfig.ready``; ``check_ledger`` and ``export_ledger`` ask. The portal's
editorial room knows no content app.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol


class Evidence(Protocol):
    """One app's evidence."""

    def faults(self) -> Iterator[str]:
        """Texts and files that are not what their hashes say, each in words."""

    def texts(self, hashes: Collection[str]) -> Iterable[tuple[str, str]]:
        """(text hash, the text that was hashed) for the hashes that it knows."""

    def files(self, hashes: Collection[str]) -> Iterable[tuple[str, Path]]:
        """(SHA-256, stored file) for the hashes that it knows."""

    def names(self) -> Mapping[str, Mapping[str, str]]:
        """Table → key → name of the rows that contents name by key, public ones only."""


_EVIDENCE: dict[str, Evidence] = {}


def register(name: str, evidence: Evidence) -> None:
    _EVIDENCE[name] = evidence


def all_evidence() -> list[Evidence]:
    return list(_EVIDENCE.values())
