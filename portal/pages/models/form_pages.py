"""Biểu mẫu: a form that a unit puts together, and what was sent, until its time is over."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from portal.core.guarded_form import GuardedForm
from portal.pages.admin.forms import PortalPageForm
from portal.pages.blocks import BlocksField
from portal.pages.blocks.questions import lines
from portal.pages.receiving import TakesFromPublic

from .kinds import WithRegion
from .page import PortalPage


class FormPage(TakesFromPublic, WithRegion):
    content_code = "page"
    base_form_class = PortalPageForm

    body = BlocksField("portal.pages.blocks.BodyBlock", verbose_name=_("text"), blank=True)
    form_fields = BlocksField(
        "portal.pages.blocks.FormFieldsBlock", verbose_name=_("fields of the form"), blank=True
    )
    purpose = models.CharField(
        _("what the answers are used for"), max_length=300,
        help_text=_("Stands over the form: people have a right to know it."),
    )  # fmt: skip
    keep_days = models.PositiveSmallIntegerField(
        _("days until what was sent is deleted"), default=90
    )
    takes_answers = models.BooleanField(_("the form is open"), default=True)

    FROZEN = (*PortalPage.FROZEN, "body", "form_fields", "purpose", "keep_days", "takes_answers",
              *WithRegion.REGION)  # fmt: skip
    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel(
            "form_fields",
            help_text=_("What is asked, in this order. Ask only what the purpose needs."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("purpose"),
                FieldPanel(
                    "keep_days",
                    help_text=_(
                        "From 1 to 730. The form says it, and what was sent is deleted after it."
                    ),
                ),
                FieldPanel(
                    "takes_answers",
                    help_text=_("Without the mark the page stays and its form is closed."),
                ),
            ],
            _("What is sent"),
        ),
        *WithRegion.region_panels,
    ]
    parent_page_types = ["pages.HomePage", "pages.SectionPage"]
    subpage_types: list[str] = []
    template = "pages/form_page.html"

    class Meta:
        verbose_name = _("form page")
        verbose_name_plural = _("form pages")

    def clean(self) -> None:
        super().clean()
        errors: dict[str, object] = {}
        if not 1 <= self.keep_days <= 730:
            errors["keep_days"] = _("Between 1 and 730.")
        if not self.form_fields:
            errors["form_fields"] = _("Give the form a field.")
        if errors:
            raise ValidationError(errors)

    # --- what the public sends ----------------------------------------------------------------

    def why_closed(self) -> str:
        return "" if self.takes_answers else gettext("This form is closed.")

    def privacy_notice(self) -> str:
        return gettext(
            "What you send is read by %(unit)s alone, for: %(purpose)s. It is deleted after "
            "%(days)d days."
        ) % {"unit": self.unit, "purpose": self.purpose, "days": self.keep_days}

    def public_form(self, data=None, query=None) -> GuardedForm:
        form = GuardedForm(data)
        for number, block in enumerate(self.form_fields, 1):
            form.fields[f"o{number}"] = field_of(block.value)
        return form

    def take(self, form: GuardedForm) -> None:
        answers = [
            [form.fields[name].label, said(form.cleaned_data[name])]
            for name in form.fields
            if name not in GuardedForm.base_fields
        ]
        until = timezone.localdate() + dt.timedelta(days=self.keep_days)
        Submission.objects.create(page=self, answers=answers, delete_on=until)


class Submission(models.Model):
    """A filled form, with the words of its fields as they were; read by the owning unit alone."""

    page = models.ForeignKey(FormPage, on_delete=models.CASCADE, related_name="submissions")
    at = models.DateTimeField(_("sent"), default=timezone.now)
    #: [[label, answer], …]
    answers = models.JSONField(default=list)
    #: The day on which the clock deletes it: what its sender was told.
    delete_on = models.DateField(db_index=True)

    class Meta:
        verbose_name = _("filled form")
        verbose_name_plural = _("filled forms")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"


def forget_submissions(today: dt.date | None = None) -> int:
    """Delete what is over; returns how many. Called by the clock."""
    return Submission.objects.filter(delete_on__lte=today or timezone.localdate()).delete()[0]


def field_of(value) -> forms.Field:
    """The field of a form that a block describes."""
    kind, choices = value["kind"], [(one, one) for one in lines(value["choices"])]
    shared = {"label": value["label"], "help_text": value["help"], "required": value["needed"]}
    if kind == "text":
        return forms.CharField(max_length=8000, widget=forms.Textarea(attrs={"rows": 6}), **shared)
    if kind == "email":
        return forms.EmailField(**shared)
    if kind == "number":
        return forms.DecimalField(max_digits=18, **shared)
    if kind == "date":
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], **shared)
    if kind == "one":
        empty = [] if value["needed"] else [("", gettext("none"))]
        return forms.ChoiceField(choices=[*empty, *choices], widget=forms.RadioSelect, **shared)
    if kind == "many":
        widget = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(choices=choices, widget=widget, **shared)
    if kind == "agree":
        return forms.BooleanField(**shared)
    return forms.CharField(max_length=300, **shared)


def said(value) -> str:
    """An answer in words."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)
