"""Bring in the news of an old portal."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from news.importing import Unreadable, read, run
from news.models import NewsIndexPage
from portal.editorial.models import Mandate
from portal.organisations.models import Organisation


class Command(BaseCommand):
    help = "Nhập tin cũ: tệp RSS, bản xuất WordPress, hoặc thư mục HTML. Chạy lại không nhân đôi."

    def add_arguments(self, parser) -> None:
        parser.add_argument("source", type=Path, help="tệp .xml hoặc thư mục HTML")
        parser.add_argument("--name", required=True, help="tên cổng cũ, để lần sau nhận ra")
        parser.add_argument("--unit", required=True, help="slug hoặc tên đơn vị sở hữu")
        parser.add_argument("--pictures", type=Path, help="thư mục ảnh của cổng cũ")
        parser.add_argument(
            "--mandate", type=int, help="số ủy quyền đã duyệt; không có thì là nháp"
        )
        parser.add_argument(
            "--under", help="địa chỉ trang tin tức nhận tin; mặc định trang đầu tiên"
        )

    def handle(self, *args, **options) -> None:
        unit = (
            Organisation.objects.filter(slug=options["unit"]).first()
            or Organisation.objects.filter(name__iexact=options["unit"]).first()
        )
        if unit is None:
            raise CommandError(f"Không có đơn vị “{options['unit']}”.")
        pages = list(NewsIndexPage.objects.filter(working_copy_of=None).order_by("path"))
        if under := options["under"]:
            pages = [page for page in pages if page.address.strip("/") == under.strip("/")]
        if not pages:
            raise CommandError("Chưa có trang tin tức nào; hãy tạo trước trong phần quản trị.")
        mandate = None
        if options["mandate"]:
            mandate = Mandate.objects.filter(pk=options["mandate"]).first()
            if mandate is None:
                raise CommandError(f"Không có ủy quyền số {options['mandate']}.")
        try:
            report = run(
                read(options["source"]), pages[0], unit, options["name"][:80],
                pictures=options["pictures"], mandate=mandate,
            )  # fmt: skip
        except Unreadable as error:
            raise CommandError(str(error)) from None
        counts = report.counts
        self.stdout.write(
            f"Tin: {counts['created']} tạo mới, {counts['unchanged']} đã có, "
            f"{counts['rejected']} bị từ chối, {counts['pictures missing']} ảnh thiếu."
        )
        for note in report.notes[:50]:
            self.stdout.write(f"  {note}")
