"""Entries of a calendar, covered by the approval of its page."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class MomentBlock(blocks.DateTimeBlock):
    """To the minute: what is finer is lost between a draft and its row, and they must be equal."""

    def to_python(self, value):
        moment = super().to_python(value)
        return moment.replace(second=0, microsecond=0) if moment else moment


class EntryBlock(blocks.StructBlock):
    start = MomentBlock(label=_("begins"))
    end = MomentBlock(label=_("ends"), required=False)
    title = blocks.CharBlock(label=_("what"), max_length=300)
    place = blocks.CharBlock(label=_("where"), required=False, max_length=200)
    chair = blocks.CharBlock(label=_("who leads it"), required=False, max_length=200)
    people = blocks.CharBlock(label=_("who takes part"), required=False, max_length=500)

    class Meta:
        icon = "date"
        label = _("Entry")
        template = "blocks/entry.html"

    def clean(self, value):
        value = super().clean(value)
        if value["end"] and value["end"] <= value["start"]:
            message = ValidationError(gettext("The end must come after the beginning."))
            raise blocks.StructBlockValidationError(block_errors={"end": message})
        return value


class EntriesBlock(blocks.StreamBlock):
    entry = EntryBlock()
