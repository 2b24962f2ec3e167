"""Roles of the editorial practice and what each is able to do. No rule here knows a model.

A role is held in a unit and reaches the units beneath it, for all content or for one class of it,
between two days (``Membership``). What it brings is this table and nothing else: Wagtail's groups
and the superuser flag bring no right over content.
"""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Vai trò, as the practice of editorial boards of state portals names them."""

    CONTRIBUTOR = "cong-tac-vien", _("Contributor (cộng tác viên)")
    CLERK = "van-thu", _("Clerk (văn thư)")
    OFFICE_HEAD = "lanh-dao-phong", _("Head of office (lãnh đạo phòng)")
    HEAD = "lanh-dao-don-vi", _("Head of unit (lãnh đạo đơn vị)")
    EDITOR = "bien-tap-vien", _("Editor (biên tập viên)")
    LAWYER = "phap-che", _("Legal reviewer (pháp chế)")
    SECRETARY = "thu-ky", _("Editorial secretary (thư ký biên tập)")
    DEPUTY = "pho-ban", _("Deputy head of the editorial board (Phó Trưởng ban Biên tập)")
    CHIEF = "truong-ban", _("Head of the editorial board (Trưởng ban Biên tập)")
    POSTER = "nguoi-dang", _("Publisher (người đăng tải)")
    ADMINISTRATOR = "quan-tri", _("Administrator (quản trị)")
    AUDITOR = "kiem-soat", _("Auditor (kiểm soát)")
    MEMBER = "thanh-vien", _("Member (reads internal documents)")


class Content(TextChoices):
    """Classes of content that a role, a route or a delegation may be limited to."""

    ALL = "", _("All content")
    LEGAL = "legal", _("Legal documents")
    DIRECTIVE = "directive", _("Directives")
    NEWS = "news", _("News")
    PAGE = "page", _("Pages")


class Ability(StrEnum):
    """What somebody can do to content of a unit, or for the portal."""

    READ = "read"  # see drafts and their history
    WRITE = "write"  # make and change drafts, send them for review
    CHECK = "check"  # kiểm tra của đơn vị
    EDIT = "edit"  # biên tập, đối chiếu bản gốc
    LEGAL = "legal"  # thẩm tra pháp lý
    APPROVE = "approve"  # duyệt xuất bản, gỡ, đính chính
    POST = "post"  # đăng nội dung đã duyệt
    TAKE_DOWN = "take_down"  # tạm gỡ khẩn cấp
    COORDINATE = "coordinate"  # điều phối hàng đợi, thống kê
    MEMBERS = "members"  # phân vai trong đơn vị mình
    ADMINISTER = "administer"  # tài khoản, quyền, cấu hình
    AUDIT = "audit"  # đọc mọi nhật ký, không sửa gì


_A = Ability
ABILITIES: dict[str, frozenset[Ability]] = {
    Role.CONTRIBUTOR: frozenset({_A.READ, _A.WRITE}),
    Role.CLERK: frozenset({_A.READ, _A.WRITE}),
    Role.OFFICE_HEAD: frozenset({_A.READ, _A.WRITE, _A.CHECK}),
    Role.HEAD: frozenset({_A.READ, _A.WRITE, _A.CHECK, _A.MEMBERS}),
    Role.EDITOR: frozenset({_A.READ, _A.WRITE, _A.EDIT}),
    Role.LAWYER: frozenset({_A.READ, _A.LEGAL}),
    Role.SECRETARY: frozenset({_A.READ, _A.WRITE, _A.EDIT, _A.COORDINATE, _A.TAKE_DOWN}),
    Role.DEPUTY: frozenset({_A.READ, _A.APPROVE, _A.POST, _A.TAKE_DOWN, _A.COORDINATE}),
    Role.CHIEF: frozenset({_A.READ, _A.APPROVE, _A.POST, _A.TAKE_DOWN, _A.COORDINATE}),
    Role.POSTER: frozenset({_A.READ, _A.POST}),
    Role.ADMINISTRATOR: frozenset({_A.ADMINISTER}),
    Role.AUDITOR: frozenset({_A.AUDIT}),
    Role.MEMBER: frozenset(),
}
ABILITY_LABELS = {
    Ability.READ: _("read drafts of the unit"),
    Ability.WRITE: _("write drafts and send them for review"),
    Ability.CHECK: _("check what the unit sends"),
    Ability.EDIT: _("edit and compare with the original"),
    Ability.LEGAL: _("review validity and relations"),
    Ability.APPROVE: _("approve publication, correction and withdrawal"),
    Ability.POST: _("publish what was approved"),
    Ability.TAKE_DOWN: _("take down in an emergency"),
    Ability.COORDINATE: _("coordinate the queue and see its statistics"),
    Ability.MEMBERS: _("give and end roles in the own unit"),
    Ability.ADMINISTER: _("keep accounts, roles and settings"),
    Ability.AUDIT: _("read all records and logs"),
}
#: Who may leave his part to somebody else for a time (ủy quyền). Writing needs none.
DELEGABLE = frozenset(
    {
        Role.OFFICE_HEAD,
        Role.HEAD,
        Role.EDITOR,
        Role.LAWYER,
        Role.SECRETARY,
        Role.DEPUTY,
        Role.CHIEF,
        Role.POSTER,
    }
)
#: What stays with its holder when the role is left to somebody: giving roles would pass it on.
NEVER_LEFT = frozenset({Ability.MEMBERS, Ability.ADMINISTER, Ability.AUDIT})
#: What the head of a unit gives in his own unit, on his own word.
GIVEN_BY_HEADS = frozenset({Role.MEMBER, Role.CONTRIBUTOR, Role.CLERK, Role.OFFICE_HEAD})
#: A role that lets nobody write, review or decide needs no second person.
HARMLESS = frozenset({Role.MEMBER})


def abilities(role: str) -> frozenset[Ability]:
    """What a role brings; nothing for a code that is no role."""
    return ABILITIES.get(role, frozenset())


def roles_with(*wanted: Ability) -> frozenset[str]:
    """Roles that bring one of the abilities."""
    return frozenset(role for role, brought in ABILITIES.items() if brought & set(wanted))
