"""The real documents beside the repository, for tests that read them; absent, they skip."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

DATA = Path(
    os.environ.get("PORTAL_SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data"
)


def rows(path: str) -> Iterator[dict[str, Any]]:
    """Yield the records of a compressed JSON-lines file under the shared data, or skip."""
    zstd = pytest.importorskip("backports.zstd", reason="needs backports.zstd to read the data")
    if not (DATA / path).exists():
        pytest.skip(f"no real data: {path} is not under PORTAL_SHARED_DATA")
    with zstd.open(DATA / path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)
