"""Provision ids by number: "dieu-5.khoan-2.diem-a"; a repeated one gets "~2"."""

from __future__ import annotations


class Ids:
    """Gives each provision its id once."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._taken: set[str] = set()

    def take(self, wanted: str) -> tuple[str, bool]:
        """Return (id, repeated): the wanted id, or with "~2", "~3" … when it is taken."""
        if wanted not in self._taken:
            self._taken.add(wanted)
            self._seen[wanted] = 1
            return wanted, False
        count = self._seen.get(wanted, 1)
        while True:
            count += 1
            given = f"{wanted}~{count}"
            if given not in self._taken:
                break
        self._seen[wanted] = count
        self._taken.add(given)
        return given, True

    def numbered(self, slug: str) -> str:
        """Return "quy-che", then "quy-che-2" … for bodies and appendices without a number."""
        if slug not in self._taken:
            self._taken.add(slug)
            return slug
        count = 2
        while f"{slug}-{count}" in self._taken:
            count += 1
        given = f"{slug}-{count}"
        self._taken.add(given)
        return given
