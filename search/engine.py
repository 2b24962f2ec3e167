"""The engines that the settings choose; one object each for the process.

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
    return _engine("")


def page_engine() -> SearchEngine:
    """The same for news and pages, on an index of its own: whatever stands in it, the counts,
    statistics and order of documents are those of a portal without it."""
    return _engine("pages")


def _engine(part: str) -> SearchEngine:
    if settings.SEARCH_URL:
        return _elastic(
            url=settings.SEARCH_URL,
            api_key=settings.SEARCH_API_KEY,
            ca_file=settings.SEARCH_CA_FILE,
            prefix="-".join(filter(None, (settings.SEARCH_INDEX_PREFIX, part))),
            shards=1 if part else settings.SEARCH_SHARDS,
            replicas=settings.SEARCH_REPLICAS,
            timeout=settings.SEARCH_TIMEOUT,
            write_timeout=settings.SEARCH_WRITE_TIMEOUT,
        )
    return _embedded(str(Path(settings.SEARCH_INDEX_DIR) / part))
