"""What is known of the signatures of a file, as values that can be stored as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What a file is, by its signatures."""

    WHOLE = "nguyen-ven"  # signed, and every byte is as it was signed
    ALTERED = "da-sua-sau-ky"  # signed, and something was done afterwards
    BROKEN = "sai-chu-ky"  # what was signed is not what stands there
    UNSIGNED = "khong-ky"
    UNREADABLE = "khong-doc-duoc"


class Trust(StrEnum):
    """Whether the certificate leads to a root of the administrator's trust store."""

    VERIFIED = "da-kiem-chung"
    NOT_VERIFIED = "khong-thuoc-kho"  # there is a store, and it does not lead there
    NO_STORE = "chua-kiem-chung"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature. Times are ISO 8601; ``stamped_at`` is that of a time-stamping authority,
    ``signed_at`` what the signer's own clock said."""

    verdict: Verdict
    signer: str
    organisation: str
    issuer: str
    signed_at: str
    stamped_at: str
    covers_file: bool
    coverage: str
    changes: str
    trust: Trust
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """All of a file. ``store``: fingerprint of the trust store that was asked."""

    verdict: Verdict
    signatures: tuple[Signature, ...] = ()
    problem: str = ""
    store: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Signatures:
        """Raises TypeError, KeyError or ValueError for what ``as_json`` did not give."""
        rows = tuple(
            Signature(**row | {"verdict": Verdict(row["verdict"]), "trust": Trust(row["trust"])})
            for row in stored.get("signatures", ())
        )
        return cls(
            Verdict(stored["verdict"]), rows, stored.get("problem", ""), stored.get("store", "")
        )
