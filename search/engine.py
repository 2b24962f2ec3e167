"""The engine that the settings choose; one object for the process.

Each engine is imported only where it is chosen: a portal on one machine does not carry the
cluster's client in its memory, nor one on a cluster the embedded index.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from search.engines.base import SearchEngine


@lru_cache(maxsize=4)
def _embedded(directory: str) -> SearchEngine:
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(Path(directory))


@lru_cache(maxsize=4)
def _elastic(**access: Any) -> SearchEngine:
    from search.engines.elastic import ElasticEngine
    from search.engines.elastic_client import Access

    return ElasticEngine(Access(**access))


def engine() -> SearchEngine:
    """The engine of this portal: Elasticsearch where ``SEARCH_URL`` names it, else embedded."""
    if settings.SEARCH_URL:
        return _elastic(
            url=settings.SEARCH_URL,
            api_key=settings.SEARCH_API_KEY,
            ca_file=settings.SEARCH_CA_FILE,
            prefix=settings.SEARCH_INDEX_PREFIX,
            shards=settings.SEARCH_SHARDS,
            replicas=settings.SEARCH_REPLICAS,
            timeout=settings.SEARCH_TIMEOUT,
            write_timeout=settings.SEARCH_WRITE_TIMEOUT,
        )
    return _embedded(str(settings.SEARCH_INDEX_DIR))
