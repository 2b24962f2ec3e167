"""Plain registers that an administrator keeps: types, fields, signers."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.core import text


class WorkClass(models.TextChoices):
    """Which class a document of a type becomes."""

    LEGAL = "legal", _("Legal document (văn bản pháp luật)")
    DIRECTIVE = "directive", _("Directive (văn bản chỉ đạo, điều hành)")


class DocumentType(models.Model):
    """Loại văn bản, with its rank in the hierarchy (Luật 64/2025/QH15, Điều 4)."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    label = models.CharField(
        _("label"), max_length=60, help_text=_("The word on the document: “Nghị định”.")
    )
    abbreviation = models.CharField(_("abbreviation"), max_length=12, blank=True)
    work_class = models.CharField(
        _("class"), max_length=10, choices=WorkClass.choices, default=WorkClass.LEGAL
    )
    normative = models.BooleanField(_("normative (QPPL)"), default=True)
    has_validity = models.BooleanField(
        _("has validity"), default=True, help_text=_("Letters and notices show no validity.")
    )
    level = models.CharField(_("level"), max_length=12, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), default=90)
    number_pattern = models.CharField(_("number pattern"), max_length=120, blank=True)
    used_from = models.DateField(_("used from"), null=True, blank=True)
    used_to = models.DateField(_("used until"), null=True, blank=True)

    class Meta:
        verbose_name = _("document type")
        verbose_name_plural = _("document types")
        ordering = ["rank", "name"]

    def __str__(self) -> str:
        return self.name


class Field(models.Model):
    """Lĩnh vực, and under it topics (chủ đề, đề mục)."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("field above"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="topics",
    )
    order = models.PositiveIntegerField(_("order"), default=1000)

    class Meta:
        verbose_name = _("field")
        verbose_name_plural = _("fields")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("field", args=[self.slug])

    def save(self, *args, **kwargs) -> None:
        self.slug = self.slug or text.slugify(self.name)[:120]
        super().save(*args, **kwargs)


class Signer(models.Model):
    """Người ký."""

    name = models.CharField(_("name"), max_length=120)
    key = models.CharField(max_length=120, unique=True, editable=False)

    class Meta:
        verbose_name = _("signer")
        verbose_name_plural = _("signers")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.key = text.tone_key(self.name)[:120]
        super().save(*args, **kwargs)
