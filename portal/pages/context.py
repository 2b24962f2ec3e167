"""What every template may ask."""

from django.conf import settings


def portal(request) -> dict[str, object]:
    return {
        "portal_name": settings.PORTAL_NAME,
        "portal_url": settings.PORTAL_URL,
        "oidc_name": settings.OIDC_NAME if settings.OIDC_SERVER_URL else "",
    }
