"""Bring a package of pages in: everything lands as drafts."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from portal.organisations.access import access_of
from portal.organisations.models import User
from portal.organisations.roles import Ability
from portal.pages.transfer.bringing import Bringer, apply_settings
from portal.pages.transfer.opening import BadPackage, Package
from portal.pages.views.serving import page_at

_OUTCOMES = {"created": "mới", "changed": "đổi", "unchanged": "không đổi", "refused": "không nhận"}


class Command(BaseCommand):
    help = "Nhập gói .trang.zip của cổng khác: mọi trang thành bản nháp, nhập lại không nhân đôi."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--user", required=True, help="tài khoản đứng tên bản nháp")
        parser.add_argument("--under", default="/", help="trang cha, ví dụ /gioi-thieu/")
        parser.add_argument(
            "--with-settings", action="store_true", help="nhận cả tên, màu, liên hệ"
        )

    def handle(self, *args, **options) -> None:
        user = User.objects.filter(username=options["user"], is_active=True).first()
        parent = page_at(options["under"])
        if user is None or user.is_superuser or parent is None:
            raise CommandError("Không có tài khoản viết được hoặc trang cha ấy.")
        if options["with_settings"] and not access_of(user).can(Ability.ADMINISTER):
            raise CommandError("Tài khoản này không quản trị cổng nên không đổi được cài đặt.")
        try:
            with options["file"].open("rb") as stream:
                package = Package(stream)
                report = Bringer(package, parent, user).run()
                changed = apply_settings(package, user) if options["with_settings"] else []
        except (BadPackage, OSError, ValidationError) as error:
            raise CommandError(str(error)) from None
        for title, outcome, remark, _page in report.rows:
            said = f"{_OUTCOMES[outcome]}: {title}"
            self.stdout.write(f"{said} ({remark})" if remark else said)
        for note in [*report.notes, *(f"cài đặt: {name}" for name in changed)]:
            self.stdout.write(note)
