"""Notices to people, and how each wants them."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Notification(models.Model):
    """A line in somebody's list. It names an item and never tells its text."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=12)
    text = models.CharField(max_length=500)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["user", "read_at"], name="notice_unread")]

    def __str__(self) -> str:
        return self.text


def _token() -> str:
    return secrets.token_urlsafe(24)


class Preference(models.Model):
    """How a person wants to be told."""

    class Mail(models.TextChoices):
        NOW = "ngay", _("An e-mail for each notice")
        DIGEST = "ngay-mot-lan", _("One e-mail a day")
        NEVER = "khong", _("No e-mail")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preference"
    )
    mail = models.CharField(_("e-mail"), max_length=14, choices=Mail.choices, default=Mail.DIGEST)
    #: Opens the calendar of deadlines without signing in; made anew on demand.
    calendar_token = models.CharField(max_length=40, default=_token, unique=True)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return str(self.user)

    def renew_token(self) -> None:
        self.calendar_token = _token()
        self.save(update_fields=["calendar_token"])
