"""Pages as a reader meets them: small screen, large screen, keyboard, no JavaScript, few bytes."""

from __future__ import annotations

import gzip
import re

import pytest
from django.conf import settings

from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DOCUMENT = "/van-ban/bo-thu-nghiem/7-2031-tt-btn/"
PAGES = {
    "home": "/",
    "browse": "/van-ban/",
    "document": DOCUMENT,
    "related": f"{DOCUMENT}lien-quan/",
    "provision": f"{DOCUMENT}dieu-1/",
    "search": "/tim-kiem/?q=phoi+rom",
    "fields": "/linh-vuc/",
    "sign-in": "/dang-nhap/",
    "nothing": "/khong-co/",
}


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_are_open_to_everybody_and_fit_the_screen(stock, open_page, width):
    from axe_playwright_python.sync_playwright import Axe

    page, wrong = open_page(width), {}
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for name, url in PAGES.items():
        response = page.goto(url)
        assert response.status == (404 if name == "nothing" else 200), name
        found = Axe().run(page).response["violations"]
        if found:
            wrong[name] = [(row["id"], row["nodes"][0]["html"][:120]) for row in found]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} is {wide} px too wide"
    assert wrong == {}
    assert errors == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "dark")])
def test_every_component_is_open_to_everybody(at, client, open_page, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    make.picture()
    client.force_login(at.clerk_a)
    page = open_page(width, color_scheme=scheme)
    page.goto("/")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.url}]
    )
    assert page.goto("/he-thong-thiet-ke/").status == 200
    found = Axe().run(page).response["violations"]
    assert [(row["id"], row["nodes"][0]["html"][:120]) for row in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def test_everything_works_without_javascript(stock, open_page):
    page = open_page(1280, java_script_enabled=False)
    page.goto("/")
    page.locator("input[name=q]").first.fill("phoi rom dot 7")
    page.locator("input[name=q]").first.press("Enter")
    page.locator(f'a[href^="{DOCUMENT}"]').first.click()
    assert "7/2031/TT-BTN" in page.inner_text("body")
    page.locator("nav.tabs a", has_text=re.compile("Thuộc tính|Attributes")).click()
    assert page.url.endswith("/thuoc-tinh/")
    page.goto("/van-ban/")
    page.locator('a[href*="trang=2"]').first.click()
    assert page.locator(f'a[href^="{DOCUMENT}"]').count() or "trang=2" in page.url
    page.goto("/van-ban/?loai=thong-tu&nam=2031")
    assert "24" in page.inner_text("main")


def test_the_keyboard_reaches_content_and_tabs(stock, open_page):
    page = open_page()
    page.goto(DOCUMENT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
    page.keyboard.press("Enter")
    reached = set()
    for _step in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href') || ''"))
    for tab in ("thuoc-tinh", "hieu-luc", "lien-quan", "van-ban-goc", "tai-ve"):
        assert f"{DOCUMENT}{tab}/" in reached


def test_pages_stay_light(stock, open_page):
    page, sizes = open_page(), {"script": 0, "stylesheet": 0, "document": 0}

    def weigh(response) -> None:
        kind = response.request.resource_type
        if kind in sizes:
            sizes[kind] += len(gzip.compress(response.body()))

    page.on("response", weigh)
    page.goto(DOCUMENT, wait_until="networkidle")
    assert 0 < sizes["stylesheet"] <= 20 * 1024
    assert sizes["script"] <= 15 * 1024
    assert sum(sizes.values()) <= 60 * 1024
