"""The log of what people did (nhật ký): written once, read by auditors, never changed."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .organisation import Organisation


class AuditEntry(models.Model):
    """Who did what to what, acting as what, from which state to which, and why."""

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    acting_as = models.CharField(_("acting as"), max_length=20, blank=True)
    delegation = models.ForeignKey(
        "organisations.Delegation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.ForeignKey(
        Organisation, verbose_name=_("unit"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(_("act"), max_length=40, db_index=True)
    content_type = models.ForeignKey(
        ContentType, null=True, on_delete=models.PROTECT, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(null=True)
    label = models.CharField(_("item"), max_length=255, blank=True)
    state_before = models.CharField(_("from state"), max_length=24, blank=True)
    state_after = models.CharField(_("to state"), max_length=24, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    content_hash = models.CharField(_("content hash"), max_length=64, blank=True)
    changes = models.JSONField(_("changes"), default=dict)
    address = models.GenericIPAddressField(_("address"), null=True)

    class Meta:
        verbose_name = _("entry of the log")
        verbose_name_plural = _("log")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="audit_of_item")]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M} {self.action} {self.label}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise PermissionDenied("The log is written once.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise PermissionDenied("The log is written once.")
