"""A project of modelsearch's test models and our backend, and nothing of the portal."""

import os
import tempfile
from pathlib import Path

from tests.search.modelsearch_suite import library

_ROOT = Path(tempfile.mkdtemp(prefix="modelsearch-suite-"))
library.write(_ROOT)

SECRET_KEY = "only-for-tests"
INSTALLED_APPS = [
    "modelsearch.test.testapp",
    "modelsearch",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
]
FIXTURE_DIRS = [_ROOT]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = True
BACKENDS = {
    "embedded": {"BACKEND": "search.wagtail_backend", "DIRECTORY": str(_ROOT / "index")},
}
MODELSEARCH_BACKENDS = {"default": BACKENDS[os.environ.get("SUITE_BACKEND", "embedded")]}
