"""Pages of the portal itself."""

from .calendar import page_calendar
from .home import choose_language, health, home
from .machines import colours, robots, security, site_map, site_map_for_people, site_map_index
from .public_form import public_form, public_form_taken
from .serving import page_feed, serve_page
from .stored_files import serve_file
from .style import style_guide
from .usage import beacon, numbers
from .words import script_words

__all__ = [
    "beacon",
    "choose_language",
    "colours",
    "health",
    "home",
    "numbers",
    "page_calendar",
    "page_feed",
    "public_form",
    "public_form_taken",
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
