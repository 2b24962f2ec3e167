"""News of an old portal: read from its export, brought in as drafts or under a mandate."""

from .reading import IncomingNews, Unreadable, read
from .running import Report, run

__all__ = ["IncomingNews", "Report", "Unreadable", "read", "run"]
