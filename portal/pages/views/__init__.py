"""Pages of the portal itself."""

from .home import health, home, robots, style_guide
from .stored_files import serve_file

__all__ = ["health", "home", "robots", "serve_file", "style_guide"]
