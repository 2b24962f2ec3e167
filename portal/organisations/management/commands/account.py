"""Make the first accounts of a new portal; later ones are kept in the admin.

No superuser is needed: what an account may do follows from its role in a unit.
"""

from __future__ import annotations

import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from portal.organisations import audit, granting
from portal.organisations.models import Membership, Organisation, User
from portal.organisations.roles import Ability, Role, roles_with


class Command(BaseCommand):
    help = "Tạo một tài khoản với vai trò ở một đơn vị, hoặc thêm vai trò cho tài khoản đã có."

    def add_arguments(self, parser) -> None:
        parser.add_argument("name", help="tên đăng nhập")
        parser.add_argument("--unit", help="slug của đơn vị")
        parser.add_argument("--role", choices=Role.values)
        parser.add_argument(
            "--reset-second-factor",
            action="store_true",
            help="mất điện thoại: bỏ lớp xác nhận thứ hai; các vai trò chờ xác nhận lại",
        )
        parser.add_argument("--full-name", default="")
        parser.add_argument(
            "--password-stdin", action="store_true", help="đọc mật khẩu từ đầu vào chuẩn"
        )

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        if options["reset_second_factor"]:
            self._reset(options["name"])
            return
        if not options["unit"] or not options["role"]:
            raise CommandError("Cần --unit và --role.")
        unit = Organisation.objects.filter(slug=options["unit"]).first()
        if unit is None:
            raise CommandError(f"Không có đơn vị “{options['unit']}”.")
        user = User.objects.filter(username=options["name"]).first()
        if user is None:
            user = User(username=options["name"], last_name=options["full_name"])
            user.set_password(self._password(user, options["password_stdin"]))
            user.full_clean()
            user.save()
        row, made = Membership.objects.get_or_create(user=user, unit=unit, role=options["role"])
        if made and self._is_first(user):
            row.confirmed_at = timezone.now()
            row.save(update_fields=["confirmed_at"])
        audit.record(None, "role.given", row, unit=unit, reason="manage.py account")
        self.stdout.write(f"{user.username}: {Role(options['role']).label}, {unit}.")
        if row.waits:
            self.stdout.write(
                "Vai trò chờ người thứ hai xác nhận ở mục “Vai trò” của phần quản trị."
            )

    def _reset(self, name: str) -> None:
        from allauth.mfa.models import Authenticator

        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"Không có tài khoản “{name}”.")
        Authenticator.objects.filter(user=user).delete()
        waiting = granting.credentials_changed(None, user)
        self.stdout.write(f"{name}: đã bỏ lớp thứ hai; {waiting} vai trò chờ xác nhận lại.")

    def _is_first(self, user: User) -> bool:
        """While nobody else could confirm it: the first people of a new portal."""
        able = Membership.objects.filter(
            confirmed_at__isnull=False,
            role__in=roles_with(Ability.ADMINISTER, Ability.MEMBERS),
        )
        return not able.exclude(user=user).exists()

    def _password(self, user: User, from_stdin: bool) -> str:
        password = (
            sys.stdin.readline().rstrip("\n") if from_stdin else getpass.getpass("Mật khẩu: ")
        )
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        return password
