"""Fields of a form page."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

KINDS = (
    ("line", _("One line")),
    ("text", _("Several lines")),
    ("email", _("E-mail")),
    ("number", _("Number")),
    ("date", _("Date")),
    ("one", _("One of several")),
    ("many", _("Any of several")),
    ("agree", _("Agreement")),
)
WITH_CHOICES = ("one", "many")


class FormFieldBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label=_("kind"), choices=KINDS, default="line")
    label = blocks.CharBlock(label=_("question or name"), max_length=200)
    help = blocks.CharBlock(label=_("help"), required=False, max_length=300)
    needed = blocks.BooleanBlock(label=_("must be filled"), required=False)
    choices = blocks.TextBlock(
        label=_("choices"), required=False, help_text=_("One a line, for a choice.")
    )

    class Meta:
        icon = "form"
        label = _("Field of the form")
        template = "blocks/form_field.html"

    def clean(self, value):
        value = super().clean(value)
        if value["kind"] in WITH_CHOICES and len(lines(value["choices"])) < 2:
            error = ValidationError(gettext("Give at least two choices, one a line."))
            raise blocks.StructBlockValidationError(block_errors={"choices": error})
        return value


class FormFieldsBlock(blocks.StreamBlock):
    field = FormFieldBlock()


def lines(text: str) -> list[str]:
    """The choices that a text names, each once."""
    return list(dict.fromkeys(line.strip()[:200] for line in (text or "").splitlines()
                              if line.strip()))  # fmt: skip
