"""What a cache in front of the portal keeps, and what is to be made fresh there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CachedAddress(models.Model):
    """An address that a cache in front may hold, with one thing that its page tells of.

    Only caches that know addresses alone (nginx) need these rows; ``noted_at`` is when the page
    was begun, so that what changed later is known to be missing from it.
    """

    key = models.CharField(max_length=60)
    address = models.CharField(max_length=700)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "key"], name="cached_address_once_a_key")
        ]
        indexes = [models.Index(fields=["key", "noted_at"]), models.Index(fields=["noted_at"])]

    def __str__(self) -> str:
        return f"{self.key}: {self.address}"


class PurgeEvent(models.Model):
    """Keys whose pages changed: written with the change, taken away when every cache in front
    has followed, twice: a page that was being made meanwhile may have come there late."""

    keys = models.TextField()
    due = models.DateTimeField(_("next attempt"), db_index=True)
    #: Pages begun before this moment are old; set after the change was committed.
    cutoff = models.DateTimeField(null=True)
    done_once = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.keys[:80]
