"""What may be published, who approved it, and the ledger that proves it."""

from .approval import Approval, Revocation
from .checks import CheckSetting, Severity
from .error_report import ErrorReport
from .mandate import Mandate
from .notification import Notification, Preference
from .publishable import Publishable, PublishableRow, live_needs_record, publishable_models
from .record import FrozenContent, PublicationRecord
from .rules import ContentRule, Delivery, Event, RuleAction, RuleRun
from .share_link import ShareLink
from .signing import Checkpoint, SigningKey, WitnessLetter
from .workflow import CalendarException, Criterion, Remark, ReviewState, ReviewTask, Route
from .working_copy import WorkingCopy

__all__ = [
    "Approval",
    "CalendarException",
    "CheckSetting",
    "Checkpoint",
    "ContentRule",
    "Criterion",
    "Delivery",
    "ErrorReport",
    "Event",
    "FrozenContent",
    "Mandate",
    "Notification",
    "Preference",
    "PublicationRecord",
    "Publishable",
    "PublishableRow",
    "Remark",
    "ReviewState",
    "ReviewTask",
    "Revocation",
    "Route",
    "RuleAction",
    "RuleRun",
    "Severity",
    "ShareLink",
    "SigningKey",
    "WitnessLetter",
    "WorkingCopy",
    "live_needs_record",
    "publishable_models",
]
