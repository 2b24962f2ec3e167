"""A reader's report of an error (phản ánh sai sót): asked by anybody, answered within a deadline."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Organisation

from .record import PublicationRecord

#: Days for an answer; the practice of error reports on legal databases.
DAYS = 15
#: Days after an answer until the address of who asked is forgotten.
FORGET_AFTER = 30


def _due() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=DAYS)


class ErrorReport(models.Model):
    class State(models.TextChoices):
        NEW = "moi", _("New")
        RIGHT = "dung", _("Right: it is being corrected")
        WRONG = "khong", _("No error")
        DONE = "xong", _("Corrected")

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    label = models.CharField(_("item"), max_length=255)
    url = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(
        Organisation, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    text = models.TextField(_("what is wrong"))
    contact = models.EmailField(_("e-mail for the answer"), blank=True)
    at = models.DateTimeField(default=timezone.now)
    due = models.DateField(default=_due)
    state = models.CharField(
        _("state"), max_length=6, choices=State.choices, default=State.NEW, db_index=True
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    correction = models.ForeignKey(
        PublicationRecord, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("report of an error")
        verbose_name_plural = _("reports of errors")
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return f"{self.label}: {self.text[:60]}"

    @property
    def overdue(self) -> bool:
        """Late only after the day itself, and only while nobody answered."""
        return self.state == self.State.NEW and self.due < timezone.localdate()
