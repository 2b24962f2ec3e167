"""Says on each request who reads it."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from .access import access_of
from .audience import PUBLIC
from .audit import current_address


def AudienceMiddleware(get_response):
    """Sets ``request.audience`` and ``request.access``; no session is opened for strangers."""

    def middleware(request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            request.access = SimpleLazyObject(lambda: access_of(request.user))
            request.audience = SimpleLazyObject(lambda: access_of(request.user).audience)
        else:
            request.access = access_of(None)
            request.audience = PUBLIC
        token = current_address.set(request.META.get("REMOTE_ADDR") or None)
        try:
            return get_response(request)
        finally:
            current_address.reset(token)

    return middleware
