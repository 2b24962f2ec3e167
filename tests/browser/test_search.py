"""Search as a reader meets it: completions by keyboard, no JavaScript, small screens, axe."""

from __future__ import annotations

import gzip
import re

import pytest

from search import suggesting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DOCUMENT = "/van-ban/bo-thu-nghiem/7-2031-tt-btn/"
PAGES = {
    "empty": "/tim-kiem/",
    "results": "/tim-kiem/?q=quy+dinh+phoi+rom",
    "understood": "/tim-kiem/?q=thông+tư+về+phơi+rơm+năm+2031&xep=moi",
    "named": "/tim-kiem/?q=7/2031/TT-BTN+phoi+rom",
    "nothing": "/tim-kiem/?q=xe+lua+vu+tru&nam=1999&trong=abc",
    "wrong-day": "/tim-kiem/?q=phoi+rom&tu=mai&ngay=x",
    "too-deep": "/tim-kiem/?q=phoi+rom&trang=101",
    "guide": "/tim-kiem/tro-giup/",
    "inside": f"{DOCUMENT}tim/?q=phoi+rom",
    "api": "/api/",
}


@pytest.mark.parametrize("width", [360, 1280])
def test_search_pages_are_open_to_everybody_and_fit_the_screen(stock, open_page, width):
    from axe_playwright_python.sync_playwright import Axe

    page, wrong, errors = open_page(width), {}, []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for name, url in PAGES.items():
        assert page.goto(url).status == 200, name
        if found := Axe().run(page).response["violations"]:
            wrong[name] = [(row["id"], row["nodes"][0]["html"][:120]) for row in found]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} is {wide} px too wide"
    assert wrong == {} and errors == []


def test_completions_by_keyboard(stock, open_page):
    from axe_playwright_python.sync_playwright import Axe

    suggesting.forget()
    page = open_page()
    page.goto("/")
    bar = page.get_by_role("combobox")
    bar.press_sequentially("7/20")
    page.get_by_role("option").first.wait_for()
    assert bar.get_attribute("aria-expanded") == "true"
    assert re.match(r"\d+ ", page.locator("form[data-suggest] [role=status]").inner_text())
    assert not Axe().run(page).response["violations"]
    bar.press("ArrowDown")
    chosen = page.locator('[role=option][aria-selected="true"]')
    assert bar.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert bar.input_value() == "Thông tư 7/2031/TT-BTN"
    bar.press("Escape")
    assert bar.get_attribute("aria-expanded") == "false"
    assert bar.input_value() == "7/20", "Escape gives back what was typed"
    bar.press("ArrowDown")
    bar.press("ArrowUp")
    assert bar.input_value() == "7/20"
    bar.press("ArrowDown")
    bar.press("Enter")
    page.wait_for_url(f"**{DOCUMENT}")


def test_completions_by_pointer_and_when_nothing_is_alike(stock, open_page):
    suggesting.forget()
    page = open_page(360)
    page.goto("/tim-kiem/")
    bar = page.get_by_role("combobox")
    bar.press_sequentially("xyzxyz")
    status = page.locator("form[data-suggest] [role=status]")
    page.wait_for_function("e => e.textContent", arg=status.element_handle())
    assert bar.get_attribute("aria-expanded") == "false"
    bar.fill("")
    bar.press_sequentially("bo thu")
    page.get_by_role("option", name="Bộ Thử nghiệm").click()
    page.wait_for_url("**/tim-kiem/?q=B%E1%BB%99+Th%E1%BB%AD+nghi%E1%BB%87m")


def test_search_without_javascript(stock, open_page):
    page = open_page(1280, java_script_enabled=False)
    page.goto("/tim-kiem/?q=quy+dinh+phoi+rom")
    assert page.locator("ol.rows > li").count() == 10
    page.select_option("select[name=xep]", "cu")
    page.locator(".result-tools form button").click()
    assert "xep=cu" in page.url
    page.locator("#loc-trong").fill("đợt 7")
    page.locator(".refine button").first.click()
    assert "trong=" in page.url and "xep=cu" in page.url
    assert page.locator("main").inner_text().count("7/2031/TT-BTN") >= 1
    page.locator(".understood .chips a").first.click()
    assert "trong=" not in page.url and "xep=cu" in page.url
    page.locator("#loc-tu").fill("mai")
    page.locator(".refine button").last.click()
    page.locator(".error-summary a").click()
    assert page.url.endswith("#loc-tu")
    page.goto("/tim-kiem/?q=quy+dinh+phoi+rom&loai=Th%C3%B4ng+t%C6%B0")
    page.locator('.pages a[rel="next"]').click()
    assert "loai=" in page.url and "trang=2" in page.url
    page.locator(".why").first.click()
    assert page.locator("main h1").is_visible() and "vi-sao" in page.url
    page.goto(DOCUMENT)
    page.locator("#tim-trong").fill("phoi rom")
    page.locator("#tim-trong").press("Enter")
    assert page.locator("main mark").first.inner_text().lower().startswith("phơi")


@pytest.mark.parametrize("script", [True, False])
def test_filters_are_a_sheet_on_a_phone(stock, open_page, script):
    page = open_page(360, java_script_enabled=script)
    page.goto("/tim-kiem/?q=quy+dinh+phoi+rom")
    sheet, opener = page.locator("#ben-loc"), page.get_by_role("button", name="Bộ lọc")
    assert sheet.is_hidden()
    opener.click()
    assert sheet.is_visible()
    page.keyboard.press("Escape")
    assert sheet.is_hidden()
    opener.click()
    sheet.get_by_role("button", name="Xem kết quả").click()
    assert sheet.is_hidden()
    opener.click()
    sheet.locator("section:has(#loc-nam) a").first.click()
    page.wait_for_url("**nam=**")
    assert sheet.is_visible() == script, "it is open again, for the next choice"
    assert page.get_by_role("button", name="Bộ lọc (1)").count() == 1
    page.goto("/tim-kiem/?q=quy+dinh+phoi+rom")
    assert sheet.is_hidden(), "open again once only"
    page.goto("/tim-kiem/?q=quy+dinh+phoi+rom&tu=mai")
    page.locator(".error-summary a").click()
    assert page.locator("#loc-tu").is_visible()
    page.goto("/van-ban/")
    page.get_by_role("button", name="Bộ lọc").click()
    assert sheet.is_visible()


def test_the_keyboard_reaches_everything_on_the_results(stock, open_page):
    page = open_page()
    page.goto("/tim-kiem/?q=thông+tư+về+phơi+rơm")
    reached = set()
    for _step in range(120):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "(e => e.name || e.className || e.getAttribute('href') || e.tagName)(document.activeElement)"
            )
        )
    assert {"q", "xep", "trong", "tu", "den", "ngay", "row-title", "why no-print"} <= reached


def test_search_stays_light(stock, open_page):
    page, sizes = open_page(), {"script": 0, "stylesheet": 0, "document": 0}

    def weigh(response) -> None:
        if response.request.resource_type in sizes:
            sizes[response.request.resource_type] += len(gzip.compress(response.body()))

    page.on("response", weigh)
    page.goto("/tim-kiem/?q=quy+dinh+phoi+rom", wait_until="networkidle")
    assert 0 < sizes["script"] <= 15 * 1024 and sizes["stylesheet"] <= 20 * 1024
    assert sum(sizes.values()) <= 60 * 1024


def test_a_printed_list_is_a_list(stock, open_page):
    page = open_page()
    page.goto("/tim-kiem/?q=quy+dinh+phoi+rom")
    page.emulate_media(media="print")
    for gone in (".search-bar", ".facets", ".refine", ".why", ".pages"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator("ol.rows .row-title").first.is_visible()
    assert page.locator("main h1").is_visible()
