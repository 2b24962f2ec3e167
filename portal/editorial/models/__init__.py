"""What may be published, who approved it, and the ledger that proves it."""

from .approval import Approval
from .mandate import Mandate
from .publishable import Publishable, live_needs_record
from .record import PublicationRecord

__all__ = ["Approval", "Mandate", "PublicationRecord", "Publishable", "live_needs_record"]
