"""The manifest hash of a collection of files."""

from __future__ import annotations

import hashlib
from pathlib import Path


def file_hash(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def files_of(paths: list[Path]) -> list[Path]:
    """The files named, and all files in the folders named, in a fixed order."""
    found: list[Path] = []
    for path in paths:
        found += sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    return found


def manifest_hash(paths: list[Path]) -> str:
    """One hash for the contents of all files; names and order don't matter."""
    hashes = sorted(file_hash(path) for path in files_of(paths))
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()
