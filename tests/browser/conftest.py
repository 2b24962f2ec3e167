"""Debian's Chromium, driven by Playwright, at a live server with a small stock of documents."""

from __future__ import annotations

import os

import pytest

from search.indexing import outbox
from tests import factories as make
from tests.conftest import CHROMIUM, absent


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        absent("Chromium")
    from playwright.sync_api import sync_playwright

    # Playwright keeps a loop in this thread; Django would take our queries for asynchronous ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    quiet = ("background-networking", "component-update", "sync")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", *(f"--disable-{name}" for name in quiet)],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_server):
    """``open_page(width, **options)``: a new window with no memory of others."""
    contexts = []

    def open_at(width: int = 1280, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            base_url=live_server.url, locale="vi-VN", **options,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.fixture
def at(transactional_db):
    return make.house()


@pytest.fixture
def stock(at):
    """Enough documents for two pages of a list."""
    works = [
        make.document(at, f"{n}/2031/TT-BTN", subject=f"Quy định về phơi rơm đợt {n}", live=True)
        for n in range(1, 25)
    ]
    outbox.drain()
    return works
