"""Intervals of validity, derived: they let lists filter by status as at any day in SQL."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from legal_docs.validity import Status

from .identity import WorkIdentity

#: Stand for “always before” and “from then on”: open ends that an index can compare.
BEGINNING = dt.date(1, 1, 1)
END = dt.date(9999, 12, 31)


class ValidityInterval(models.Model):
    """One status in [since, until). Rebuilt by ``legal_docs.effects`` from dates and relations."""

    work = models.ForeignKey(WorkIdentity, on_delete=models.CASCADE, related_name="validity")
    since = models.DateField(default=BEGINNING)
    until = models.DateField(default=END)
    status = models.CharField(max_length=24, choices=[(s.value, s.value) for s in Status])

    class Meta:
        verbose_name = _("validity interval")
        verbose_name_plural = _("validity intervals")
        ordering = ["work", "since"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")), name="validity_interval_order"
            ),
            models.UniqueConstraint(fields=["work", "since"], name="validity_interval_once"),
        ]
        indexes = [models.Index(fields=["status", "since", "until"], name="validity_status")]

    def __str__(self) -> str:
        return f"{self.work}: {self.status}"
