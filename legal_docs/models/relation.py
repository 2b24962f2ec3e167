"""Relation (quan hệ, lược đồ): one directed edge, shown under both labels.

``source`` is the document that acts (issued later, does the repealing), ``target`` the one
acted upon; the kinds and both labels stand in ``legal_docs.validity.relations``.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from legal_docs.validity.relations import RELATION_KINDS

from .identity import WorkIdentity
from .part import Part, PartQuerySet


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.code, kind.label_outgoing) for kind in RELATION_KINDS]


class Relation(Part):
    source = models.ForeignKey(WorkIdentity, on_delete=models.CASCADE, related_name="acts_on")
    target = models.ForeignKey(WorkIdentity, on_delete=models.CASCADE, related_name="acted_on_by")
    kind = models.CharField(_("kind"), max_length=24, choices=kind_choices)
    whole = models.BooleanField(_("the whole document"), default=True)
    source_provision = models.CharField(_("provision that acts"), max_length=120, blank=True)
    target_provision = models.CharField(_("provision acted upon"), max_length=120, blank=True)
    effective = models.DateField(
        _("effective"),
        null=True,
        blank=True,
        help_text=_("Empty: the day on which the acting document comes into force."),
    )
    until = models.DateField(_("until"), null=True, blank=True)
    evidence = models.TextField(_("excerpt"), blank=True)
    stated_by = models.ForeignKey(
        WorkIdentity,
        on_delete=models.CASCADE,
        related_name="stated_relations",
        help_text=_("The work in whose entry the edge was stated."),
    )

    owner_field = "stated_by"

    class Meta:
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="no_relation_to_itself"
            ),
            models.UniqueConstraint(
                fields=[
                    "stated_by",
                    "source",
                    "target",
                    "kind",
                    "source_provision",
                    "target_provision",
                    "state",
                ],
                # What was live once is history; a live one may wait to be replaced by a draft.
                condition=~models.Q(state=Part.State.PAST),
                name="relation_once_a_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.kind} → {self.target}"

    def twins(self) -> PartQuerySet:
        """Others of the same statement, whatever their dates."""
        return Relation.objects.filter(
            stated_by=self.stated_by_id,
            source=self.source_id,
            target=self.target_id,
            kind=self.kind,
            source_provision=self.source_provision,
            target_provision=self.target_provision,
        ).exclude(pk=self.pk)

    def clean(self) -> None:
        super().clean()
        if self.source_id == self.target_id:
            raise ValidationError(_("A document can't act on itself."))
