"""Wagtail's own search: the embedded engine, or the stock Elasticsearch backend on a cluster."""

from typing import Any

#: đ has no decomposition, so that it is mapped by name; marks of decomposed letters go too.
_FOLDING = {
    "type": "custom",
    "char_filter": ["vn_marks", "vn_letters"],
    "tokenizer": "standard",
    "filter": ["lowercase", "asciifolding"],
}
_ANALYSIS = {
    "char_filter": {
        "vn_letters": {"type": "mapping", "mappings": ["đ=>d", "Đ=>D", "ð=>d", "Ð=>D"]},
        "vn_marks": {
            "type": "pattern_replace",
            "pattern": "[\\u0300-\\u036f]",
            "replacement": "",
        },
    },
    "analyzer": {
        # The stock mapping names no analyzer for words, and "standard" for completion.
        "default": _FOLDING,
        "standard": _FOLDING,
        "edgengram_analyzer": {**_FOLDING, "filter": ["lowercase", "asciifolding", "edgengram"]},
    },
}


def backends(
    url: str, *, api_key: str, ca_file: str, prefix: str, replicas: int, timeout: float
) -> dict[str, dict[str, Any]]:
    """Return the setting WAGTAILSEARCH_BACKENDS."""
    if not url:
        return {"default": {"BACKEND": "search.wagtail_backend"}}
    options: dict[str, Any] = {"max_retries": 1}
    if api_key:
        options["api_key"] = api_key
    if ca_file:
        options["ca_certs"] = ca_file
    return {
        "default": {
            "BACKEND": "wagtail.search.backends.elasticsearch8",
            "URLS": [one.strip() for one in url.split(",") if one.strip()],
            "INDEX_PREFIX": f"{prefix}-wagtail-",
            "TIMEOUT": timeout,
            "OPTIONS": options,
            "INDEX_SETTINGS": {
                "settings": {
                    "analysis": _ANALYSIS,
                    "number_of_shards": 1,
                    "number_of_replicas": replicas,
                }
            },
        }
    }
