"""Propose and approve mandates, and print the manifest hash of files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.editorial.manifest import manifest_hash
from portal.editorial.models import Mandate
from portal.organisations.access import access_of
from portal.organisations.models import Organisation, User


class Command(BaseCommand):
    help = (
        "Ủy quyền đăng cả một bộ sưu tập: một tài khoản đề nghị (propose), "
        "một tài khoản khác duyệt (approve)."
    )

    def add_arguments(self, parser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        manifest = verbs.add_parser("manifest", help="in mã băm của các tệp")
        manifest.add_argument("paths", nargs="+", type=Path)
        propose = verbs.add_parser("propose", help="đề nghị một ủy quyền")
        propose.add_argument("paths", nargs="*", type=Path, help="các tệp của bộ sưu tập")
        propose.add_argument("--by", required=True, metavar="ACCOUNT")
        propose.add_argument("--title", required=True, help="đăng cái gì")
        propose.add_argument("--from", dest="source", required=True, help="từ đâu")
        propose.add_argument("--authority", required=True, help="theo văn bản nào, của ai")
        propose.add_argument("--until", required=True, type=dt.date.fromisoformat)
        propose.add_argument("--unit", required=True, help="slug của đơn vị phụ trách")
        propose.add_argument("--folder", default="", help="thay cho mã băm: cả một thư mục")
        approve = verbs.add_parser("approve", help="duyệt một ủy quyền")
        approve.add_argument("id", type=int)
        approve.add_argument("--by", required=True, metavar="ACCOUNT")
        verbs.add_parser("list", help="liệt kê")

    def handle(self, *args, **options) -> None:
        getattr(self, f"_{options['verb']}")(options)

    def _manifest(self, options) -> None:
        self.stdout.write(manifest_hash(options["paths"]))

    def _propose(self, options) -> None:
        user = self._user(options["by"])
        unit = Organisation.objects.filter(slug=options["unit"]).first()
        if unit is None:
            raise CommandError(f"Không có đơn vị “{options['unit']}”.")
        if not access_of(user).may_edit(unit):
            raise CommandError(f"{user} không có vai trò biên tập ở {unit}.")
        mandate = Mandate(
            title=options["title"],
            source=options["source"],
            authority=options["authority"],
            manifest=manifest_hash(options["paths"]) if options["paths"] else "",
            folder=options["folder"],
            owner=unit,
            valid_until=options["until"],
            proposed_by=user,
        )
        try:
            mandate.full_clean()
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None
        mandate.save()
        self.stdout.write(f"Đã đề nghị ủy quyền số {mandate.pk}; cần một người khác duyệt.")

    def _approve(self, options) -> None:
        mandate = Mandate.objects.filter(pk=options["id"]).first()
        if mandate is None:
            raise CommandError(f"Không có ủy quyền số {options['id']}.")
        try:
            mandate.approve(self._user(options["by"]))
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None
        self.stdout.write(f"Đã duyệt ủy quyền số {mandate.pk}.")

    def _list(self, options) -> None:
        today = timezone.localdate()
        for mandate in Mandate.objects.select_related("proposed_by", "approved_by"):
            state = "đã duyệt" if mandate.is_approved else "chờ duyệt"
            ended = " (đã hết hạn)" if mandate.valid_until < today else ""
            self.stdout.write(
                f"{mandate.pk}: {mandate.title} – {state}{ended}; "
                f"{mandate.proposed_by} → {mandate.approved_by or '…'}"
            )

    def _user(self, name: str) -> User:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"Không có tài khoản “{name}”.")
        return user
