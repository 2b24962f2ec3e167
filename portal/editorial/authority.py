"""By whose authority: what the ledger tells of it (role and unit) and what it keeps inside."""

from __future__ import annotations

import datetime as dt

from portal.organisations.access import access_of
from portal.organisations.models import Organisation
from portal.organisations.models.people import APPROVERS

from .models import Approval, Mandate


def roles_over(user, unit: Organisation) -> list[list[str]]:
    """[role, unit] in which a person acts for a unit; persons are not named in public."""
    held = [
        (role, path)
        for role, path in access_of(user).paths
        if role in APPROVERS and unit.path.startswith(path)
    ]
    paths = [path for _role, path in held]
    names = dict(Organisation.objects.filter(path__in=paths).values_list("path", "name"))
    return [[str(role), names[path]] for role, path in held]


def snapshot(approval: Approval | None = None, mandate: Mandate | None = None) -> dict[str, object]:
    """An approval or a mandate as it was when it was used; stays inside the house."""
    if approval is not None:
        return approval_facts(approval)
    if mandate is not None and mandate.approved_at:
        return {
            "mandate": mandate.pk,
            "content": mandate.approved_hash,
            "by": mandate.approved_by_id,
            "at": mandate.approved_at.astimezone(dt.UTC).isoformat(),
        }
    return {}


def approval_facts(approval: Approval) -> dict[str, object]:
    """All that an approval says."""
    return {
        "approval": approval.pk,
        "type": approval.content_type_id,
        "object": approval.object_id,
        "content": approval.content_hash,
        "revision": approval.revision_id,
        "authors": approval.authors,
        "by": approval.approved_by_id,
        "at": approval.approved_at.astimezone(dt.UTC).isoformat(),
        "note": approval.note,
    }
