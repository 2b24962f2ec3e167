"""The real documents beside the repository, the one place where a test may skip for want of them.

``PORTAL_SHARED_DATA`` names another folder; what is named must be there.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from backports import zstd

_NAMED = os.environ.get("PORTAL_SHARED_DATA", "")
DATA = Path(_NAMED or Path(__file__).resolve().parents[2] / "shared" / "data")


def real(path: str) -> Path:
    """The file or folder under the shared data; skips where there are none."""
    found = DATA / path
    if not found.exists():
        if _NAMED:
            pytest.fail(f"PORTAL_SHARED_DATA has no {path}")
        pytest.skip(f"the real documents (../shared/data/{path}) are not here")
    return found


def rows(path: str) -> Iterator[dict[str, Any]]:
    """The records of a compressed JSON-lines file."""
    with zstd.open(real(path), "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
