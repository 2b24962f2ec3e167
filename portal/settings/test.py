"""What pytest uses: everything in a folder of its own, tasks run at once."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import env

SECRET_KEY = "only-for-tests-" + "x1y2z3" * 8
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DEBUG = False
CACHE_GUARD_RAISES = True
DEMO_ALLOWED = True

_ROOT = Path(tempfile.mkdtemp(prefix="portal-test-"))
MEDIA_ROOT = _ROOT / "files"
SEARCH_INDEX_DIR = _ROOT / "index"
LEDGER_KEY_DIR = _ROOT / "keys"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SEARCH_DRAIN_PAUSE = 0.0
SEARCH_LOG_DAYS = 0
WHITENOISE_AUTOREFRESH = True
if not env.str("DATABASE_URL", default=""):
    DATABASES["default"]["NAME"] = str(_ROOT / "portal.sqlite3")  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(_ROOT / "test.sqlite3")}  # noqa: F405
