"""LegalDocument (văn bản pháp luật)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase

from portal.editorial.models import live_needs_record

from .work import Signature, Work, copies_never_live


class LegalDocumentKeyword(TaggedItemBase):
    content_object = ParentalKey(
        "legal_docs.LegalDocument", on_delete=models.CASCADE, related_name="tagged_keywords"
    )


class LegalDocument(Work):
    work_class = content_code = "legal"

    in_force = models.DateField(
        _("in force from"),
        null=True,
        blank=True,
        help_text=_("Unknown stays empty: the validity is then “chưa xác định”."),
    )
    expires = models.DateField(
        _("no longer in force from"),
        null=True,
        blank=True,
        help_text=_("Only when the text itself sets its end; a repeal is a relation."),
    )
    gazette_issue = models.CharField(_("gazette issue"), max_length=60, blank=True)
    gazette_date = models.DateField(_("gazette date"), null=True, blank=True)
    no_longer_fit = models.BooleanField(
        _("no longer fit (by review)"),
        default=False,
        help_text=_("Set after a review (rà soát, hệ thống hóa)."),
    )
    keywords = ClusterTaggableManager(
        through=LegalDocumentKeyword, verbose_name=_("keywords"), blank=True
    )

    FROZEN = (
        *Work.FROZEN,
        "in_force",
        "expires",
        "gazette_issue",
        "gazette_date",
        "no_longer_fit",
    )

    class Meta:
        verbose_name = _("legal document")
        verbose_name_plural = _("legal documents")
        constraints = [live_needs_record("legaldocument"), copies_never_live("legaldocument")]
        # Covering: counts of facets are read from the index alone. ``live`` stands last, because
        # SQLite takes a bare boolean for no search term.
        indexes = [
            models.Index(fields=["audience", "issued", "live"], name="legal_by_day"),
            models.Index(fields=["audience", "type", "live"], name="legal_by_type"),
            models.Index(fields=["audience", "lead_issuer", "live"], name="legal_by_issuer"),
        ]

    def clean(self) -> None:
        super().clean()
        if self.in_force and self.expires and self.expires <= self.in_force:
            raise ValidationError({"expires": _("The end must come after the beginning.")})
        if self.in_force and self.issued and self.in_force < self.issued:
            raise ValidationError(
                {"in_force": _("A text is not in force before the day it was issued.")}
            )


class LegalDocumentSignature(Signature):
    work = ParentalKey(LegalDocument, on_delete=models.CASCADE, related_name="signatures")

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["pk"]
