"""A page in two languages: begun as a draft, published by review, and told where there is none."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from wagtail.models import Locale

from portal.pages import languages
from portal.pages.models import HomePage, PortalPage
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return make.house()


@pytest.fixture
def about(at):
    """A home page and a section that are live, with a page in it."""
    home = HomePage.objects.get()
    PortalPage.objects.filter(pk=home.pk).update(unit=at.a)
    home = HomePage.objects.get()
    home.save_revision(user=at.clerk_a, clean=False)
    make.publish(home, at)
    section = make.section(at, "Giới thiệu", live=True)
    return make.page(at, "Chức năng", parent=section, live=True, body="Chữ Việt.")


def begin(page, at, client):
    client.force_login(at.clerk_a)
    response = client.post(reverse("translate_page", args=[page.pk, "en"]))
    client.logout()
    return response


def in_english(page) -> PortalPage | None:
    rows = PortalPage.objects.filter(translation_key=page.translation_key)
    found = rows.filter(locale__language_code="en").first()
    return found.specific if found else None


def publish_in_english(page, at, client, title: str) -> PortalPage:
    begin(page, at, client)
    made = in_english(page)
    made.title = title
    made.save_revision(user=at.clerk_a, clean=False)
    return make.publish(made, at)


def test_a_translation_begins_as_a_draft_below_the_english_section(at, client, about):
    begin(about.get_parent(), at, client)
    begin(about, at, client)
    page = in_english(about)
    assert not page.live and page.unit == at.a
    assert page.address == "/en/gioi-thieu/chuc-nang/"
    assert "Chữ Việt" in str(page.get_latest_revision_as_object().body.render_as_block())
    root = in_english(HomePage.objects.get())
    assert not root.live and root.address == "/en/" and root.title == "English"
    assert client.get("/en/").status_code == 404
    begin(about, at, client)
    assert PortalPage.objects.filter(translation_key=about.translation_key).count() == 2


def test_the_page_above_is_translated_first(at, client, about):
    response = begin(about, at, client)
    assert response.status_code == 302 and in_english(about) is None
    assert in_english(HomePage.objects.get()) is None


def test_others_begin_none(at, client, about):
    url = reverse("translate_page", args=[about.pk, "en"])
    for who in (at.clerk_b, at.lawyer_a, at.administrator, at.superuser):
        client.force_login(who)
        assert client.post(url).status_code in {302, 403, 404}
    assert in_english(about) is None
    client.force_login(at.clerk_a)
    assert client.get(reverse("translate_page", args=[about.pk, "fr"])).status_code == 404
    assert client.get(url).status_code == 200 and in_english(about) is None


def test_both_versions_lead_to_each_other(at, client, about):
    section = about.get_parent().specific
    publish_in_english(HomePage.objects.get(), at, client, "English")
    publish_in_english(section, at, client, "About us")
    english = publish_in_english(about, at, client, "Tasks")
    here = client.get(about.address).content.decode()
    assert re.search(rf'hreflang="en" href="[^"]*{english.address}"', here)
    assert f'href="{english.address}" hreflang="en" lang="en"' in here
    response = client.get(english.address)
    there = response.content.decode()
    assert response["Content-Language"] == "en" and '<html lang="en">' in there
    assert f'href="{about.address}" hreflang="vi" lang="vi"' in there
    assert 'class="brand" href="/en/"' in there and "Sign in" in there
    menu = there[there.index('<nav class="menu"') :] if '<nav class="menu"' in there else ""
    assert "About us" in menu and "Giới thiệu" not in menu[: menu.index("</nav>")]
    vietnamese_menu = here[here.index('<nav class="menu"') :]
    assert "About us" not in vietnamese_menu[: vietnamese_menu.index("</nav>")]
    assert '<html lang="vi">' in here


def test_a_page_without_translation_says_so(at, client, about):
    assert 'class="notice"' not in client.get(about.address).content.decode()
    client.cookies["django_language"] = "en"
    shown = client.get(about.address).content.decode()
    assert "This page is available in Vietnamese only." in shown
    assert 'class="page-main" lang="vi"' in shown


def test_a_translation_that_is_not_for_this_reader_is_not_named(at, client, about):
    publish_in_english(HomePage.objects.get(), at, client, "English")
    publish_in_english(about.get_parent().specific, at, client, "About us")
    begin(about, at, client)
    made = in_english(about)
    made.audience = "units"
    made.save_revision(user=at.clerk_a, clean=False)
    made = make.publish(made, at)
    assert made.address not in client.get(about.address).content.decode()
    client.force_login(at.member_a)
    assert made.address in client.get(about.address).content.decode()


def test_lists_show_what_is_written_in_their_language(at, client, about):
    index = make.news_index(at)
    news = make.news(at, "Mùa hạt mít", live=True)
    publish_in_english(HomePage.objects.get(), at, client, "English")
    publish_in_english(index, at, client, "News")
    publish_in_english(news, at, client, "Jackfruit season")
    here = client.get("/tin-tuc/").content.decode()
    assert "Mùa hạt mít" in here and "Jackfruit season" not in here
    there = client.get("/en/tin-tuc/").content.decode()
    assert ">Jackfruit season<" in there and ">Mùa hạt mít<" not in there
    from portal.organisations.audience import PUBLIC
    from portal.pages.registry import listing

    with languages.page_language("en"):
        assert [row.title for row in listing("tin-tuc").rows(PUBLIC)] == ["Jackfruit season"]
    assert [row.title for row in listing("tin-tuc").rows(PUBLIC)] == ["Mùa hạt mít"]


def test_both_languages_are_there_from_the_beginning():
    assert set(Locale.objects.values_list("language_code", flat=True)) >= {"vi", "en"}
