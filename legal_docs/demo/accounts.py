"""Accounts to sign in with. Their password is public, so they exist only where that is meant."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.organisations.models import Membership, Organisation, User
from portal.organisations.roles import Role

from .organisations import COMMUNE, MINISTRY_OFFICE, PROVINCE_OFFICE

PASSWORD = "demo-portal-2026"

#: account, family name, given name, unit, roles
ACCOUNTS = (
    ("congtacvien", "Bạc Thị", "Suối", PROVINCE_OFFICE, (Role.CONTRIBUTOR,)),
    ("vanthu", "Lò Thị", "Ban", PROVINCE_OFFICE, (Role.CLERK,)),
    ("truongphong", "Cầm Văn", "Đồi", PROVINCE_OFFICE, (Role.OFFICE_HEAD,)),
    ("bientap", "Hoàng Thị", "Nương", PROVINCE_OFFICE, (Role.EDITOR,)),
    ("phapche", "Phan Văn", "Khe", PROVINCE_OFFICE, (Role.LAWYER,)),
    ("thuky", "Lường Thị", "Thung", PROVINCE_OFFICE, (Role.SECRETARY,)),
    ("phoban", "Đinh Văn", "Dốc", PROVINCE_OFFICE, (Role.DEPUTY,)),
    ("lanhdao", "Quàng Văn", "Núi", PROVINCE_OFFICE, (Role.HEAD, Role.CHIEF)),
    ("dangtai", "Tòng Thị", "Bản", PROVINCE_OFFICE, (Role.POSTER,)),
    ("vanthu.bo", "Trần Thị", "Phiên", MINISTRY_OFFICE, (Role.CLERK,)),
    ("lanhdao.bo", "Đỗ Minh", "Chợ", MINISTRY_OFFICE, (Role.HEAD, Role.CHIEF)),
    ("quantri", "Vũ Văn", "Trị", PROVINCE_OFFICE, (Role.ADMINISTRATOR,)),
    ("kiemsoat", "Mùa A", "Soát", PROVINCE_OFFICE, (Role.AUDITOR,)),
    ("thanhvien", "Hà Thị", "Diều", COMMUNE, (Role.MEMBER,)),
)


def refuse_unless_meant() -> None:
    """Raises PermissionDenied where a public password would open a real portal."""
    if not settings.DEMO_ALLOWED:
        raise PermissionDenied(
            "Tài khoản trình diễn có mật khẩu công khai: chỉ nạp khi đặt biến PORTAL_DEMO=1."
        )


def load() -> int:
    """Create or revive the accounts and their memberships; the number of rows written.

    Raises:
        PermissionDenied: they are not meant to exist here, or a real account bears a name.
    """
    refuse_unless_meant()
    written = 0
    for username, last, first, unit, roles in ACCOUNTS:
        user = User.objects.filter(username=username).first()
        if user is not None and not user.demo:
            raise PermissionDenied(f"Tài khoản “{username}” đã có và không phải để trình diễn.")
        user = user or User(username=username, demo=True)
        if user.pk is None or not user.is_active or not user.check_password(PASSWORD):
            user.last_name, user.first_name, user.is_active = last, first, True
            user.set_password(PASSWORD)
            user.save()
            written += 1
        for role in roles:
            _row, made = Membership.objects.get_or_create(
                user=user,
                unit=Organisation.objects.get(name=unit, demo=True),
                role=role,
                defaults={"confirmed_at": timezone.now()},
            )
            written += made
    return written
