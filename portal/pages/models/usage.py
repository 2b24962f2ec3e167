"""How often the portal is read: sums by day, never who read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ViewCount(models.Model):
    """Views of one thing on a day. ``key`` names it: “legaldocument:12”, “file:pages.attachment:5”,
    “route:search”."""

    day = models.DateField(_("day"))
    key = models.CharField(max_length=80)
    views = models.PositiveIntegerField(_("views"), default=0)

    class Meta:
        verbose_name = _("count of views")
        verbose_name_plural = _("counts of views")
        constraints = [models.UniqueConstraint(fields=["key", "day"], name="views_once_a_day")]
        indexes = [models.Index(fields=["day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.key}: {self.views}"


class DayCount(models.Model):
    """All views and visits of a day; kept for ever."""

    day = models.DateField(_("day"), primary_key=True)
    views = models.PositiveIntegerField(_("views"), default=0)
    visits = models.PositiveIntegerField(_("visits"), default=0)

    class Meta:
        verbose_name = _("views and visits of a day")
        verbose_name_plural = _("views and visits of days")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.views}, {self.visits}"


class Presence(models.Model):
    """That somebody read within the last half hour, by a hash that nobody can lead back
    (``portal.core.visitors``); deleted when the half hour is over."""

    mark = models.CharField(max_length=16, primary_key=True)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("presence")

    def __str__(self) -> str:
        return f"{self.seen_at:%H:%M}"
