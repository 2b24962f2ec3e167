"""People and what they may do where: memberships and delegations, both with dates."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.roles import DELEGABLE, HARMLESS, Content, Role

from .organisation import Organisation


class User(AbstractUser):
    """An account. What it may do follows from its memberships, never from a flag."""

    demo = models.BooleanField(_("demo"), default=False, editable=False)

    class Meta(AbstractUser.Meta):
        pass

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        """Family name first, as Vietnamese names are said."""
        return f"{self.last_name} {self.first_name}".strip()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def within(self, on: dt.date) -> MembershipQuerySet:
        """Those whose days include this one, confirmed or not."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=on),
            Q(valid_to__isnull=True) | Q(valid_to__gt=on),
        )

    def current(self, on: dt.date) -> MembershipQuerySet:
        """Those that give their role on a day."""
        return self.within(on).filter(
            Q(confirmed_at__isnull=False) | Q(role__in=HARMLESS), user__is_active=True
        )

    def waiting(self) -> MembershipQuerySet:
        """Those that a second person has yet to confirm."""
        return self.filter(confirmed_at__isnull=True).exclude(role__in=HARMLESS)


class Membership(models.Model):
    """Role × unit (with those beneath) × class of content × days.

    A role over content begins when a second person confirmed it: not who gave it, not who holds
    it. Any change of it asks for that again.
    """

    #: A change of one of these is another right, so that its confirmation lapses.
    CONFIRMED = ("user_id", "unit_id", "role", "content", "valid_from", "valid_to")

    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships"
    )
    unit = models.ForeignKey(
        Organisation, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    content = models.CharField(
        _("content"), max_length=10, choices=Content.choices, default=Content.ALL, blank=True
    )
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The first day without the role.")
    )
    granted_by = models.ForeignKey(
        User, verbose_name=_("given by"), null=True, blank=True, editable=False,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    confirmed_by = models.ForeignKey(
        User, verbose_name=_("confirmed by"), null=True, blank=True, editable=False,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["unit", "role", "user"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="membership_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (~Q(confirmed_by=F("user")) & ~Q(confirmed_by=F("granted_by")))
                | (~Q(confirmed_by=F("user")) & Q(granted_by__isnull=True)),
                name="membership_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}, {self.unit}"

    def save(self, *args, **kwargs) -> None:
        """A changed right is no longer the confirmed one."""
        if self.pk:
            before = Membership.objects.filter(pk=self.pk).values_list(*self.CONFIRMED).first()
            if before and before != tuple(getattr(self, name) for name in self.CONFIRMED):
                self.confirmed_by = self.confirmed_at = None
                if kwargs.get("update_fields") is not None:
                    names = {*kwargs["update_fields"], "confirmed_by", "confirmed_at"}
                    kwargs["update_fields"] = names
        super().save(*args, **kwargs)

    @property
    def waits(self) -> bool:
        """Whether a second person has yet to confirm it."""
        return self.confirmed_at is None and self.role not in HARMLESS

    def confirm(self, by: User) -> None:
        """Let it begin.

        Raises:
            ValidationError: by who holds or gave it, a superuser, or an ended account.
        """
        if by.pk in (self.user_id, self.granted_by_id):
            raise ValidationError(_("Who gave a role, or holds it, does not confirm it."))
        if by.is_superuser or not by.is_active:
            raise ValidationError(_("This account can't confirm."))
        self.confirmed_by, self.confirmed_at = by, timezone.now()
        self.save(update_fields=["confirmed_by", "confirmed_at"])


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def current(self, on: dt.date) -> DelegationQuerySet:
        """Those under which somebody may act on a day: the giver still holds his own right."""
        rights = Membership.objects.current(on)
        return self.filter(
            membership__in=rights,
            valid_from__lte=on,
            valid_to__gt=on,
            revoked_at__isnull=True,
            to__is_active=True,
        )


class Delegation(models.Model):
    """Ủy quyền: the holder of a role leaves it to somebody, in writing, from one day to another.

    It names a membership of the giver, and only memberships can be named, so that what was left
    to somebody is not passed on (cf. Nghị định 30/2020/NĐ-CP, Điều 13, thừa ủy quyền).
    """

    membership = models.ForeignKey(
        Membership, verbose_name=_("role"), on_delete=models.PROTECT, related_name="delegations"
    )
    to = models.ForeignKey(
        User, verbose_name=_("to"), on_delete=models.PROTECT, related_name="delegations"
    )
    reason = models.TextField(
        _("reason"), help_text=_("The paper that delegates, and why: number, date.")
    )
    content = models.CharField(
        _("content"), max_length=10, choices=Content.choices, default=Content.ALL, blank=True
    )
    unit = models.ForeignKey(
        Organisation, verbose_name=_("only for the unit"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), help_text=_("The first day without the right."))
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")), name="delegation_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="delegation_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.membership} → {self.to}"

    def clean(self) -> None:
        super().clean()
        if not self.reason.strip():
            raise ValidationError({"reason": _("A delegation is in writing: give the reason.")})
        if not self.membership_id or not self.to_id:
            return
        giver = self.membership
        if giver.role not in DELEGABLE:
            raise ValidationError({"membership": _("This role can't be left to somebody else.")})
        if self.to_id == giver.user_id:
            raise ValidationError({"to": _("A role is left to somebody else.")})
        if self.to.is_superuser or not self.to.is_active:
            raise ValidationError({"to": _("This account can't act for somebody.")})
        if self.unit_id and not self.unit.path.startswith(giver.unit.path):
            raise ValidationError({"unit": _("Your role does not reach this unit.")})
        if giver.content and self.content not in ("", giver.content):
            raise ValidationError({"content": _("Your role does not cover this content.")})
