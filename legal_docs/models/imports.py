"""What was imported from where, and files on their way in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Organisation

from .identity import WorkIdentity


class ImportRecord(models.Model):
    """One record of one source: makes imports idempotent and resumable."""

    source = models.CharField(max_length=40)
    source_id = models.CharField(max_length=255)
    content_hash = models.CharField(max_length=64)
    work = models.ForeignKey(WorkIdentity, on_delete=models.CASCADE, related_name="imports")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("import record")
        verbose_name_plural = _("import records")
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="import_once")]

    def __str__(self) -> str:
        return f"{self.source}:{self.source_id}"


class IntakeFile(models.Model):
    """A file that somebody put in for reading (Nhập văn bản)."""

    class State(models.TextChoices):
        WAITING = "cho", _("Waiting to be read")
        READ = "da-doc", _("Read: check the proposals")
        FAILED = "loi", _("Could not be read")
        DONE = "xong", _("Made a draft")

    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    file = models.FileField(upload_to="nhap/%Y/%m/", max_length=200)
    name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    message = models.TextField(blank=True)
    reading = models.JSONField(
        default=dict, help_text="proposals with excerpts, outline, warnings, format, html"
    )
    work = models.ForeignKey(
        WorkIdentity, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("file being read in")
        verbose_name_plural = _("files being read in")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name
