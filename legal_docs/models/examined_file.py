"""What was read of a file, once for its bytes: its signatures and what it says of itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExaminedFile(models.Model):
    """Derived, by checksum: a live file may be examined anew without being touched."""

    sha256 = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(auto_now=True)
    signatures = models.JSONField(default=dict, help_text="legal_docs.signatures.Signatures")
    store = models.CharField(max_length=16, blank=True, help_text="trust store that was asked")
    number = models.CharField(max_length=120, blank=True)
    issued = models.DateField(null=True)
    articles = models.PositiveIntegerField(null=True)
    text = models.TextField(blank=True, help_text="empty: no text could be read")
    problem = models.TextField(blank=True, help_text="why no text could be read")

    class Meta:
        verbose_name = _("examined file")
        verbose_name_plural = _("examined files")

    def __str__(self) -> str:
        return self.sha256[:16]
