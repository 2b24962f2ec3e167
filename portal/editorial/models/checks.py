"""How hard a publication check is, as an administrator set it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Severity(models.TextChoices):
    """Mức của một phép kiểm tra; the order is the order of showing."""

    BLOCK = "chan", _("Blocks")
    WARN = "canh-bao", _("Warns")
    INFO = "thong-tin", _("Informs")
    OFF = "tat", _("Switched off")


class CheckSetting(models.Model):
    code = models.CharField(_("check"), max_length=60, unique=True)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices)
    reason = models.CharField(_("why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("setting of a check")
        verbose_name_plural = _("settings of checks")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_severity_display()}"
