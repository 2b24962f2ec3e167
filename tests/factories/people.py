"""Units and people. ``house()`` is the small province in which most tests play."""

from __future__ import annotations

from dataclasses import dataclass

from portal.organisations.models import Kind, Level, Membership, Organisation, User
from portal.organisations.models.people import Role

PASSWORD = "mat-khau-thu-91"


def unit(name: str, parent: Organisation | None = None, **fields) -> Organisation:
    """A department, or an office under one."""
    fields = {"level": Level.PROVINCE, "kind": Kind.DEPARTMENT, **fields}
    return Organisation.objects.create(name=name, parent=parent, **fields)


def person(username: str, role: str = "", at: Organisation | None = None, **fields) -> User:
    """An account; with a role at a unit when both are named (``valid_to`` ends it)."""
    dates = {name: fields.pop(name) for name in ("valid_from", "valid_to") if name in fields}
    user = User.objects.create_user(username, password=PASSWORD, **fields)
    if role:
        Membership.objects.create(user=user, unit=at, role=role, **dates)
    return user


@dataclass(frozen=True)
class House:
    """Unit A with an office beneath it, unit B, an issuer, and people with every role."""

    issuer: Organisation
    a: Organisation
    office: Organisation
    b: Organisation
    clerk_a: User
    head_a: User
    clerk_b: User
    head_b: User
    member_a: User
    member_b: User
    office_member: User
    administrator: User
    superuser: User


def house() -> House:
    issuer = unit("Bộ Thử nghiệm", level=Level.CENTRAL, kind=Kind.MINISTRY)
    a, b = unit("Sở Hạt Mít"), unit("Sở Vỏ Quýt")
    office = unit("Phòng Lá Chuối", parent=a, level=Level.UNIT, kind=Kind.OFFICE)
    return House(
        issuer=issuer,
        a=a,
        office=office,
        b=b,
        clerk_a=person("van-thu-a", Role.CLERK, a),
        head_a=person("lanh-dao-a", Role.HEAD, a),
        clerk_b=person("van-thu-b", Role.CLERK, b),
        head_b=person("lanh-dao-b", Role.HEAD, b),
        member_a=person("thanh-vien-a", Role.MEMBER, a),
        member_b=person("thanh-vien-b", Role.MEMBER, b),
        office_member=person("thanh-vien-phong", Role.MEMBER, office),
        administrator=person("quan-tri", Role.ADMINISTRATOR, a),
        superuser=person("sieu-quyen", is_superuser=True, is_staff=True),
    )
