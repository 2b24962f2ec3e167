"""Mandates in the admin: proposed by one, approved by another, nothing of other units."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from portal.editorial.models import Mandate
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


def proposed(client, at) -> Mandate:
    client.force_login(at.clerk_a)
    answer = client.post(
        reverse("mandate_propose"),
        {
            "title": "Kho văn bản hư cấu",
            "source": "Hệ thống cũ hư cấu",
            "authority": "Công văn hư cấu",
            "folder": "/du-lieu",
            "owner": at.a.pk,
            "valid_until": "2100-01-01",
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    return Mandate.objects.get()


def test_one_proposes_and_another_approves(client, at):
    mandate = proposed(client, at)
    assert mandate.proposed_by == at.clerk_a
    assert mandate.valid_until == dt.date(2100, 1, 1)
    client.post(reverse("mandate", args=[mandate.pk]))
    assert not Mandate.objects.get().is_approved
    client.force_login(at.head_a)
    client.post(reverse("mandate", args=[mandate.pk]))
    assert Mandate.objects.get().is_approved


def test_a_mandate_is_not_proposed_for_another_unit(client, at):
    client.force_login(at.clerk_b)
    answer = client.post(
        reverse("mandate_propose"),
        {
            "title": "x",
            "source": "x",
            "authority": "x",
            "folder": "/x",
            "owner": at.a.pk,
            "valid_until": "2100-01-01",
        },
    )
    assert answer.status_code == 200
    assert not Mandate.objects.exists()


def test_files_must_be_named(client, at):
    client.force_login(at.clerk_a)
    data = {"title": "x", "source": "x", "authority": "x", "owner": at.a.pk}
    answer = client.post(reverse("mandate_propose"), {**data, "valid_until": "2100-01-01"})
    assert answer.status_code == 200
    assert answer.context["form"].errors
