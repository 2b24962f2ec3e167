"""What may be published, who approved it, and the ledger that proves it."""

from .approval import Approval
from .mandate import Mandate
from .publishable import Publishable, live_needs_record
from .record import FrozenContent, PublicationRecord
from .signing import Checkpoint, SigningKey, WitnessLetter

__all__ = [
    "Approval",
    "Checkpoint",
    "FrozenContent",
    "Mandate",
    "PublicationRecord",
    "Publishable",
    "SigningKey",
    "WitnessLetter",
    "live_needs_record",
]
