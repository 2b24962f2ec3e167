"""What every template may ask."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject


def portal(request) -> dict[str, object]:
    from .framing import frame_of, portal_name

    return {
        "frame": SimpleLazyObject(lambda: frame_of(request)),
        "portal_name": SimpleLazyObject(portal_name),
        "portal_url": settings.PORTAL_URL,
        "oidc_name": settings.OIDC_NAME if settings.OIDC_SERVER_URL else "",
    }
