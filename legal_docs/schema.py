"""A document as search engines read it: schema.org Legislation with the terms of ELI."""

from __future__ import annotations

from django.conf import settings

from legal_docs.models.work import Work
from legal_docs.validity import Status

#: schema.org knows three answers; what we don't know is left out.
_FORCE = {
    Status.IN_FORCE: "InForce",
    Status.PARTLY_ENDED: "PartiallyInForce",
    Status.PARTLY_SUSPENDED: "PartiallyInForce",
    Status.ENDED: "NotInForce",
    Status.SUSPENDED: "NotInForce",
    Status.NOT_YET: "NotInForce",
    Status.UNSUITABLE: "NotInForce",
}


def legislation(work: Work, status_code: str = "") -> dict[str, object]:
    """JSON-LD of a work; dates as ISO, empty properties left out.

    The ELI properties (identifier, type, jurisdiction, dates, passed by, in force) have the names
    that schema.org took from ELI.
    """
    url = settings.PORTAL_URL + work.identity.url
    in_force = getattr(work, "in_force", None)
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "@id": url,
        "url": url,
        "name": work.title_short,
        "headline": work.subject[:300],
        "inLanguage": "vi",
        "legislationIdentifier": work.number,
        "legislationType": work.type.label,
        "legislationJurisdiction": "VN",
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": work.lead_issuer.name},
        "legislationDate": work.issued.isoformat() if work.issued else "",
        "legislationDateOfApplicability": in_force.isoformat() if in_force else "",
        "isAccessibleForFree": True,
    }
    if status_code and Status(status_code) in _FORCE:
        force = _FORCE[Status(status_code)]
        data["legislationLegalForce"] = f"https://schema.org/{force}"
    return {name: value for name, value in data.items() if value != ""}
