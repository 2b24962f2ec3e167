"""A link of a live page that leads nowhere: found by night, kept until it is mended."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BrokenLink(models.Model):
    page = models.ForeignKey(
        "pages.PortalPage", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+"
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    message = models.CharField(_("what is wrong"), max_length=300)
    found_at = models.DateTimeField(_("found"), default=timezone.now)

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        ordering = ["page_id", "pk"]

    def __str__(self) -> str:
        return self.message
