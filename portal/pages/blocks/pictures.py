"""Pictures: each use says its own alternative text, caption and source, so that what was approved
does not change when somebody edits the library."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("picture"))
    alt_text = blocks.CharBlock(
        label=_("alternative text"),
        required=False,
        max_length=255,
        help_text=_("What it shows, for those who don't see it. Empty only for decoration."),
    )
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=500)
    credit = blocks.CharBlock(label=_("source of the picture"), required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"


class GalleryBlock(blocks.StructBlock):
    pictures = blocks.ListBlock(PictureBlock(), label=_("pictures"), min_num=1, max_num=60)

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "blocks/gallery.html"
