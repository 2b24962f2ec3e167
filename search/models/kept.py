"""What all rows that editors keep for search have in common."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Kept(models.Model):
    """A row that is in use or set aside, with who changed it last and when. Abstract."""

    active = models.BooleanField(_("in use"), default=True)
    note = models.CharField(_("note"), max_length=255, blank=True)
    #: Key of the row of the reference list that it began as; stays when an editor changes it.
    origin = models.CharField(max_length=400, blank=True, editable=False, db_index=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now=True, db_index=True)

    class Meta:
        abstract = True


class DatedQuerySet(models.QuerySet):
    """Rows with a first and a last day."""

    def in_use(self, on: dt.date) -> Self:
        """Those that count on a day."""
        return self.filter(
            models.Q(since=None) | models.Q(since__lte=on),
            models.Q(until=None) | models.Q(until__gte=on),
            active=True,
        )


class Dated(Kept):
    """A kept row that counts from a day to a day, both included. Abstract."""

    since = models.DateField(_("first day"), null=True, blank=True)
    until = models.DateField(_("last day"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("The last day comes before the first.")})
