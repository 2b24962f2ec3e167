"""Shared fixtures: people, units, published documents. All names and texts are fiction."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from portal.core import limits
from portal.core.page_cache import shelf
from portal.pages import framing
from portal.pages.usage import counting
from search import query_log, remembering
from tests.factories import take_guard_away
from tests.real_data import real

settings.register_profile(
    "ci", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("dev", max_examples=30, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

IN_CI = os.environ.get("CI") == "true"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def absent(what: str) -> None:
    """Skip because something is absent here; in CI that is a failure."""
    if IN_CI:
        pytest.fail(f"{what} is absent, and CI=true allows no skip")
    pytest.skip(f"{what} is absent on this machine")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real documents beside the repository."""
    return real("corpus").parent


@pytest.fixture(autouse=True)
def no_kept_pages():
    """Pages of one test are not served to the next, and its requests are not counted there."""
    shelf.clear()
    framing.forget()
    limits._counts.clear()
    yield
    shelf.clear()


@pytest.fixture(autouse=True)
def nothing_is_due(monkeypatch):
    """What a process does every few seconds beside a request is done when a test asks for it: how
    many queries a page costs must not depend on how slow the machine is."""
    monkeypatch.setattr(remembering, "LOOK_SECONDS", 3600)
    monkeypatch.setattr(query_log, "FLUSH_SECONDS", 3600)
    monkeypatch.setattr(counting, "FLUSH_SECONDS", 3600)


@pytest.fixture(autouse=True)
def own_index(request, settings, tmp_path):
    """Each test that uses the database has an index and a file store of its own."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        settings.SEARCH_INDEX_DIR = tmp_path / "index"
        settings.MEDIA_ROOT = tmp_path / "files"
        settings.VAR_DIR = tmp_path
        settings.LEDGER_KEY_DIR = tmp_path / "keys"
        cache.clear()  # renditions of the test before have the same keys


@pytest.fixture(autouse=True, scope="session")
def flush_past_the_guard():
    """Tests with real transactions empty all tables, the ledger too. Its triggers are taken away
    here, by the tests: the portal has no switch for it. The flush ends in ``post_migrate``, which
    puts them back."""
    teardown = TransactionTestCase._fixture_teardown

    def without_triggers(self):
        take_guard_away()
        teardown(self)

    TransactionTestCase._fixture_teardown = without_triggers
    yield
    TransactionTestCase._fixture_teardown = teardown
