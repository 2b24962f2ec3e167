"""Expression (bản văn) and its provisions (điều khoản).

The HTML is stored rendered, sanitised and with ids; provisions are derived from it and can be
rebuilt at any time. Listings never load either.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .identity import WorkIdentity
from .part import Part


class Expression(Part):
    """The text of a work as valid in [valid_from, valid_to), in one language."""

    class Kind(models.TextChoices):
        ORIGINAL = "goc", _("Original text")
        CONSOLIDATED = "hop-nhat", _("Consolidated text")

    work = models.ForeignKey(WorkIdentity, on_delete=models.CASCADE, related_name="expressions")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.ORIGINAL)
    language = models.CharField(max_length=5, default="vi")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    html = models.TextField()
    text_hash = models.CharField(max_length=64)
    text_key = models.CharField(max_length=32, default="", db_index=True, editable=False)
    outline = models.JSONField(default=list, help_text="contents tree: [eid, kind, label, heading]")
    notes = models.JSONField(default=list, help_text="what the parser warned of")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("expression")
        verbose_name_plural = _("expressions")
        ordering = ["work", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="expression_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.work} ({self.get_kind_display()})"


class Provision(models.Model):
    """An addressable unit of a text: phần, chương, mục, điều, phụ lục. Derived."""

    expression = models.ForeignKey(Expression, on_delete=models.CASCADE, related_name="provisions")
    eid = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)
    number = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=160)
    heading = models.TextField(blank=True)
    parent_eid = models.CharField(max_length=120, blank=True)
    depth = models.PositiveSmallIntegerField(default=0)
    order = models.PositiveIntegerField()
    text = models.TextField()
    text_key = models.CharField(max_length=32, default="", db_index=True, editable=False)
    start = models.PositiveIntegerField(help_text="offset of its HTML in the expression's")
    end = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ["expression", "order"]
        constraints = [
            models.UniqueConstraint(fields=["expression", "eid"], name="provision_id_once")
        ]

    def __str__(self) -> str:
        return self.label
