"""The ledger of publications (sổ công bố): append-only, each line bound to the one before."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .approval import Approval
from .mandate import Mandate


class Act(models.TextChoices):
    PUBLISH = "dang", _("Published")
    WITHDRAW = "go", _("Withdrawn")


class PublicationRecord(models.Model):
    """One line: what went live or down, when, by whose authority."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    act = models.CharField(_("act"), max_length=6, choices=Act.choices)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    label = models.CharField(_("item"), max_length=255)
    content_hash = models.CharField(_("content hash"), max_length=64)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approval = models.ForeignKey(
        Approval, verbose_name=_("approval"), null=True, on_delete=models.PROTECT
    )
    mandate = models.ForeignKey(
        Mandate,
        verbose_name=_("mandate"),
        null=True,
        on_delete=models.PROTECT,
        related_name="records",
    )
    reason = models.TextField(_("reason"), blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("publication record")
        verbose_name_plural = _("ledger of publications")
        ordering = ["-number"]
        indexes = [models.Index(fields=["content_type", "object_id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(approval__isnull=False) | Q(mandate__isnull=False),
                name="record_names_its_authority",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.label}"

    def save(self, *args, **kwargs) -> None:
        raise PermissionDenied("The ledger is written by portal.editorial.ledger only.")

    def delete(self, *args, **kwargs):
        raise PermissionDenied("The ledger is append-only.")

    def chained_content(self) -> dict[str, object]:
        """What the hash of this line covers."""
        return {
            "number": self.number,
            "act": self.act,
            "type": self.content_type_id,
            "object": self.object_id,
            "label": self.label,
            "content": self.content_hash,
            "at": self.at.isoformat(),
            "by": self.by_id,
            "approval": self.approval_id,
            "mandate": self.mandate_id,
            "reason": self.reason,
        }
