"""Mandatory sections (chuyên mục bắt buộc): what the law wants on the portal, who keeps it, and by
when it has to be renewed. Rules change, so they are rows."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Organisation


class SectionDuty(models.Model):
    name = models.CharField(_("section"), max_length=200)
    basis = models.CharField(_("rule that wants it"), max_length=300, blank=True)
    page = models.ForeignKey(
        "pages.PortalPage", verbose_name=_("page that fulfils it"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="duties",
    )  # fmt: skip
    address = models.CharField(
        _("or an address of the portal"), max_length=200, blank=True,
        help_text=_("Of a part that is no page: /van-ban/"),
    )  # fmt: skip
    listing = models.CharField(
        _("list whose newest row counts"), max_length=40, blank=True, editable=False
    )
    unit = models.ForeignKey(
        Organisation, verbose_name=_("unit that keeps it"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="section_duties",
    )  # fmt: skip
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person that keeps it"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="section_duties",
    )  # fmt: skip
    days = models.PositiveIntegerField(
        _("renewed at least every … days"), default=30, help_text=_("0: only when it changes.")
    )
    active = models.BooleanField(_("in use"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    told_on = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("mandatory section")
        verbose_name_plural = _("mandatory sections")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name
