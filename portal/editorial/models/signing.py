"""Signed checkpoints of the ledger, the keys that sign them, and the letters to witnesses."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.tray import Letter


class AppendOnly(models.Model):
    """Abstract. Rows are made once; the database refuses the rest (``protection``)."""

    class Meta:
        abstract = True

    def delete(self, *args, **kwargs):
        raise PermissionDenied("The ledger is append-only.")


class SigningKey(AppendOnly):
    """A public key; all but the first are introduced by a signature of the key before."""

    name = models.CharField(max_length=16, unique=True, help_text="beginning of its SHA-256")
    public = models.CharField(max_length=64)
    since = models.DateTimeField()
    introduced_by = models.CharField(max_length=16, blank=True)
    signature = models.CharField(max_length=128, help_text="over its statement")

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def statement(self) -> dict[str, object]:
        """What introduces it, signed by the key before (the first one: by itself)."""
        return {
            "key": self.name,
            "public": self.public,
            "since": self.since.isoformat(),
            "introduced_by": self.introduced_by,
        }


class Checkpoint(AppendOnly):
    """“The ledger had so many lines and ended in this hash”, signed."""

    lines = models.PositiveBigIntegerField(_("lines"))
    hash = models.CharField(_("hash"), max_length=64)
    at = models.DateTimeField(_("at"))
    key = models.CharField(max_length=16)
    portal = models.CharField(max_length=255)
    signature = models.CharField(max_length=128)

    class Meta:
        verbose_name = _("checkpoint")
        verbose_name_plural = _("checkpoints")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.lines}: {self.hash[:12]}"

    def statement(self) -> dict[str, object]:
        """What is signed."""
        return {
            "portal": self.portal,
            "lines": self.lines,
            "hash": self.hash,
            "at": self.at.isoformat(),
            "key": self.key,
        }


class WitnessLetter(Letter):
    """A checkpoint on its way to one witness outside the house."""

    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="letters")
    witness = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("letter to a witness")
        verbose_name_plural = _("letters to witnesses")
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "witness"], name="letter_once")
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint} → {self.witness}"
