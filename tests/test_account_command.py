"""The first accounts of a new portal."""

import io

import pytest
from django.core.management import CommandError, call_command

from portal.organisations import granting
from portal.organisations.access import access_of, forget
from portal.organisations.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db


def add(monkeypatch, *arguments: str, password: str = "mot-cau-dai-kho-doan-91") -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    call_command("account", *arguments, "--password-stdin")


def test_an_account_may_do_what_its_role_brings(monkeypatch):
    at = make.house()
    add(monkeypatch, "moi", "--unit", at.a.slug, "--role", "van-thu")
    user = User.objects.get(username="moi")
    assert not access_of(user).may_edit(at.a), "a second person confirms it"
    granting.confirm(at.head_a, user.memberships.get())
    forget(user)
    assert access_of(user).may_edit(at.a)
    assert not access_of(user).may_approve(at.a)
    assert user.check_password("mot-cau-dai-kho-doan-91")
    assert not user.is_superuser


def test_a_weak_password_makes_no_account(monkeypatch):
    at = make.house()
    with pytest.raises(CommandError):
        add(monkeypatch, "yeu", "--unit", at.a.slug, "--role", "van-thu", password="12345")
    assert not User.objects.filter(username="yeu").exists()


def test_an_unknown_unit_is_named(monkeypatch):
    with pytest.raises(CommandError, match="khong-co"):
        add(monkeypatch, "moi", "--unit", "khong-co", "--role", "van-thu")
