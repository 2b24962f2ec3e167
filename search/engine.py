"""The engine that the settings choose; one object for the process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search.engines.base import SearchEngine
from search.engines.embedded import EmbeddedEngine


@lru_cache(maxsize=4)
def _engine(url: str, directory: str) -> SearchEngine:
    if url:
        raise ImproperlyConfigured(
            "SEARCH_URL is set, but this version has the embedded engine only: leave it empty."
        )
    return EmbeddedEngine(Path(directory))


def engine() -> SearchEngine:
    """The engine of this portal.

    Raises:
        ImproperlyConfigured: ``SEARCH_URL`` names an engine that this version does not have.
    """
    return _engine(settings.SEARCH_URL, str(settings.SEARCH_INDEX_DIR))
