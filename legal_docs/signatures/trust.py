"""The trust store: a folder of root certificates that the administrator fills."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)
_SUFFIXES = frozenset({".pem", ".crt", ".cer", ".der"})
_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class TrustStore:
    """``roots``: certificates; ``fingerprint`` changes when the folder does."""

    roots: tuple[Any, ...] = ()
    fingerprint: str = ""

    @classmethod
    def of(cls, folder: Path | str | None) -> TrustStore:
        """The store in a folder. A file that holds no certificate is logged and passed over; no
        folder is a store of nothing."""
        if not folder or not Path(folder).is_dir():
            return cls()
        roots, digest = [], hashlib.sha256()
        for path in sorted(Path(folder).iterdir()):
            if path.suffix.lower() not in _SUFFIXES or not path.is_file():
                continue
            try:
                data = path.read_bytes()[:_LARGEST]
                roots += _certificates(data)
            except (OSError, ValueError, TypeError):
                logger.warning("no certificate in %s", path.name)
                continue
            digest.update(data)
        return cls(tuple(roots), digest.hexdigest()[:16] if roots else "")


def _certificates(data: bytes) -> list[Any]:
    from asn1crypto import pem, x509  # type: ignore[import-untyped]

    parts = (
        [der for _kind, _headers, der in pem.unarmor(data, multiple=True)]
        if pem.detect(data)
        else [data]
    )
    found = [x509.Certificate.load(part, strict=True) for part in parts]
    for one in found:
        _ = one.subject.native, one.public_key.native  # parsed when asked: now, not later
    return found
