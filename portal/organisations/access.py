"""What a person is and may do today, read from memberships once per request."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from .audience import PUBLIC, Audience
from .models import Membership, Organisation, User
from .models.people import APPROVERS, EDITORS, Role


@dataclass(frozen=True, slots=True)
class Access:
    """Rights of one person on one day.

    ``paths`` maps a role to the tree paths of the units where it is held; a role reaches the
    units beneath its own.
    """

    audience: Audience = PUBLIC
    paths: tuple[tuple[str, str], ...] = ()

    def has_role(self, *roles: str) -> bool:
        """Whether one of the roles is held anywhere."""
        return any(role in roles for role, _path in self.paths)

    def reaches(self, unit: Organisation | None, roles: frozenset[Role] | frozenset[str]) -> bool:
        """Whether one of the roles is held over this unit."""
        return unit is not None and any(
            role in roles and unit.path.startswith(path) for role, path in self.paths
        )

    def may_edit(self, unit: Organisation | None) -> bool:
        return self.reaches(unit, EDITORS)

    def may_approve(self, unit: Organisation | None) -> bool:
        return self.reaches(unit, APPROVERS)

    def units(self, roles: frozenset[Role]) -> QuerySet[Organisation]:
        """Units over which one of the roles is held."""
        found = Organisation.objects.none()
        for role, path in self.paths:
            if role in roles:
                found = found | Organisation.objects.filter(path__startswith=path)
        return found


NOBODY = Access()


def access_of(user: User, on: dt.date | None = None) -> Access:
    """The rights of a user on a day (default today), cached on the user object."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return NOBODY
    day = on or timezone.localdate()
    cached = user.__dict__.get("_portal_access")
    if cached and cached[0] == day:
        return cached[1]
    rows = Membership.objects.current(day).filter(user=user).select_related("unit")
    pairs = tuple(sorted({(row.role, row.unit.path) for row in rows}))
    units = tuple({unit for row in rows for unit in row.unit.ancestor_ids})
    access = Access(Audience(member=bool(pairs), units=units), pairs)
    user.__dict__["_portal_access"] = (day, access)
    return access


def audience_of(request) -> Audience:
    """Who reads this request; set by the middleware, a stranger when it did not run."""
    return getattr(request, "audience", PUBLIC)
