"""A working copy (bản làm việc): which line of the ledger it was begun from, and who wrote in it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .record import PublicationRecord


class WorkingCopyQuerySet(models.QuerySet):
    def of(self, original):
        """Those of an item."""
        content_type = ContentType.objects.get_for_model(original)
        return self.filter(content_type=content_type, original_id=original.pk)

    def about(self, copy):
        """The one about a copy; of what is none, nothing."""
        content_type = ContentType.objects.get_for_model(copy)
        rows = self.filter(content_type=content_type, copy_id=copy.pk)
        return rows.filter(original_id=copy.working_copy_of_id)

    def brought_in(self, copy) -> bool:
        """Whether this copy was brought into its original."""
        return self.about(copy).exclude(merged_at=None).exists()

    def brought_in_since(self, original, moment):
        """Those of an item that were brought in after a moment (None: ever)."""
        rows = self.of(original).exclude(merged_at=None)
        return rows.filter(merged_at__gt=moment) if moment else rows


class WorkingCopy(models.Model):
    """One row for each copy; it stays when the copy has been brought in or thrown away."""

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    original_id = models.PositiveBigIntegerField()
    copy_id = models.PositiveBigIntegerField()
    base = models.ForeignKey(PublicationRecord, on_delete=models.PROTECT, related_name="+")
    #: What the line doesn't say of the beginning: of a page its fields and the ids of its blocks.
    start = models.JSONField(default=dict)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(default=timezone.now)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    merged_at = models.DateTimeField(null=True)
    #: Accounts that wrote in it, fixed when it was brought in: they approve nothing of it.
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        indexes = [models.Index(fields=["content_type", "original_id"], name="copies_of_item")]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "copy_id"], name="copy_once")
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.original_id} ← {self.copy_id}"
