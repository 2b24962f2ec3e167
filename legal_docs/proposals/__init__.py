"""Metadata proposed from a document's own text, each with its excerpt. No Django."""

from .known import Issuer, Known, default_known
from .model import Proposal, Proposals, Signer
from .propose import propose

__all__ = ["Issuer", "Known", "Proposal", "Proposals", "Signer", "default_known", "propose"]
