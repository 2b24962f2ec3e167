"""Load the demo, take it away again, or print its accounts."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models.deletion import ProtectedError

from legal_docs.demo import accounts
from legal_docs.importers.reports import REJECTED
from portal.core import demo
from portal.core.locks import Busy


class Command(BaseCommand):
    help = "Bộ trình diễn hư cấu: nạp (load), gỡ sạch (remove), xem tài khoản (accounts)."

    def add_arguments(self, parser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("load", help="nạp cơ quan, tài khoản, văn bản; chạy lại không ghi gì")
        verbs.add_parser("remove", help="gỡ mọi thứ đã nạp; sổ công bố còn nguyên")
        verbs.add_parser("accounts", help="in tài khoản và mật khẩu")

    def handle(self, *args, **options) -> None:
        try:
            getattr(self, f"_{options['verb']}")()
        except PermissionDenied as error:
            raise CommandError(str(error)) from None
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from None
        except ProtectedError as error:
            raise CommandError(f"Chưa gỡ được: {error.args[0]}") from None
        except Busy:
            raise CommandError("Một lần nhập khác đang chạy; chờ nó xong rồi chạy lại.") from None

    def _load(self) -> None:
        from legal_docs.demo import states
        from legal_docs.demo.loading import load

        report = load()
        counts = report.counts
        self.stdout.write(
            f"Văn bản trình diễn: {counts['created']} tạo mới, {counts['updated']} cập nhật, "
            f"{counts['unchanged']} không đổi, {counts[REJECTED]} bị từ chối."
        )
        self.stdout.write(f"Trạng thái trình diễn: {states.load()} văn bản.")
        for reason, count in report.reasons.most_common(10):
            self.stdout.write(f"  {count} × {reason}")
        for part in demo.parts():
            self.stdout.write(part.load())

    def _remove(self) -> None:
        from legal_docs.demo.removing import remove

        for part in reversed(demo.parts()):
            self.stdout.write(part.remove())
        done = remove()
        self.stdout.write(
            f"Đã gỡ {done.works} văn bản, {done.organisations} cơ quan, {done.accounts} tài khoản. "
            f"Giữ lại vì sổ công bố nhắc tới: {done.kept_accounts} tài khoản (đã khóa), "
            f"{done.kept_organisations} đơn vị (đã đóng)."
        )

    def _accounts(self) -> None:
        accounts.refuse_unless_meant()
        for username, last, first, unit, roles in accounts.ACCOUNTS:
            said = ", ".join(str(role.label) for role in roles)
            self.stdout.write(
                f"{username:<12} {accounts.PASSWORD}  {last} {first} – {said}, {unit}"
            )
