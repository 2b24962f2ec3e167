"""The approval of one content by a second person."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def of(self, instance) -> ApprovalQuerySet:
        """Approvals of one item."""
        content_type = ContentType.objects.get_for_model(instance)
        return self.filter(content_type=content_type, object_id=instance.pk)

    def unused(self) -> ApprovalQuerySet:
        """Those that still open a door: not taken back, and no line of the ledger names them."""
        return self.filter(revocation__isnull=True, publicationrecord__isnull=True)

    def revoke(self) -> None:
        """Close the doors that these still open. Approvals are never changed: a row says it."""
        Revocation.objects.bulk_create([Revocation(approval=one) for one in self.unused()])


class Approval(models.Model):
    """Somebody who wrote nothing of it approved exactly this content (``content_hash``)."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    content_hash = models.CharField(max_length=64)
    revision_id = models.PositiveBigIntegerField(null=True)
    authors = models.JSONField(default=list, help_text=_("Accounts that wrote it, by id."))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    #: Without a constraint: approvals are never changed, and demo turns go with their demo.
    turn = models.ForeignKey(
        "editorial.ReviewState",
        null=True,
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="approvals",
    )
    acting_as = models.CharField(max_length=20, blank=True)
    delegation = models.ForeignKey(
        "organisations.Delegation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    #: The hour from which it may go live; at once when empty.
    publish_at = models.DateTimeField(null=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.content_hash[:12]} – {self.approved_by}"


class Revocation(models.Model):
    """An approval that was taken back before it was used: the item was returned or recalled."""

    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="revocation")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("revocation of an approval")
        verbose_name_plural = _("revocations of approvals")

    def __str__(self) -> str:
        return str(self.approval)
