"""Units and people. ``house()`` is the small province in which most tests play."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from portal.organisations.models import Kind, Level, Membership, Organisation, User
from portal.organisations.roles import Role

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
        give(user, role, at, **dates)
    return user


def give(user: User, role: str, at: Organisation, **fields) -> Membership:
    """A role that somebody confirmed; ``confirmed_at=None`` leaves it waiting."""
    fields = {"confirmed_at": timezone.now(), **fields}
    return Membership.objects.create(user=user, unit=at, role=role, **fields)


def board(username: str, at: Organisation) -> User:
    """A head of unit who heads its editorial board too, as in most departments."""
    user = person(username, Role.HEAD, at)
    give(user, Role.CHIEF, at)
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
    contributor_a: User
    office_head_a: User
    editor_a: User
    lawyer_a: User
    secretary_a: User
    deputy_a: User
    poster_a: User
    auditor: User


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
        head_a=board("lanh-dao-a", a),
        clerk_b=person("van-thu-b", Role.CLERK, b),
        head_b=board("lanh-dao-b", b),
        member_a=person("thanh-vien-a", Role.MEMBER, a),
        member_b=person("thanh-vien-b", Role.MEMBER, b),
        office_member=person("thanh-vien-phong", Role.MEMBER, office),
        administrator=person("quan-tri", Role.ADMINISTRATOR, a),
        superuser=person("sieu-quyen", is_superuser=True, is_staff=True),
        contributor_a=person("cong-tac-vien-a", Role.CONTRIBUTOR, a),
        office_head_a=person("truong-phong-a", Role.OFFICE_HEAD, a),
        editor_a=person("bien-tap-a", Role.EDITOR, a),
        lawyer_a=person("phap-che-a", Role.LAWYER, a),
        secretary_a=person("thu-ky-a", Role.SECRETARY, a),
        deputy_a=person("pho-ban-a", Role.DEPUTY, a),
        poster_a=person("dang-tai-a", Role.POSTER, a),
        auditor=person("kiem-soat", Role.AUDITOR, a),
    )
