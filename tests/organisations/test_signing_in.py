"""One door to the admin: limits, second factor, sessions. All accounts are fiction."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth import get_user
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from portal.organisations.models import User
from portal.organisations.roles import Role
from tests import factories as make
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db
ADMIN = "/admin/"


@pytest.fixture
def at():
    return make.house()


def sign_in(client, name: str, password: str = PASSWORD, **more):
    return client.post(reverse("login"), {"login": name, "password": password, **more})


def is_in(client) -> bool:
    return get_user(client).is_authenticated


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def test_a_name_and_its_password_open_and_others_do_not(at, client):
    assert sign_in(client, "van-thu-a", "sai").status_code == 200
    assert not is_in(client)
    response = sign_in(client, "van-thu-a", next="/admin/")
    assert response.status_code == 302
    assert is_in(client)
    assert client.get(ADMIN).status_code == 200


def test_the_door_leads_to_no_other_house(at, client):
    response = sign_in(client, "van-thu-a", next="https://example.com/bay")
    assert "example.com" not in response.url


def test_an_unknown_name_and_a_wrong_password_answer_alike(at, client):
    pages = []
    for name in ("van-thu-a", "khong-co"):
        text = sign_in(client, name, "sai").content.decode()
        pages.append(re.sub(r'value="[^"]*"', "", text))
    assert pages[0] == pages[1]


def test_guessing_is_stopped_for_the_account(at, client):
    cache.clear()
    for _count in range(5):
        sign_in(client, "van-thu-a", "sai")
    sign_in(client, "van-thu-a")
    assert not is_in(client), "the right password comes too late"
    sign_in(client, "lanh-dao-a")
    assert is_in(client), "others are not stopped"


@pytest.mark.parametrize("path", ["/admin/login/", "/_util/login/", "/django-admin/login/"])
def test_other_sign_ins_lead_to_this_one(at, client, path):
    response = client.get(path + "?next=/admin/")
    assert response.status_code == 302
    assert response.url.startswith(reverse("login"))
    client.post(path, {"username": "van-thu-a", "password": PASSWORD})
    assert not is_in(client)


def test_nobody_signs_up(client):
    url = reverse("account_signup")
    data = {"username": "moi", "password1": "mot-cau-dai-91", "password2": "mot-cau-dai-91"}
    assert client.get(url).status_code == 200
    client.post(url, data)
    assert not User.objects.filter(username="moi").exists()


# --- second factor ------------------------------------------------------------------------------


@pytest.fixture
def secret(at) -> str:
    value = generate_totp_secret()
    TOTP.activate(at.head_a, value)
    RecoveryCodes.activate(at.head_a)
    return value


def test_the_second_factor_is_asked_and_opens(at, client, secret):
    response = sign_in(client, "lanh-dao-a")
    assert response.url.startswith(reverse("mfa_authenticate"))
    assert not is_in(client)
    assert client.get(ADMIN).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not is_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert is_in(client)


@pytest.mark.parametrize("path", ["/admin/login/", "/_util/login/"])
def test_no_other_door_goes_round_the_second_factor(at, client, secret, path):
    client.post(path, {"username": "lanh-dao-a", "password": PASSWORD})
    client.post(path, {"login": "lanh-dao-a", "password": PASSWORD})
    assert not is_in(client)


def test_a_spare_code_opens_once(at, client, secret):
    row = Authenticator.objects.get(user=at.head_a, type="recovery_codes")
    code = row.wrap().get_unused_codes()[0]
    sign_in(client, "lanh-dao-a")
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(client)
    client.logout()
    sign_in(client, "lanh-dao-a")
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert not is_in(client)


def test_a_role_can_be_made_to_set_one_up(at, client, settings):
    settings.SECOND_FACTOR_ROLES = [Role.CHIEF]
    sign_in(client, "lanh-dao-a")
    for path in (ADMIN, reverse("my_work"), reverse("roles")):
        assert client.get(path).url == reverse("mfa_activate_totp")
    sign_in(client, "van-thu-a")
    client.logout()
    sign_in(client, "van-thu-a")
    assert client.get(ADMIN).status_code == 200


def test_setting_one_up_opens_the_admin(at, client, settings):
    settings.SECOND_FACTOR_ROLES = ["*"]
    sign_in(client, "van-thu-a")
    assert client.get(ADMIN).status_code == 302
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked.url.startswith(reverse("account_reauthenticate")), "it asks who sits there"
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    key = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(key)})
    assert client.get(ADMIN).status_code == 200
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert client.get(reverse("mfa_index")).status_code == 200


# --- passwords and sessions -----------------------------------------------------------------------


def test_a_forgotten_password_is_set_by_letter(at, client):
    at.clerk_a.email = "vanthu@example.vn"
    at.clerk_a.save()
    client.post(reverse("account_reset_password"), {"email": "vanthu@example.vn"})
    client.post(reverse("account_reset_password"), {"email": "khong-co@example.vn"})
    letter = next(one for one in mail.outbox if one.to == ["vanthu@example.vn"])
    path = re.search(r"https?://[^/]+(/tai-khoan/mat-khau/moi/\S+)", letter.body).group(1)
    page = client.get(path, follow=True)
    word = "mot-cau-khac-rat-dai-77"
    client.post(page.redirect_chain[-1][0], {"password1": word, "password2": word})
    assert User.objects.get(pk=at.clerk_a.pk).check_password(word)


def test_a_weak_password_is_refused(at, client):
    sign_in(client, "van-thu-a")
    data = {"oldpassword": PASSWORD, "password1": "12345678", "password2": "12345678"}
    assert client.post(reverse("account_change_password"), data).status_code == 200
    assert User.objects.get(pk=at.clerk_a.pk).check_password(PASSWORD)


def test_sessions_elsewhere_are_ended(at, client):
    from django.test import Client

    other = Client()
    sign_in(other, "van-thu-a")
    sign_in(client, "van-thu-a")
    assert client.get(reverse("usersessions_list")).context["session_count"] == 2
    client.post(reverse("usersessions_list"))
    assert is_in(client)
    assert not get_user(other).is_authenticated


@pytest.mark.parametrize(
    "name",
    [
        "account_reset_password",
        "account_change_password",
        "usersessions_list",
        "mfa_index",
        "account_logout",
    ],
)
def test_pages_of_the_account_speak_vietnamese(at, client, name):
    sign_in(client, "van-thu-a")
    text = client.get(reverse(name)).content.decode()
    for english in ("Password", "Current", "Sign Out", "Email address", "Two-Factor"):
        assert f">{english}" not in text, english
