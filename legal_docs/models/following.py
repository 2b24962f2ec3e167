"""Who follows what by e-mail: an address and its documents, and nothing else of a person.

Both rows are letters of ``portal.core.tray`` too: a ``Follower`` is his next digest, a ``Follow``
the mail that asks for its confirmation. Neither holds a text: what a mail says is read when it
goes. Both are deleted as soon as they serve no purpose.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.tray import Letter

from .identity import WorkIdentity


class FollowerQuerySet(models.QuerySet):
    def due(self, now: dt.datetime, pause: dt.timedelta):
        """Those to whom a digest may go: none went within the pause, none is put off."""
        rested = models.Q(sent_at=None) | models.Q(sent_at__lte=now - pause)
        return self.filter(rested, next_try__lte=now)


class Follower(Letter):
    """An address; ``sent_at`` is the moment of its last digest."""

    email = models.EmailField(unique=True)
    #: Mails that were asked for in the hour that began at ``asks_since``.
    asks = models.PositiveSmallIntegerField(default=0)
    asks_since = models.DateTimeField(null=True)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")

    def __str__(self) -> str:
        """Its key: addresses don't belong in logs."""
        return f"follower {self.pk}"


class FollowQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def unconfirmed(self):
        return self.filter(confirmed_at=None)


class Follow(Letter):
    """One document that an address follows, or asked to follow."""

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="follows")
    work = models.ForeignKey(WorkIdentity, on_delete=models.CASCADE, related_name="follows")
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)
    #: Number of the line in the ledger up to which the follower knows everything.
    told = models.PositiveBigIntegerField()

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("followed document")
        verbose_name_plural = _("followed documents")
        constraints = [
            models.UniqueConstraint(fields=["follower", "work"], name="follow_once"),
        ]
        indexes = [
            models.Index(
                fields=["next_try"], condition=models.Q(sent_at=None), name="follow_asks_waiting"
            ),
            models.Index(
                fields=["told"],
                condition=models.Q(confirmed_at__isnull=False),
                name="follow_to_be_told",
            ),
        ]

    def __str__(self) -> str:
        return f"follow {self.pk}"
