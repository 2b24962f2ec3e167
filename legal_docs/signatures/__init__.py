"""Signatures in PDF files: who signed, when, whether the file is as it was signed. No Django.

``verify`` reads a file with pyHanko and asks nobody: no network, no lists of revocation. An
altered file still has a signature that is “intact and valid”; what tells is how much of the file
it covers and what was done after it.
"""

from .model import Signature, Signatures, Trust, Verdict
from .trust import TrustStore
from .verifying import verify

__all__ = ["Signature", "Signatures", "Trust", "TrustStore", "Verdict", "verify"]
