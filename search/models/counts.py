"""How often something was asked or chosen on a day; never by whom.

``seen`` holds hashes that tell visitors of one day and one row apart, until there are enough of
them (``portal.core.visitors``); they cannot be compared with those of another row or another day.
"""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from legal_docs.models import WorkIdentity

LONGEST = 200


def floor() -> int:
    """How many different visitors a row must have before anybody sees it."""
    return max(1, settings.SEARCH_LOG_FLOOR)


class CountQuerySet(models.QuerySet):
    """Rows of one day each."""

    def told(self) -> Self:
        """Those that enough different visitors had a part in."""
        return self.filter(visitors__gte=floor())


class Count(models.Model):
    """Abstract. ``visitors`` is exact up to the floor and stops there."""

    day = models.DateField(_("day"), db_index=True)
    words = models.CharField(_("words"), max_length=LONGEST)
    visitors = models.PositiveIntegerField(_("visitors"), default=0)
    seen = models.TextField(blank=True, default="", editable=False)

    objects = CountQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.day}: {self.words}"

    def meet(self, visitors: set[str], least: int) -> None:
        """Take the hashes of visitors in; forget all of them once there are ``least``."""
        if self.visitors >= least:
            return
        known = set(self.seen.split()) | visitors
        self.visitors = max(self.visitors, min(len(known), least))
        self.seen = "" if self.visitors >= least else " ".join(sorted(known))


class QueryCount(Count):
    """Searches for some words on a day."""

    searches = models.PositiveIntegerField(_("searches"), default=0)
    empty = models.PositiveIntegerField(_("without results"), default=0)

    class Meta:
        verbose_name = _("count of a query")
        verbose_name_plural = _("counts of queries")
        ordering = ["-day", "words"]
        constraints = [
            models.UniqueConstraint(fields=["day", "words"], name="query_counted_once_a_day")
        ]


class ClickCount(Count):
    """Choices of a public document, or a provision of it, among the results for some words."""

    identity = models.ForeignKey(WorkIdentity, on_delete=models.CASCADE, related_name="+")
    eid = models.CharField(max_length=120, blank=True)
    clicks = models.PositiveIntegerField(_("clicks"), default=0)

    class Meta:
        verbose_name = _("count of a choice")
        verbose_name_plural = _("counts of choices")
        ordering = ["-day", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "words", "identity", "eid"], name="click_counted_once_a_day"
            )
        ]
