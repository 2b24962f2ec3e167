"""Giving, confirming and ending roles; leaving one's part to somebody. Every act is logged."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from . import audit
from .access import access_of
from .models import Delegation, Membership, Organisation, User
from .roles import GIVEN_BY_HEADS, Ability, Role, roles_with


def givable_roles(giver: User) -> frozenset[str]:
    """Roles that this person may give anywhere."""
    access = access_of(giver)
    if access.can(Ability.ADMINISTER):
        return frozenset(Role.values)
    return GIVEN_BY_HEADS if access.can(Ability.MEMBERS) else frozenset()


def units_kept_by(keeper: User) -> QuerySet[Organisation]:
    """Units whose roles this person keeps."""
    access = access_of(keeper)
    return access.units(Ability.ADMINISTER) | access.units(Ability.MEMBERS)


def memberships_kept_by(keeper: User) -> QuerySet[Membership]:
    """Memberships that this person may see; an auditor sees all."""
    rows = Membership.objects.select_related("user", "unit", "granted_by", "confirmed_by")
    access = access_of(keeper)
    if access.can(Ability.AUDIT):
        return rows
    condition = Q(pk__in=())
    for path in {*access.paths(Ability.ADMINISTER), *access.paths(Ability.MEMBERS)}:
        condition |= Q(unit__path__startswith=path)
    return rows.filter(condition)


def _may_keep(keeper: User, row: Membership) -> bool:
    access = access_of(keeper)
    if keeper.is_superuser:
        return False
    if access.can(Ability.ADMINISTER, row.unit):
        return True
    return access.can(Ability.MEMBERS, row.unit)


@transaction.atomic
def give(giver: User, row: Membership) -> Membership:
    """Save an unsaved membership that ``giver`` gives; heads' gifts in their units begin at once.

    Raises:
        PermissionDenied: he may not give it, or would give it to himself.
    """
    if row.user_id == giver.pk:
        raise PermissionDenied(_("Nobody gives a role to himself."))
    if row.user.is_superuser:
        raise PermissionDenied(_("An account with the superuser flag gets no role."))
    if not _may_keep(giver, row) or row.role not in givable_roles(giver):
        raise PermissionDenied(_("You can't give this role in this unit."))
    row.granted_by, row.confirmed_by, row.confirmed_at = giver, None, None
    if row.role in GIVEN_BY_HEADS and access_of(giver).can(Ability.MEMBERS, row.unit):
        row.confirmed_at = timezone.now()  # the head answers for his unit; he is no administrator
    row.full_clean()
    row.save()
    audit.record(giver, "role.given", row, unit=row.unit, changes=_said(row))
    return row


@transaction.atomic
def confirm(person: User, row: Membership) -> None:
    """Let a role begin that somebody else gave.

    Raises:
        PermissionDenied: he keeps no roles of this unit.
        ValidationError: he gave it, holds it, or is a superuser.
    """
    if not _may_keep(person, row):
        raise PermissionDenied(_("You keep no roles of this unit."))
    row.confirm(person)
    audit.record(person, "role.confirmed", row, unit=row.unit, changes=_said(row))


@transaction.atomic
def end(person: User, row: Membership) -> None:
    """End a role today; one that never began goes.

    Raises:
        PermissionDenied: he keeps no roles of this unit.
        ValidationError: it is the last role of an administrator.
    """
    if not _may_keep(person, row):
        raise PermissionDenied(_("You keep no roles of this unit."))
    today = timezone.localdate()
    others = Membership.objects.current(today).filter(role__in=roles_with(Ability.ADMINISTER))
    if row.role == Role.ADMINISTRATOR and not others.exclude(pk=row.pk).exists():
        raise ValidationError(_("The last administrator stays: give the role to somebody first."))
    audit.record(person, "role.ended", row, unit=row.unit, changes=_said(row))
    if row.waits or (row.valid_from and row.valid_from >= today):
        row.delegations.filter(revoked_at__isnull=True).update(revoked_at=timezone.now())
        if not row.delegations.exists():
            row.delete()
            return
    # An end is no new right, so that the confirmation stands.
    first = row.valid_from if row.valid_from and row.valid_from >= today else None
    Membership.objects.filter(pk=row.pk).update(
        valid_to=today, **({"valid_from": None} if first else {})
    )


@transaction.atomic
def delegate(giver: User, row: Delegation) -> Delegation:
    """Save an unsaved delegation of one of the giver's own roles.

    Raises:
        PermissionDenied: the role is not his.
        ValidationError: see ``Delegation.clean``.
    """
    if row.membership.user_id != giver.pk or row.membership.waits:
        raise PermissionDenied(_("You can leave only your own role to somebody."))
    row.full_clean()
    row.save()
    audit.record(giver, "role.delegated", row, unit=row.membership.unit, reason=row.reason)
    return row


@transaction.atomic
def revoke(giver: User, row: Delegation) -> None:
    """End a delegation now. Raises PermissionDenied when the role is not his."""
    if row.membership.user_id != giver.pk:
        raise PermissionDenied(_("You can leave only your own role to somebody."))
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    audit.record(giver, "role.revoked", row, unit=row.membership.unit)


@transaction.atomic
def credentials_changed(keeper: User | None, person: User) -> int:
    """Whoever can sign in as somebody holds his roles: they wait for a second person again."""
    rows = Membership.objects.filter(user=person, confirmed_at__isnull=False)
    rows = rows.filter(role__in=roles_with(*Ability))
    count = rows.update(confirmed_at=None, confirmed_by=None, granted_by=keeper)
    audit.record(keeper, "account.credentials", person, changes={"roles": [count, 0]})
    return count


def _said(row: Membership) -> dict[str, object]:
    days = [str(day or "") for day in (row.valid_from, row.valid_to)]
    return {"role": ["", row.role], "content": ["", row.content], "days": days}
