"""One class for each sort of cache in front; ``FRONT_CACHE_URLS`` names those of this portal."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from portal.core.cache_guard import FRAME, REFRESH_HEADER
from portal.pages.models.front_cache import CachedAddress

#: Seconds to reach a cache, and for its answer.
TIMEOUT = (1.0, 10.0)
CHUNK = 100


class Unfinished(Exception):
    """There was more to renew than time; the rest is for the next attempt."""


@dataclass(frozen=True, slots=True)
class Nginx:
    """nginx as Debian ships it can drop nothing, but it fetches a page anew and keeps the answer
    when a request carries the agreed token (``proxy_cache_bypass``, docs/nginx.conf)."""

    url: str
    needs_addresses = True

    def renew(self, keys: Sequence[str], cutoff: dt.datetime, seconds: float) -> None:
        """Have every page with one of these keys that was begun before ``cutoff`` fetched anew.

        Raises:
            Unfinished: after ``seconds`` there was more.
            OSError: the cache can't be reached.
        """
        import requests

        until = time.monotonic() + seconds
        host = urlsplit(settings.PORTAL_URL).netloc
        headers = {"Host": host, REFRESH_HEADER: settings.FRONT_CACHE_TOKEN}
        with requests.Session() as session:
            session.trust_env = False
            while addresses := self._addresses(keys, cutoff):
                for address in addresses:
                    if time.monotonic() > until:
                        raise Unfinished
                    url = self.url.rstrip("/") + address
                    with session.get(
                        url, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True
                    ) as answer:
                        for _part in answer.iter_content(65_536):
                            pass
                    old = CachedAddress.objects.filter(address=address, noted_at__lt=cutoff)
                    old.delete()

    @staticmethod
    def _addresses(keys: Sequence[str], cutoff: dt.datetime) -> list[str]:
        wanted = Q(key__in=[key for key in keys if key != FRAME])
        if FRAME in keys:  # every page: those that are kept still, older ones are asked for anew
            fresh = cutoff - dt.timedelta(seconds=settings.FRONT_CACHE_SECONDS)
            wanted |= Q(noted_at__gte=fresh)
        rows = CachedAddress.objects.filter(wanted, noted_at__lt=cutoff)
        return list(dict.fromkeys(rows.values_list("address", flat=True)[:CHUNK]))


@dataclass(frozen=True, slots=True)
class Varnish:
    """Varnish keeps the keys with each page and drops by them (docs/varnish.vcl)."""

    url: str
    needs_addresses = False

    def renew(self, keys: Sequence[str], cutoff: dt.datetime, seconds: float) -> None:
        """Drop every page with one of these keys.

        Raises:
            OSError: the cache can't be reached, or it refuses.
        """
        import requests

        pattern = rf"(^|,)({'|'.join(keys)})(,|$)"
        headers = {"X-Ban-Keys": pattern, REFRESH_HEADER: settings.FRONT_CACHE_TOKEN}
        with requests.Session() as session:
            session.trust_env = False
            session.request("BAN", self.url, headers=headers, timeout=TIMEOUT).raise_for_status()


SORTS = {"nginx": Nginx, "varnish": Varnish}


def front_caches() -> list[Nginx | Varnish]:
    """Those of this portal, from addresses like ``nginx+http://127.0.0.1:8080``.

    Raises:
        ValueError: an address is of no sort that is known here.
    """
    found = []
    for one in settings.FRONT_CACHE_URLS:
        sort, _plus, url = one.partition("+")
        if sort not in SORTS or not url.startswith(("http://", "https://")):
            raise ValueError(f"FRONT_CACHE_URLS: {one!r}: nginx+http://… or varnish+http://…")
        found.append(SORTS[sort](url))
    return found


def forget_old() -> None:
    """Rows of pages that no cache in front holds any more."""
    day_ago = timezone.now() - dt.timedelta(days=1, seconds=settings.FRONT_CACHE_SECONDS)
    CachedAddress.objects.filter(noted_at__lt=day_ago).delete()
