"""By whose authority: what the ledger tells of it (role and unit) and what it keeps inside."""

from __future__ import annotations

import datetime as dt

from portal.organisations.access import access_of
from portal.organisations.models import Organisation
from portal.organisations.roles import Ability

from .models import Approval, Mandate


def roles_over(user, unit: Organisation, content: str, ability: Ability) -> list[list[str]]:
    """[role, unit] in which a person acts for a unit; persons are not named in public."""
    right = access_of(user).grant(ability, unit, content)
    if right is None:
        return []
    name = Organisation.objects.filter(path=right.path).values_list("name", flat=True).first()
    return [[str(right.role), name or ""]]


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
        "role": approval.acting_as,
        "delegation": approval.delegation_id,
    }
