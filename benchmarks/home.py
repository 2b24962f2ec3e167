"""The home page with ten portlets, a section and a news item, against a stock Wagtail page.

    python -m benchmarks.home

Loads the demo into a temporary folder; prints queries cold and warm, milliseconds of processor
time (median of 30), and requests a second of both pages in turn, so that the ratio holds on a
noisy machine.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            PORTAL_VAR=folder, PORTAL_DEMO="1", DJANGO_SETTINGS_MODULE="benchmarks.settings",
            LOG_LEVEL="ERROR",
        )  # fmt: skip
        sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
        import django

        django.setup()
        _run()


def _run() -> None:
    from django.core.management import call_command

    from benchmarks.pages import _duel, _measure, _stock_page
    from news.models import NewsArticle
    from portal.pages.models import HomePage

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("demo", "load", verbosity=0)
    home = HomePage.objects.get()
    print(f"portlets on the home page: {len(home.main) + len(home.aside)}")
    stock = _stock_page()
    article = NewsArticle.objects.live().first().address
    for name, url in (
        ("home", "/"),
        ("section", "/gioi-thieu/"),
        ("page", "/gioi-thieu/chuc-nang-nhiem-vu/"),
        ("news", "/tin-tuc/"),
        ("news item", article),
        ("collection", "/pho-bien-phap-luat/nghi-dinh-moi/"),
        ("stock page", stock),
    ):
        _measure(name, url, None)
        _warm(url)
    _duel("/", stock, kept=False)
    _duel("/", stock, kept=True)


def _warm(url: str) -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        client.get(url)
    print(f"{'':26} {len(captured):3} queries warm")


if __name__ == "__main__":
    main()
