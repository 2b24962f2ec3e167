"""Pages: a document of 300 articles against a stock Wagtail page, lists at 20,000 documents.

    python -m benchmarks.pages [--documents 20000]

Builds a fictional database in a temporary folder, prints queries and milliseconds of processor
time (median of 30; SQLite works inside the process), and requests a second of both pages in turn,
so that the ratio holds on a noisy machine.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--folder", help="keep the database here, and use the one that is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or temporary
        os.environ.update(
            PORTAL_VAR=folder, DJANGO_SETTINGS_MODULE="benchmarks.settings", LOG_LEVEL="ERROR"
        )
        sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
        import django

        django.setup()
        _run(options.documents)


def _run(count: int) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    call_command("load_reference", verbosity=0)
    began = time.monotonic()
    if not _is_filled():
        _fill(count)
        print(f"{count} documents built in {time.monotonic() - began:.0f} s")
    stock, ours = _stock_page(), "/van-ban/chinh-phu/1-2030-nd-cp/"
    for name, url, user in (
        ("document, 300 articles", ours, None),
        ("one article", ours + "dieu-150/", None),
        ("browse", "/van-ban/", None),
        ("browse, filtered", "/van-ban/?loai=nghi-dinh&hieu-luc=con_hieu_luc&nam=2029", None),
        ("browse, page 500", "/van-ban/?trang=500", None),
        ("home", "/", None),
        ("admin list", "/admin/snippets/legal_docs/legaldocument/", "vanthu"),
        (
            "admin list, searched",
            "/admin/snippets/legal_docs/legaldocument/?q=linh+vuc+7",
            "vanthu",
        ),
        ("stock page, same text", stock, None),
    ):
        _measure(name, url, user)
    _duel(ours, stock, kept=False)
    _duel(ours, stock, kept=True)


def _is_filled() -> bool:
    from legal_docs.models import LegalDocument

    return LegalDocument.objects.exists()


def _records(count: int):
    import datetime as dt

    from legal_docs.importers.records import IncomingWork, SourceRecord
    from legal_docs.structure import blocks_from_articles

    article = (
        "1. Cơ quan, tổ chức, cá nhân thực hiện quy định này theo trình tự sau đây.\n"
        "2. Hồ sơ gồm:\na) Văn bản đề nghị;\nb) Bản sao giấy tờ theo quy định của pháp luật;\n"
        "c) Tài liệu khác.\n3. Thời hạn giải quyết là mười lăm ngày làm việc."
    )
    for number in range(1, count + 1):
        year = 2030 if number == 1 else 2000 + number % 30
        texts = 300 if number == 1 else 0

        def build(number=number, year=year, texts=texts) -> IncomingWork:
            rows = [
                {"so": f"Điều {n}", "tieu_de": f"Quy định số {n}", "noi_dung": article}
                for n in range(1, texts + 1)
            ]
            return IncomingWork(
                number=f"{number}/{year}/NĐ-CP",
                type_name="Nghị định",
                issuers=("Chính phủ",),
                subject=f"Quy định hư cấu về lĩnh vực {number % 97}, phần {number}",
                issued=dt.date(year, 1 + number % 12, 1 + number % 28),
                in_force=dt.date(year, 1 + number % 12, 28),
                fields=(("Đất đai", "Lao động", "Giáo dục, đào tạo")[number % 3],),
                blocks=blocks_from_articles(rows) if rows else (),
            )

        yield SourceRecord("bench", str(number), "", str(number), build)


def _fill(count: int) -> None:
    import datetime as dt

    from django.utils import timezone

    from legal_docs.importers.applying import Conditions
    from legal_docs.importers.reports import Report
    from legal_docs.importers.running import Run
    from portal.editorial.models import Mandate
    from portal.organisations.models import Membership, Organisation, User
    from portal.organisations.roles import Role

    unit = Organisation.objects.get(slug="ban-bien-tap-cong-thong-tin")
    clerk, head = (User.objects.create_user(name, password="x") for name in ("vanthu", "lanhdao"))
    for user, role in ((clerk, Role.CLERK), (head, Role.CHIEF)):
        Membership.objects.create(user=user, unit=unit, role=role, confirmed_at=timezone.now())
    mandate = Mandate.objects.create(
        title="b",
        source="b",
        authority="b",
        folder="/",
        owner=unit,
        valid_until=dt.date(2100, 1, 1),
        proposed_by=clerk,
    )
    mandate.approve(head)
    run = Run(Conditions(owner=unit, mandate=mandate), Report())
    for _count in run.records(_records(count)):
        pass
    assert run.report.counts["created"] == count, run.report.reasons


def _stock_page() -> str:
    from wagtail.models import Page, Site

    from benchmarks.stock.models import StockPage
    from legal_docs.models import Expression

    root = Page.objects.get(depth=1)
    home = root.add_child(instance=StockPage(title="Home", slug="stock", body="<p>Home</p>"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": home}
    )
    Site.clear_site_root_paths_cache()
    html = Expression.objects.order_by("pk").first().html
    home.add_child(instance=StockPage(title="Nghị định", slug="nghi-dinh", body=html))
    return "/stock/nghi-dinh/"


def _client(user: str | None):
    from django.test import Client

    from portal.organisations.models import User

    client = Client()
    if user:
        client.force_login(User.objects.get(username=user))
    return client


def _measure(name: str, url: str, user: str | None) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from portal.core.page_cache import shelf

    client = _client(user)
    assert client.get(url).status_code == 200, (url, client.get(url).status_code)
    shelf.clear()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    queries = len(captured)
    times = []
    for _turn in range(30):
        shelf.clear()
        began = time.process_time()
        client.get(url)
        times.append((time.process_time() - began) * 1000)
    size = len(response.content) / 1024
    print(
        f"{name:26} {queries:3} queries  median {statistics.median(times):7.1f} ms  "
        f"worst {max(times):7.1f} ms  {size:7.1f} KB"
    )


def _duel(ours: str, stock: str, *, kept: bool, rounds: int = 6, each: int = 25) -> None:
    """Both pages in turn; requests a second of each, and the ratio."""
    from portal.core.page_cache import shelf

    client = _client(None)
    spent = {ours: 0.0, stock: 0.0}
    for _round in range(rounds):
        for url in (ours, stock):
            began = time.process_time()
            for _turn in range(each):
                if not kept:
                    shelf.clear()
                client.get(url)
            spent[url] += time.process_time() - began
    mine, theirs = rounds * each / spent[ours], rounds * each / spent[stock]
    print(
        f"{'as served' if kept else 'rendered each time'}: document {mine:.0f}/s, stock page {theirs:.0f}/s: {mine / theirs:.1f} times"
    )


if __name__ == "__main__":
    main()
