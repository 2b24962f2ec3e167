"""Roles: what they bring, who may give them, and that nobody raises himself. All is fiction."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.organisations import granting
from portal.organisations.access import access_of, forget
from portal.organisations.models import AuditEntry, Delegation, Membership, User
from portal.organisations.roles import ABILITIES, GIVEN_BY_HEADS, Ability, Content, Role
from tests import factories as make

pytestmark = pytest.mark.django_db
CONTENT_ABILITIES = frozenset(Ability) - {Ability.ADMINISTER, Ability.AUDIT, Ability.MEMBERS}


@pytest.fixture
def at():
    return make.house()


def access(user: User, on: dt.date | None = None):
    forget(user)
    return access_of(user, on)


def test_every_role_says_what_it_brings():
    assert set(ABILITIES) == set(Role.values)
    for role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.MEMBER):
        assert not ABILITIES[role] & CONTENT_ABILITIES
    for role, brought in ABILITIES.items():
        assert not {Ability.APPROVE, Ability.WRITE} <= brought, f"{role} writes and approves"


@pytest.mark.parametrize("role", Role.values)
def test_a_role_reaches_its_unit_and_those_beneath_only(at, role):
    user = make.person("nguoi-thu", role, at.a)
    for ability in Ability:
        expected = ability in ABILITIES[role]
        assert access(user).can(ability, at.a) is expected
        assert access(user).can(ability, at.office) is expected
        assert not access(user).can(ability, at.b)


def test_a_role_for_one_class_of_content_is_none_for_another(at):
    user = make.person("nguoi-thu")
    make.give(user, Role.CHIEF, at.a, content=Content.NEWS)
    assert access(user).may_approve(at.a, "news")
    assert not access(user).may_approve(at.a, "legal")


def test_a_role_has_days(at):
    user = make.person("nguoi-thu")
    today = timezone.localdate()
    row = make.give(user, Role.CLERK, at.a, valid_from=today, valid_to=today + dt.timedelta(1))
    assert access(user).may_edit(at.a)
    assert not access(user, today - dt.timedelta(1)).may_edit(at.a)
    assert not access(user, row.valid_to).may_edit(at.a)


# --- giving -----------------------------------------------------------------------------------


def gift(user, role, unit, **fields) -> Membership:
    return Membership(user=user, unit=unit, role=role, **fields)


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.MEMBER}))
def test_what_an_administrator_gives_waits_for_a_second_person(at, role):
    user = make.person("nguoi-thu")
    row = granting.give(at.administrator, gift(user, role, at.a))
    assert not access(user).grants
    with pytest.raises(ValidationError):
        granting.confirm(at.administrator, row)
    granting.confirm(at.head_a, row)
    assert access(user).has_role(role)


def test_who_gets_a_role_does_not_confirm_it(at):
    row = granting.give(at.administrator, gift(at.head_a, Role.SECRETARY, at.a))
    with pytest.raises(ValidationError):
        granting.confirm(at.head_a, row)


def test_a_puppet_made_by_the_administrator_confirms_nothing(at):
    puppet = make.person("bu-nhin")
    row = granting.give(at.administrator, gift(puppet, Role.HEAD, at.a))
    other = granting.give(at.administrator, gift(make.person("bu-nhin-2"), Role.CHIEF, at.a))
    for unconfirmed in (row, other):
        with pytest.raises(PermissionDenied):
            granting.confirm(puppet, unconfirmed)


def test_nobody_gives_himself_a_role(at):
    for person in (at.administrator, at.head_a):
        with pytest.raises(PermissionDenied):
            granting.give(person, gift(person, Role.CLERK, at.a))


@pytest.mark.parametrize("role", Role.values)
def test_a_head_gives_the_small_roles_of_his_own_unit(at, role):
    user = make.person("nguoi-thu")
    if role in GIVEN_BY_HEADS:
        granting.give(at.head_a, gift(user, role, at.office))
        assert access(user).has_role(role)
    else:
        with pytest.raises(PermissionDenied):
            granting.give(at.head_a, gift(user, role, at.a))
    with pytest.raises(PermissionDenied):
        granting.give(at.head_a, gift(make.person("khac"), role, at.b))


@pytest.mark.parametrize("who", ["clerk_a", "member_a", "superuser", "head_b"])
def test_others_give_nothing(at, who):
    with pytest.raises(PermissionDenied):
        granting.give(getattr(at, who), gift(make.person("nguoi-thu"), Role.CLERK, at.a))


@pytest.mark.parametrize(
    ("field", "value"),
    [("role", Role.CHIEF), ("content", ""), ("unit", "b"), ("valid_to", None), ("user", "other")],
)
def test_a_changed_role_is_no_longer_the_confirmed_one(at, field, value):
    user = make.person("nguoi-thu")
    row = make.give(
        user, Role.DEPUTY, at.a, content="news", valid_to=timezone.localdate() + dt.timedelta(9)
    )
    values = {"b": at.b, "other": at.member_b}
    setattr(row, field, values.get(value, value))
    row.save(update_fields=[field])
    assert Membership.objects.get(pk=row.pk).waits
    assert not access(user).grants


def test_the_database_knows_the_second_person(at):
    user = make.person("nguoi-thu")
    for second in (user, at.administrator):
        with pytest.raises(DatabaseError), transaction.atomic():
            make.give(user, Role.CHIEF, at.a, granted_by=at.administrator, confirmed_by=second)


def test_an_ended_role_ends_today_and_stays_in_the_log(at):
    user = make.person("nguoi-thu", Role.CLERK, at.a)
    granting.end(at.head_a, user.memberships.get())
    assert not access(user).grants
    assert user.memberships.get().valid_to == timezone.localdate()
    assert AuditEntry.objects.get(action="role.ended").actor == at.head_a


def test_the_last_administrator_stays(at):
    with pytest.raises(ValidationError):
        granting.end(at.administrator, at.administrator.memberships.get())


def test_who_can_sign_in_as_somebody_holds_nothing_of_his(at, client):
    """An administrator who sets a head's password finds an account without roles."""
    client.force_login(at.administrator)
    url = reverse("wagtailusers_users:edit", args=[at.head_a.pk])
    data = {
        "username": at.head_a.username, "email": "x@example.vn", "first_name": "A",
        "last_name": "B", "is_active": "on", "password1": "", "password2": "",
    }  # fmt: skip
    word = "mot-cau-dai-kho-doan-92"
    assert client.post(url, data | {"password1": word, "password2": word}).status_code == 302
    head = User.objects.get(pk=at.head_a.pk)
    assert head.check_password(word)
    assert not access(head).grants
    waiting = head.memberships.first()
    with pytest.raises(ValidationError):
        granting.confirm(at.administrator, waiting)


def test_forms_of_accounts_give_no_flag(at, client):
    client.force_login(at.administrator)
    for url in (
        reverse("wagtailusers_users:add"),
        reverse("wagtailusers_users:edit", args=[at.clerk_a.pk]),
    ):
        names = client.get(url).context["form"].fields
        assert not {"is_superuser", "groups"} & set(names)


def test_the_superuser_flag_never_meets_a_role(at):
    at.head_a.is_superuser = True
    with pytest.raises(PermissionDenied):
        at.head_a.save()
    with pytest.raises(PermissionDenied):
        granting.give(at.administrator, gift(at.superuser, Role.CLERK, at.a))


# --- delegation -------------------------------------------------------------------------------


def leave(giver, to, **fields) -> Delegation:
    today = timezone.localdate()
    membership = giver.memberships.get(role=fields.pop("role", Role.CHIEF))
    defaults = {
        "reason": "Giấy ủy quyền 1/GUQ-BTN",
        "valid_from": today,
        "valid_to": today + dt.timedelta(5),
    }
    return granting.delegate(giver, Delegation(membership=membership, to=to, **defaults | fields))


def test_a_delegate_may_what_was_left_to_him_and_no_longer(at):
    row = leave(at.head_a, at.member_b)
    right = access(at.member_b).grant(Ability.APPROVE, at.a)
    assert right.delegation == row.pk
    assert not access(at.member_b).can(Ability.APPROVE, at.b)
    assert not access(at.member_b).has_role(Role.CHIEF), "he holds no role, he acts under one"
    assert not access(at.member_b, row.valid_to).can(Ability.APPROVE, at.a)


def test_a_delegation_ends_with_the_role_it_comes_from(at):
    leave(at.head_a, at.member_b)
    granting.end(at.administrator, at.head_a.memberships.get(role=Role.CHIEF))
    assert not access(at.member_b).can(Ability.APPROVE, at.a)


def test_a_delegation_is_revoked_and_not_passed_on(at):
    row = leave(at.head_a, at.member_b)
    with pytest.raises((PermissionDenied, Membership.DoesNotExist)):
        leave(at.member_b, at.member_a)
    again = Delegation(
        membership=row.membership, to=at.member_a, reason="x",
        valid_from=row.valid_from, valid_to=row.valid_to,
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        granting.delegate(at.member_b, again)
    granting.revoke(at.head_a, row)
    assert not access(at.member_b).can(Ability.APPROVE, at.a)


def test_who_acts_for_a_head_gives_no_roles(at):
    leave(at.head_a, at.member_b, role=Role.HEAD)
    assert access(at.member_b).can(Ability.CHECK, at.a)
    with pytest.raises(PermissionDenied):
        granting.give(at.member_b, gift(make.person("nguoi-thu"), Role.CLERK, at.a))


def test_a_lost_phone_is_reset_at_the_machine_and_the_roles_wait(at):
    from allauth.mfa.models import Authenticator
    from django.core.management import call_command

    Authenticator.objects.create(user=at.head_a, type="totp", data={})
    call_command("account", at.head_a.username, "--reset-second-factor")
    assert not Authenticator.objects.filter(user=at.head_a).exists()
    assert not access(at.head_a).grants
    granting.confirm(at.administrator, at.head_a.memberships.first())
    assert access(at.head_a).grants


def test_a_delegation_is_narrower_never_wider(at):
    leave(at.head_a, at.member_b, unit=at.office, content="news")
    assert access(at.member_b).can(Ability.APPROVE, at.office, "news")
    assert not access(at.member_b).can(Ability.APPROVE, at.a, "news")
    assert not access(at.member_b).can(Ability.APPROVE, at.office, "legal")
    with pytest.raises(ValidationError):
        leave(at.head_a, at.member_b, unit=at.b)


@pytest.mark.parametrize("fields", [{"reason": " "}, {"valid_to": dt.date(2020, 1, 1)}])
def test_a_delegation_is_in_writing_and_for_a_time(at, fields):
    with pytest.raises(ValidationError):
        leave(at.head_a, at.member_b, **fields)


def test_a_superuser_acts_for_nobody(at):
    with pytest.raises(ValidationError):
        leave(at.head_a, at.superuser)


# --- pages ------------------------------------------------------------------------------------


def test_the_page_of_roles_gives_and_confirms(at, client):
    client.force_login(at.administrator)
    url = reverse("roles")
    data = {"give": "1", "user": at.member_a.pk, "unit": at.a.pk, "role": Role.EDITOR}
    assert client.post(url, data).status_code == 302
    row = Membership.objects.get(user=at.member_a, role=Role.EDITOR)
    assert row.waits
    client.post(url, {"confirm": row.pk})
    assert Membership.objects.get(pk=row.pk).waits
    client.force_login(at.head_a)
    assert str(at.member_a) in client.get(url).content.decode()
    client.post(url, {"confirm": row.pk})
    assert not Membership.objects.get(pk=row.pk).waits


def test_a_person_sees_why_he_may_what_he_may(at, client):
    leave(at.head_a, at.member_b)
    client.force_login(at.member_b)
    forget(at.member_b)
    client.force_login(at.clerk_a)
    text = client.get(reverse("person", args=[at.clerk_a.pk])).content.decode()
    assert "Văn thư" in text or "văn thư" in text
    assert client.get(reverse("person", args=[at.head_b.pk])).status_code == 404


def test_the_log_is_written_once(at):
    granting.end(at.head_a, at.clerk_a.memberships.get())
    entry = AuditEntry.objects.get()
    with pytest.raises(PermissionDenied):
        entry.save()
    with pytest.raises(PermissionDenied):
        entry.delete()
