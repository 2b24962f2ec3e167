"""Identity of a work: number + issuer + date, and the address that it keeps for ever.

A relation often names a document that is not here. It then points to an identity without a
work (a *stub*); when the document arrives it takes that identity over, and every relation to it
is resolved without being touched.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Organisation


class WorkIdentity(models.Model):
    number = models.CharField(_("number"), max_length=120)
    number_key = models.CharField(max_length=120, db_index=True)
    issuer = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued = models.DateField(_("issued"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=1000, blank=True)
    work_class = models.CharField(max_length=10, blank=True, help_text="empty: a stub")
    path = models.CharField(max_length=260, unique=True, null=True)

    class Meta:
        verbose_name = _("work identity")
        verbose_name_plural = _("work identities")
        indexes = [models.Index(fields=["number_key", "issued"])]

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def is_stub(self) -> bool:
        return not self.work_class

    @property
    def url(self) -> str:
        """Address of the work, empty for a stub."""
        return f"/{self.path}/" if self.path else ""


class OldPath(models.Model):
    """An address that once led to a work and still does."""

    path = models.CharField(max_length=260, unique=True)
    identity = models.ForeignKey(WorkIdentity, on_delete=models.CASCADE, related_name="old_paths")

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")

    def __str__(self) -> str:
        return self.path
