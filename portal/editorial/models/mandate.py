"""A mandate: the authority under which a whole collection goes live.

One named account proposes it, another approves it; every publication made under it names it.
What was approved is frozen: changing a proposed mandate drops the approval.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.editorial.freezing import approval_hash
from portal.organisations.models import Organisation


class Mandate(models.Model):
    title = models.CharField(_("what"), max_length=255)
    source = models.CharField(
        _("from where"), max_length=255, help_text=_("The system or agency it comes from.")
    )
    authority = models.TextField(
        _("by whose authority"), help_text=_("The decision or letter that orders the publication.")
    )
    manifest = models.CharField(
        _("manifest hash"),
        max_length=64,
        blank=True,
        help_text=_("SHA-256 of the files, as “manage.py mandate manifest PATH…” prints it."),
    )
    folder = models.CharField(
        _("folder"),
        max_length=500,
        blank=True,
        help_text=_("Instead of a hash: a folder whose files, now and later, are meant."),
    )
    owner = models.ForeignKey(
        Organisation,
        verbose_name=_("owning unit"),
        on_delete=models.PROTECT,
        related_name="mandates",
    )
    valid_until = models.DateField(_("valid until"), help_text=_("The last day of its use."))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_hash = models.CharField(max_length=64, blank=True, editable=False)
    demo = models.BooleanField(_("demo"), default=False, editable=False)

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("proposed_by")),
                name="mandate_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(manifest="") | ~Q(folder=""), name="mandate_names_its_files"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.title}"

    def clean(self) -> None:
        super().clean()
        if not self.manifest and not self.folder:
            raise ValidationError(_("Name the files: a manifest hash or a folder."))

    def frozen_content(self) -> dict[str, object]:
        return {
            "title": self.title,
            "source": self.source,
            "authority": self.authority,
            "manifest": self.manifest,
            "folder": self.folder,
            "owner": self.owner_id,
            "valid_until": self.valid_until,
            "proposed_by": self.proposed_by_id,
        }

    def approve(self, user, at: dt.datetime | None = None) -> None:
        """Approve as ``user``.

        Raises:
            ValidationError: he proposed it, is a superuser or inactive, or it has ended.
        """
        from portal.organisations.access import access_of

        if user.pk == self.proposed_by_id:
            raise ValidationError(_("Who proposed a mandate can't approve it."))
        if not user.is_active or user.is_superuser:
            raise ValidationError(_("This account can't approve."))
        if not access_of(user).may_approve(self.owner):
            raise ValidationError(
                _("Only the editorial board over the owning unit approves a mandate.")
            )
        if self.valid_until < timezone.localdate():
            raise ValidationError(_("The mandate has ended."))
        self.approved_by = user
        self.approved_at = at or timezone.now()
        self.approved_hash = approval_hash(self.frozen_content())
        self.save()

    @property
    def is_approved(self) -> bool:
        """Approved, and not changed since."""
        return bool(self.approved_by_id) and self.approved_hash == approval_hash(
            self.frozen_content()
        )

    def refuse_unless_valid(self, on: dt.date) -> None:
        """Raises ValidationError when nothing may be published under it on a day."""
        if not self.is_approved:
            raise ValidationError(
                _("Mandate %(id)s is not approved by a second person.") % {"id": self.pk}
            )
        if on > self.valid_until:
            raise ValidationError(_("Mandate %(id)s has ended.") % {"id": self.pk})

    def covers(self, paths: list[Path]) -> bool:
        """Whether these files are what was approved."""
        from portal.editorial.manifest import manifest_hash

        if self.manifest:
            return manifest_hash(paths) == self.manifest
        folder = Path(self.folder).resolve()
        return all(path.resolve().is_relative_to(folder) for path in paths)
