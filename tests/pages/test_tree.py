"""The tree stays a tree: no circle, no page under what it can't stand under."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation
from treebeard.exceptions import InvalidMoveToDescendant
from wagtail.models import Page

from portal.organisations.audience import PUBLIC
from portal.pages import framing
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


def test_a_section_does_not_move_under_itself(at, client):
    outer = make.section(at, "Mục ngoài", live=True)
    inner = make.section(at, "Mục trong", parent=outer, live=True)
    client.force_login(at.secretary_a)
    for target in (inner, outer):
        url = reverse("wagtailadmin_pages:move_confirm", args=[outer.pk, target.pk])
        assert client.post(url).status_code in {302, 403, 404}
    with pytest.raises(InvalidMoveToDescendant):
        Page.objects.get(pk=outer.pk).move(Page.objects.get(pk=inner.pk), pos="last-child")
    assert Page.objects.get(pk=outer.pk).depth == 3
    assert not any(Page.find_problems())
    menu = framing._menu(PUBLIC, None)
    assert [item.title for item in menu] == ["Mục ngoài"]
    assert [item.title for item in menu[0].under] == ["Mục trong"]
    assert client.get(inner.address).status_code == 200


def test_a_page_moves_and_its_old_address_leads_to_the_new(at, client):
    old, new = make.section(at, "Mục cũ", live=True), make.section(at, "Mục mới", live=True)
    page = make.page(at, "Trang đi", parent=old, live=True)
    before = page.address
    client.force_login(at.secretary_a)
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, new.pk]))
    client.logout()
    response = client.get(before)
    assert response.status_code == 301 and response["Location"].endswith("/muc-moi/trang-di/")
    assert client.get("/muc-moi/trang-di/").status_code == 200


def test_the_ledger_names_a_page_in_the_portals_language_and_by_its_address(client):
    at = make.house()
    with translation.override("en"):
        page = make.page(at, "Phơi hạt", live=True)
        assert page.ledger_identity()["name"] == "trang nội dung"
    shown = client.get("/so-cong-bo/").content.decode()
    assert f"trang nội dung: {page.address}</a>" in shown
