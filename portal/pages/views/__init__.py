"""Pages of the portal itself."""

from .home import choose_language, health, home, style_guide
from .machines import colours, robots, security, site_map, site_map_for_people, site_map_index
from .serving import page_feed, serve_page
from .stored_files import serve_file
from .words import script_words

__all__ = [
    "choose_language",
    "colours",
    "health",
    "home",
    "page_feed",
    "robots",
    "script_words",
    "security",
    "serve_file",
    "serve_page",
    "site_map",
    "site_map_for_people",
    "site_map_index",
    "style_guide",
]
