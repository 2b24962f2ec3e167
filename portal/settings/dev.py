"""One machine, no server: what ``make run`` uses."""

from .base import *  # noqa: F403
from .base import VAR_DIR, env


def _own_secret() -> str:
    """A secret of this machine, made once; never one that stands in the repository."""
    from django.core.management.utils import get_random_secret_key

    VAR_DIR.mkdir(parents=True, exist_ok=True)
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key(), encoding="utf-8")
    return path.read_text(encoding="utf-8")


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or _own_secret()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CACHE_GUARD_RAISES = True
DEMO_ALLOWED = env.bool("PORTAL_DEMO", default=True)
