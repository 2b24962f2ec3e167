"""What a proposal is: a value, where it was read, how sure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Proposal(Generic[T]):
    """value; excerpt: the words it was read from; confidence: 0 to 1, for sorting and colour."""

    value: T
    excerpt: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature: name as printed (capitals undone), title such as "Thứ trưởng"."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Proposals:
    """Fields read from a document's own text; None where nothing trustworthy stands there."""

    number: Proposal[str] | None = None
    type: Proposal[str] | None = None
    issuers: Proposal[tuple[str, ...]] | None = None
    place: Proposal[str] | None = None
    issued: Proposal[date] | None = None
    signers: Proposal[tuple[Signer, ...]] | None = None
    subject: Proposal[str] | None = None
    bases: Proposal[tuple[str, ...]] | None = None
    in_force: Proposal[date] | None = None
    recipients: Proposal[tuple[str, ...]] | None = None
