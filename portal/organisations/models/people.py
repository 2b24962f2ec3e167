"""People and what they may do where: memberships with dates."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation


class User(AbstractUser):
    """An account. What it may do follows from its memberships, never from a flag."""

    demo = models.BooleanField(_("demo"), default=False, editable=False)

    class Meta(AbstractUser.Meta):
        pass

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Role(models.TextChoices):
    """Roles that work already; the others of the editorial practice come with the review."""

    CLERK = "van-thu", _("Clerk (văn thư)")
    HEAD = "lanh-dao-don-vi", _("Head of unit (lãnh đạo đơn vị)")
    ADMINISTRATOR = "quan-tri", _("Administrator (quản trị)")
    MEMBER = "thanh-vien", _("Member (reads internal documents)")


EDITORS = frozenset({Role.CLERK, Role.HEAD})
APPROVERS = frozenset({Role.HEAD})


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: dt.date) -> MembershipQuerySet:
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gt=on),
            user__is_active=True,
        )


class Membership(models.Model):
    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships"
    )
    unit = models.ForeignKey(
        Organisation, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The first day without the role.")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["unit", "role", "user"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=models.F("valid_from")),
                name="membership_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}, {self.unit}"
