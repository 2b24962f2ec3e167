"""How much one client may ask of search in a minute (``portal.core.limits``)."""

from __future__ import annotations

from portal.core.limits import LIMITS, _counts, limit_of, limited, seconds_to_wait

__all__ = ["LIMITS", "_counts", "limit_of", "limited", "seconds_to_wait"]

LIMITS.update({"search": 300, "suggest": 600, "click": 60})
