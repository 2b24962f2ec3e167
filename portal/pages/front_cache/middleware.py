"""What an answer tells the cache in front of the portal."""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.cache import patch_cache_control

from portal.core.cache_guard import KEYS_HEADER, SEARCH, SHARED_SECONDS, is_renewal
from portal.pages.models.front_cache import CachedAddress

from .adapters import front_caches

logger = logging.getLogger(__name__)
#: Answers that take the place of a page in a cache that was told to fetch it anew.
_TAKES_PLACE_FOR = 5
_LONGEST_ADDRESS = 700


def FrontCache(get_response):
    """Outermost but for the headers: it sees what was decided about an answer.

    An answer that a shared cache may keep is kept longer where a cache in front follows
    publications, but never past midnight, as validity goes by the day.
    """

    def middleware(request):
        begun = timezone.now()
        response = get_response(request)
        keys = response.headers.get(KEYS_HEADER, "")
        del response[KEYS_HEADER]
        if not settings.FRONT_CACHE_URLS or request.method != "GET":
            return response
        caches = front_caches()
        if "s-maxage" not in response.get("Cache-Control", ""):
            if response.status_code != 200 and is_renewal(request):
                _take_place(response)
            return response
        if response.status_code == 200 and not _noted(request, keys, begun, caches):
            patch_cache_control(response, s_maxage=SHARED_SECONDS)
            return response
        # Hits follow the index, and no publication renews all of them.
        if f"s-maxage={SHARED_SECONDS}" in response["Cache-Control"] and SEARCH not in keys.split(
            ","
        ):
            patch_cache_control(response, s_maxage=_seconds())
        if any(not one.needs_addresses for one in caches):
            response[KEYS_HEADER] = keys
        return response

    return middleware


def _seconds() -> int:
    now = timezone.localtime()
    midnight = (now + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0)
    return max(1, min(settings.FRONT_CACHE_SECONDS, int((midnight - now).total_seconds())))


def _noted(request, keys: str, begun: dt.datetime, caches: list) -> bool:
    """Write down who is to be told; what could not be written is kept no longer than usual."""
    address = request.get_full_path()
    if not keys or not any(one.needs_addresses for one in caches):
        return bool(keys)
    if len(address) > _LONGEST_ADDRESS:
        return False
    rows = [CachedAddress(key=key, address=address, noted_at=begun) for key in set(keys.split(","))]
    try:
        CachedAddress.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["address", "key"],
            update_fields=["noted_at"],
        )
    except DatabaseError:
        logger.exception("an address of the cache in front could not be noted")
        return False
    return True


def _take_place(response) -> None:
    """“Not here” and “taken down” must push the page out that stood there: the cache in front
    asks without a cookie, so the answer is a stranger's."""
    if response.cookies:
        return
    del response["Cache-Control"]
    patch_cache_control(response, public=True, s_maxage=_TAKES_PLACE_FOR, max_age=0)
