"""Pages of the tree, what they show, and the settings of the portal."""

from .attachment import Attachment
from .duty import SectionDuty
from .kinds import CollectionPage, HomePage, SectionPage, StandardPage
from .page import PortalPage
from .picture import Picture, PictureRendition
from .settings import PortalSettings

__all__ = [
    "Attachment",
    "CollectionPage",
    "HomePage",
    "Picture",
    "PictureRendition",
    "PortalPage",
    "PortalSettings",
    "SectionDuty",
    "SectionPage",
    "StandardPage",
]
