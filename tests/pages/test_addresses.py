"""The address that a new page gets by itself: one rule for forms, imports, transfers, translations."""

from __future__ import annotations

import pytest

from news.models import NewsArticle
from portal.pages.addresses import LONGEST, free_slug
from portal.pages.models import ConsultationPage
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    at = make.house()
    section = make.section(at, "Mục", live=True)
    for slug in ("mua-mit", "mua-mit-2", "mua-mit-4", "mua-mit-chin"):
        make.page(at, slug, parent=section, slug=slug)
    return type(section).objects.get(pk=section.pk)


def test_a_taken_address_gets_the_first_free_number(section):
    assert free_slug(section, "Mùa gùi") == "mua-gui"
    assert free_slug(section, "Mùa mít") == "mua-mit-3"
    assert free_slug(section, "mua-mit-2") == "mua-mit-2-2"
    assert free_slug(section, "mua") == "mua"


def test_the_first_wish_with_a_letter_counts_then_the_fallback(section):
    assert free_slug(section, "", "Mùa mít") == "mua-mit-3"
    assert free_slug(section, "???", "") == "trang"
    assert free_slug(section, "???", fallback="tin") == "tin"
    assert free_slug(None, "Mùa mít") == "mua-mit"


def test_a_page_keeps_its_own(section):
    page = section.get_children().get(slug="mua-mit")
    assert free_slug(section, "Mùa mít", page=page) == "mua-mit"


def test_the_fallback_is_numbered_too_and_a_long_title_is_cut(section):
    assert free_slug(section, "???", fallback="mua-mit") == "mua-mit-3"
    assert len(free_slug(section, "mít " * 200)) <= LONGEST


def test_many_taken_ones_cost_one_query(section, django_assert_num_queries):
    with django_assert_num_queries(1):
        free_slug(section, "Mùa mít")


def test_comments_on_news_and_on_drafts_promise_the_same():
    assert NewsArticle.privacy_notice is ConsultationPage.privacy_notice
    assert NewsArticle.take is ConsultationPage.take


@pytest.mark.parametrize(
    ("typed", "published", "address"),
    [
        ("phoi-hat-mit", False, "rang-hat-mit"),  # made from the first title: it follows
        ("hat-mit-vung-cao", False, "hat-mit-vung-cao"),  # somebody chose it
        ("phoi-hat-mit", True, "phoi-hat-mit"),  # readers know it
    ],
)
def test_an_address_follows_the_title_until_somebody_knows_it(typed, published, address):
    at = make.house()
    page = make.page(at, "Phơi hạt mít", slug=typed, live=published)
    made = type(page).get_edit_handler().get_form_class()
    empty = {f"{field.name}-count": "0" for field in page._meta.fields}
    form = made(
        empty | {"title": "Rang hạt mít", "slug": typed},
        instance=page,
        parent_page=page.get_parent(),
        for_user=at.clerk_a,
    )
    form.full_clean()
    assert form.cleaned_data["slug"] == address
