"""The approval hash: one exact value for what a person saw and approved. Pure: no Django."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping


def _plain(value: object) -> str:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} can't be frozen")


def approval_hash(content: Mapping[str, object]) -> str:
    """SHA-256 (hex) of content: JSON values, dates; lists keep their order.

    >>> approval_hash({"a": 1, "b": [2]}) == approval_hash({"b": [2], "a": 1})
    True
    >>> approval_hash({"a": "1 1"}) == approval_hash({"a": "11"})
    False
    """
    line = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )
    return hashlib.sha256(line.encode()).hexdigest()


def chain(previous: str, content: Mapping[str, object]) -> str:
    """Hash of a ledger line: its content and the hash of the line before it."""
    return approval_hash({"previous": previous, "content": dict(content)})
