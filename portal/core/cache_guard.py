"""What a shared cache may keep is never personal.

A public answer says how long it may be kept; this middleware sees to it that such an answer
carries no cookie, no form token and nothing that was made for one reader. It fails hard where a
developer sees it and turns the answer private, with a log line, in production.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.cache import patch_cache_control

logger = logging.getLogger(__name__)

SHARED_SECONDS = 60
#: What a page tells of: lists of published things, hits of searches, or only what stands around
#: every page (name, colours, menu), which all pages have.
LISTS, SEARCH, FRAME = "lists", "search", "frame"
#: Says it inside the portal and to a cache in front that understands keys.
KEYS_HEADER = "Cache-Keys"
#: With the agreed token: a cache in front fetches the page anew.
REFRESH_HEADER = "X-Cache-Refresh"


def share(response, seconds: int = SHARED_SECONDS, keys: Sequence[str] = (LISTS,)):
    """Mark an answer as one that shared caches may keep for a while.

    ``keys`` name what it tells of: when one of them changes, caches in front follow at once.
    """
    patch_cache_control(response, public=True, s_maxage=seconds, max_age=0)
    response[KEYS_HEADER] = ",".join(keys)
    return response


def is_renewal(request) -> bool:
    """Whether a cache in front asks on the portal's own word (``portal.pages.front_cache``)."""
    agreed = getattr(settings, "FRONT_CACHE_TOKEN", "")
    token = request.headers.get(REFRESH_HEADER, "")
    return bool(agreed) and hmac.compare_digest(token.encode(), agreed.encode())


def CacheGuard(get_response):
    def middleware(request):
        response = get_response(request)
        control = response.get("Cache-Control", "")
        if "public" not in control and "s-maxage" not in control:
            if not control and not request.path.startswith(settings.STATIC_URL):
                patch_cache_control(response, private=True, no_cache=True)
            return response
        # Who has a session gets a page of his own even when he sees what strangers see.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if has_session or not getattr(request, "language_is_default", True):
            del response["Cache-Control"]
            patch_cache_control(response, private=True, no_cache=True)
            return response
        fault = _fault(request, response)
        if not fault:
            return response
        if getattr(settings, "CACHE_GUARD_RAISES", False):
            raise ImproperlyConfigured(f"{request.path}: a shared answer {fault}")
        logger.error("cache guard: %s %s", request.path, fault)
        del response["Cache-Control"]
        patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


def _fault(request, response) -> str:
    if response.cookies:
        return "sets a cookie"
    if not response.streaming and b"csrfmiddlewaretoken" in response.content:
        return "holds a form token"
    if not getattr(request, "audience", None) or not request.audience.is_public:
        return "was made for a signed-in reader"
    if "cookie" in response.get("Vary", "").lower():
        return "varies by cookie"
    return ""
