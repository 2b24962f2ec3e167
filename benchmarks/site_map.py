"""A part of the site map at 200,000 documents.

    python -m benchmarks.site_map [DOCUMENTS]

Fills a temporary database with published rows of documents (no texts), then asks for the index,
the first, a middle and the last part, each three times; prints seconds of the best.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(
            PORTAL_VAR=folder, PORTAL_DEMO="0", DJANGO_SETTINGS_MODULE="benchmarks.settings",
            LOG_LEVEL="ERROR",
        )  # fmt: skip
        sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
        import django

        django.setup()
        _run(count)


def _run(count: int) -> None:
    from django.core.management import call_command
    from django.test import Client

    from benchmarks.pages import _fill
    from portal.core.page_cache import shelf

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("load_reference", verbosity=0)
    _fill(count)
    client = Client(HTTP_HOST="127.0.0.1")
    parts = -(-count // 10_000)
    for url in ("/sitemap.xml", "/sitemap-van-ban-1.xml", f"/sitemap-van-ban-{parts // 2}.xml",
                f"/sitemap-van-ban-{parts}.xml"):  # fmt: skip
        best = float("inf")
        for _turn in range(3):
            shelf.clear()
            began = time.perf_counter()
            response = client.get(url)
            best = min(best, time.perf_counter() - began)
            assert response.status_code == 200, (url, response.status_code)
        print(f"{url:32} {response.content.count(b'<loc>'):7} addresses {best:6.2f} s")


if __name__ == "__main__":
    main()
