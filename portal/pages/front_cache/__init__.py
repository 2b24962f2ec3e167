"""Caches in front of the portal (nginx, Varnish): what they may keep, and how it is made fresh.

A page says by keys what it tells of (``portal.core.cache_guard.share``). A publication writes the
keys that it concerns into an outbox, in its own transaction; ``purging.drain`` then has each cache
drop or renew the pages with these keys. No publication empties a whole cache.
"""
