"""Hashes of what was approved and of what the ledger says. Pure: no Django.

All of them are SHA-256 (hex) of canonical JSON; ``docs/ledger.md`` describes the form, and
``verify_ledger.py`` computes the same on a stranger's machine without this code.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping

GENESIS = "0" * 64


def _plain(value: object) -> str:
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} can't be frozen")


def canonical(content: Mapping[str, object]) -> str:
    """Content as one line of JSON: keys in order, no blanks, dates as ISO 8601.

    >>> canonical({"b": [2], "a": "ô"})
    '{"a":"ô","b":[2]}'
    """
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def approval_hash(content: Mapping[str, object]) -> str:
    """SHA-256 (hex) of content: JSON values, dates; lists keep their order.

    >>> approval_hash({"a": 1, "b": [2]}) == approval_hash({"b": [2], "a": 1})
    True
    >>> approval_hash({"a": "1 1"}) == approval_hash({"a": "11"})
    False
    """
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def chain(previous: str, content: Mapping[str, object]) -> str:
    """Hash of a ledger line: its content and the hash of the line before it."""
    return approval_hash({"previous": previous, "content": dict(content)})


def sealed(salt: str, facts: Mapping[str, object]) -> str:
    """A hash that binds facts and betrays none: nobody guesses them without the salt."""
    return approval_hash({"salt": salt, "facts": dict(facts)})
