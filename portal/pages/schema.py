"""The agency of the portal as search engines read it: schema.org GovernmentOrganization."""

from __future__ import annotations

from django.conf import settings


def organisation(frame) -> dict[str, object]:
    """JSON-LD of whoever keeps the portal; what the settings don't say is left out."""
    said = frame.settings
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "GovernmentOrganization",
        "@id": f"{settings.PORTAL_URL}/#co-quan",
        "name": said.authority or frame.name,
        "url": f"{settings.PORTAL_URL}/",
        "telephone": said.telephone,
        "email": said.email,
        "address": said.address,
        "sameAs": [url for _label, url in said.social_links] or "",
    }
    return {name: value for name, value in data.items() if value != ""}
