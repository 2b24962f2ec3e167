"""Manifestation (bản gốc, tệp): a file of a work, with its checksum."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .identity import WorkIdentity
from .part import Part


def file_path(instance: Manifestation, filename: str) -> str:
    """Files lie by checksum: the same file once, and no name of a user's in a path."""
    return f"van-ban/{instance.sha256[:2]}/{instance.sha256}.{instance.extension}"


class Manifestation(Part):
    class Role(models.TextChoices):
        ORIGINAL = "ban-goc", _("Signed original")
        SOURCE = "nguon", _("File the text was read from")
        ATTACHMENT = "dinh-kem", _("Attachment")

    work = models.ForeignKey(WorkIdentity, on_delete=models.CASCADE, related_name="manifestations")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.ORIGINAL)
    file = models.FileField(upload_to=file_path, max_length=200)
    name = models.CharField(_("name"), max_length=255)
    media_type = models.CharField(max_length=100)
    extension = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["work", "role", "pk"]

    def __str__(self) -> str:
        return self.name
