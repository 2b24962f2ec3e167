"""Who issues, who owns, who works where as what, and who may read what."""

from .audit import AuditEntry
from .organisation import (
    AgencyIdentifier,
    Kind,
    Level,
    Organisation,
    OrganisationName,
    Succession,
)
from .people import Delegation, Membership, User
from .visible import AudienceKind, ForAudience, ForAudienceQuerySet

__all__ = [
    "AgencyIdentifier",
    "AudienceKind",
    "AuditEntry",
    "Delegation",
    "ForAudience",
    "ForAudienceQuerySet",
    "Kind",
    "Level",
    "Membership",
    "Organisation",
    "OrganisationName",
    "Succession",
    "User",
]
