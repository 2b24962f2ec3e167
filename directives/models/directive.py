"""Directive: a work that orders units to do something. Assignments come with their own issue."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase

from legal_docs.models.work import Signature, Work, copies_never_live
from portal.editorial.models import live_needs_record
from portal.organisations.models import Organisation


class Urgency(models.TextChoices):
    """Độ khẩn (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

    NORMAL = "thuong", _("Normal")
    URGENT = "khan", _("Urgent (khẩn)")
    VERY_URGENT = "thuong-khan", _("Very urgent (thượng khẩn)")
    IMMEDIATE = "hoa-toc", _("Immediate (hỏa tốc)")


class DirectiveKeyword(TaggedItemBase):
    content_object = ParentalKey(
        "directives.Directive", on_delete=models.CASCADE, related_name="tagged_keywords"
    )


class Directive(Work):
    work_class = content_code = "directive"

    urgency = models.CharField(
        _("urgency"), max_length=12, choices=Urgency.choices, default=Urgency.NORMAL
    )
    recipients = ParentalManyToManyField(
        Organisation, verbose_name=_("recipients"), blank=True, related_name="received_directives"
    )
    recipients_note = models.CharField(
        _("other recipients (nơi nhận)"), max_length=1000, blank=True
    )
    expires = models.DateField(
        _("in use until"),
        null=True,
        blank=True,
        help_text=_("The first day on which it no longer applies; empty when it says none."),
    )
    keywords = ClusterTaggableManager(
        through=DirectiveKeyword, verbose_name=_("keywords"), blank=True
    )

    FROZEN = (*Work.FROZEN, "urgency", "recipients_note", "expires")

    class Meta:
        verbose_name = _("directive")
        verbose_name_plural = _("directives")
        constraints = [live_needs_record("directive"), copies_never_live("directive")]
        # Covering: counts of facets are read from the index alone. ``live`` stands last, because
        # SQLite takes a bare boolean for no search term.
        indexes = [
            models.Index(fields=["audience", "issued", "live"], name="directive_by_day"),
            models.Index(fields=["audience", "type", "live"], name="directive_by_type"),
            models.Index(fields=["audience", "lead_issuer", "live"], name="directive_by_issuer"),
        ]

    def clean(self) -> None:
        super().clean()
        if self.expires and self.issued and self.expires <= self.issued:
            raise ValidationError({"expires": _("The end must come after the beginning.")})

    def frozen_content(self, *, live: bool = False) -> dict[str, object]:
        recipients = sorted(unit.pk for unit in self.recipients.all())
        return {**super().frozen_content(live=live), "recipients": recipients}


class DirectiveSignature(Signature):
    work = ParentalKey(Directive, on_delete=models.CASCADE, related_name="signatures")

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["pk"]
