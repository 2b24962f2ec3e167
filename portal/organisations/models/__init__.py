"""Who issues, who owns, who works where as what, and who may read what."""

from .organisation import (
    AgencyIdentifier,
    Kind,
    Level,
    Organisation,
    OrganisationName,
    Succession,
)
from .people import Membership, Role, User
from .visible import AudienceKind, ForAudience, ForAudienceQuerySet

__all__ = [
    "AgencyIdentifier",
    "AudienceKind",
    "ForAudience",
    "ForAudienceQuerySet",
    "Kind",
    "Level",
    "Membership",
    "Organisation",
    "OrganisationName",
    "Role",
    "Succession",
    "User",
]
