"""Pictures of the portal; page types come with the portal's sections."""

from .picture import Picture, PictureRendition

__all__ = ["Picture", "PictureRendition"]
