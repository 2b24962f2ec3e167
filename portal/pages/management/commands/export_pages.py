"""Take a part of the tree along: the package of docs/site-transfer.md as a file."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.organisations.models import User
from portal.pages.transfer.packing import pack
from portal.pages.views.serving import page_at


class Command(BaseCommand):
    help = "Xuất một trang và các trang bên dưới thành gói .trang.zip, theo quyền của một người."

    def add_arguments(self, parser) -> None:
        parser.add_argument("address", help="địa chỉ trang, ví dụ /gioi-thieu/")
        parser.add_argument("file", type=Path, help="tệp sẽ ghi")
        parser.add_argument(
            "--user", required=True, help="tài khoản: xuất những gì người này viết được"
        )
        parser.add_argument("--with-settings", action="store_true", help="kèm tên, màu, liên hệ")

    def handle(self, *args, **options) -> None:
        page, user = (
            page_at(options["address"]),
            User.objects.filter(username=options["user"]).first(),
        )
        if page is None or user is None:
            raise CommandError("Không có trang hoặc tài khoản ấy.")
        part = options["file"].with_suffix(".part")
        with part.open("wb") as target:
            count = pack(page, user, target, with_settings=options["with_settings"])
        part.replace(options["file"])
        self.stdout.write(f"Đã xuất {count} trang vào {options['file']}.")
