"""What a person is and may do today, read from memberships and delegations once per request."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Value
from django.utils import timezone

from .audience import PUBLIC, Audience
from .models import Delegation, Membership, Organisation, User
from .roles import NEVER_LEFT, Ability, abilities


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """One right: a role over a unit and those beneath, for one class of content or for all.

    ``membership`` is the row that it follows from; ``delegation`` the row under which somebody
    else acts (0 in his own right).
    """

    delegation: int
    role: str
    path: str
    content: str = ""
    membership: int = 0

    def covers(self, ability: Ability, unit: Organisation | None, content: str) -> bool:
        """Whether this right brings the ability over this unit and content."""
        if self.delegation and ability in NEVER_LEFT:
            return False
        return (
            ability in abilities(self.role)
            and (unit is None or unit.path.startswith(self.path))
            and (not self.content or not content or self.content == content)
        )


@dataclass(frozen=True, slots=True)
class Access:
    """Rights of one person on one day."""

    audience: Audience = PUBLIC
    grants: tuple[Grant, ...] = ()

    def has_role(self, *roles: str) -> bool:
        """Whether one of the roles is held in the person's own right anywhere."""
        return any(grant.role in roles and not grant.delegation for grant in self.grants)

    def can(self, ability: Ability, unit: Organisation | None = None, content: str = "") -> bool:
        """Whether the ability is held over a unit (None: over any) and content ("": any)."""
        return self.grant(ability, unit, content) is not None

    def grant(
        self, ability: Ability, unit: Organisation | None = None, content: str = ""
    ) -> Grant | None:
        """The right under which he acts: his own before one that was left to him."""
        return next((one for one in self.grants if one.covers(ability, unit, content)), None)

    def paths(self, ability: Ability, content: str = "") -> tuple[str, ...]:
        """Tree paths over which the ability is held for a class of content."""
        return tuple({one.path for one in self.grants if one.covers(ability, None, content)})

    def units(self, ability: Ability, content: str = "") -> QuerySet[Organisation]:
        """Units over which the ability is held."""
        condition = Q(pk__in=())
        for path in self.paths(ability, content):
            condition |= Q(path__startswith=path)
        return Organisation.objects.filter(condition)

    def may_edit(self, unit: Organisation | None, content: str = "") -> bool:
        return unit is not None and self.can(Ability.WRITE, unit, content)

    def may_approve(self, unit: Organisation | None, content: str = "") -> bool:
        return unit is not None and self.can(Ability.APPROVE, unit, content)


NOBODY = Access()


def access_of(user: User, on: dt.date | None = None) -> Access:
    """The rights of a user on a day (default today), cached on the user object."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return NOBODY
    day = on or timezone.localdate()
    # By attribute: a request's lazy user hands it on to the account behind it, a ``__dict__`` not.
    cached = getattr(user, "_portal_access", None)
    if cached and cached[0] == day:
        return cached[1]
    access = _read(user, day)
    user._portal_access = (day, access)
    return access


def _read(user: User, day: dt.date) -> Access:
    """His own current memberships and those that were left to him, in one query."""
    own = Membership.objects.current(day).filter(user=user).order_by()
    left = Delegation.objects.current(day).filter(to=user).order_by()
    rows = own.values_list(
        "pk", "role", "content", "unit__path", Value(0), Value(""), Value("")
    ).union(
        left.values_list(
            "membership", "membership__role", "membership__content", "membership__unit__path",
            "pk", "content", "unit__path",
        ),
        all=True,
    )  # fmt: skip
    grants, units = set(), {}
    for membership, role, content, path, delegation, narrower, part in list(rows):
        grants.add(Grant(delegation, role, part or path, narrower or content, membership))
        if not delegation:
            units |= dict.fromkeys(int(one) for one in path.split("/") if one)
    if all(grant.delegation for grant in grants):
        return NOBODY  # who acts for somebody belongs to the house himself
    return Access(Audience(member=True, units=tuple(units)), tuple(sorted(grants)))


def forget(user: User) -> None:
    """Read the rights of this object anew when next asked."""
    user._portal_access = None


def audience_of(request) -> Audience:
    """Who reads this request; set by the middleware, a stranger when it did not run."""
    return getattr(request, "audience", PUBLIC)
