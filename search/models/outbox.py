"""The outbox of the index."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndexEvent(models.Model):
    """A document that the index must look at again. Order of ids is order of work.

    One that fails by itself waits longer each time, so that it holds up no other.
    """

    kind = models.CharField(max_length=10)
    object_id = models.PositiveBigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("index event")
        verbose_name_plural = _("index events")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind}:{self.object_id}"
