"""Pictures, with an audience: renditions are files and go through the same visibility check."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from portal.organisations.models import ForAudience, Organisation

from .attachment import refuse_other_bytes


class Picture(ForAudience, AbstractImage):
    live = True  # a picture in the library is there; its audience decides who sees it
    audience_units = models.ManyToManyField(
        Organisation, verbose_name=_("chosen units"), blank=True, related_name="+"
    )
    alt_text = models.CharField(_("alternative text"), max_length=255, blank=True)
    credit = models.CharField(_("source of the picture"), max_length=255, blank=True)

    admin_form_fields = (
        # Without Wagtail's description: the alternative text says what is shown.
        *(name for name in Image.admin_form_fields if name != "description"),
        "alt_text",
        "credit",
        "audience",
        "audience_units",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        permissions = [("choose_picture", "Can choose picture")]

    def clean(self) -> None:
        super().clean()
        refuse_other_bytes(self)

    def save(self, *args, **kwargs) -> None:
        refuse_other_bytes(self)
        super().save(*args, **kwargs)

    @property
    def default_alt_text(self) -> str:
        return self.alt_text


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
