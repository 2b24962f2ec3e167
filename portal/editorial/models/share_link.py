"""A link by which somebody outside the admin reads a draft, for some days."""

from __future__ import annotations

import secrets
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ShareLinkQuerySet(models.QuerySet):
    def of(self, item) -> Self:
        """Links to one item."""
        content_type = ContentType.objects.get_for_model(type(item))
        return self.filter(content_type=content_type, object_id=item.pk)

    def open(self) -> Self:
        """Those that lead somewhere still."""
        return self.filter(Q(revoked_at=None), expires_at__gt=timezone.now())


def _token() -> str:
    return secrets.token_urlsafe(24)


class ShareLink(models.Model):
    """It opens the newest draft of an item and nothing else; whoever has it needs no account, but
    what is internal is shown to its own readers only."""

    token = models.CharField(max_length=40, unique=True, default=_token, editable=False)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    purpose = models.CharField(_("for whom, for what"), max_length=200)
    expires_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(null=True, editable=False)
    opened = models.PositiveIntegerField(_("times opened"), default=0, editable=False)
    opened_at = models.DateTimeField(_("opened last"), null=True, editable=False)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a draft")
        verbose_name_plural = _("links to drafts")
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return self.purpose

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()
