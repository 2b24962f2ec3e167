"""The ONE visibility policy: which items a reader may see.

Everything that lists or serves an item goes through ``visible_to`` (many) or ``is_visible_to``
(one); the search index stores the same tokens. To a stranger an internal item answers as one
that does not exist.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from portal.organisations.audience import (
    ALL_UNITS_TOKEN,
    PUBLIC_TOKEN,
    Audience,
    unit_token,
)


class AudienceKind(models.TextChoices):
    PUBLIC = "public", _("Everybody")
    UNITS = "units", _("All units")
    CHOSEN = "chosen", _("Chosen units")


class ForAudienceQuerySet(models.QuerySet):
    def visible_to(self, audience: Audience) -> Self:
        """What this reader may see: live, and addressed to him."""
        addressed = Q(audience=AudienceKind.PUBLIC)
        if audience.member:
            addressed |= Q(audience=AudienceKind.UNITS)
        if audience.units:
            relation = self.model._meta.get_field("audience_units")
            chosen = relation.remote_field.through.objects.filter(
                organisation_id__in=audience.units
            ).values(relation.m2m_column_name())
            addressed |= Q(audience=AudienceKind.CHOSEN, pk__in=chosen)
        return self.filter(addressed, live=True)


class ForAudience(models.Model):
    """Abstract: an item with an audience. The model also has ``live``."""

    audience = models.CharField(
        _("audience"), max_length=8, choices=AudienceKind.choices, default=AudienceKind.PUBLIC
    )
    audience_units = ParentalManyToManyField(
        "organisations.Organisation",
        verbose_name=_("chosen units"),
        blank=True,
        related_name="+",
        help_text=_("Only for the audience “chosen units”; offices under them read it too."),
    )

    class Meta:
        abstract = True

    def audience_tokens(self) -> tuple[str, ...]:
        """The tokens of which a reader needs one (see ``portal.organisations.audience``)."""
        if self.audience == AudienceKind.PUBLIC:
            return (PUBLIC_TOKEN,)
        if self.audience == AudienceKind.UNITS:
            return (ALL_UNITS_TOKEN,)
        return tuple(unit_token(unit.pk) for unit in self.audience_units.all())

    def is_visible_to(self, audience: Audience) -> bool:
        """The same rule for a single item."""
        return bool(self.live and set(self.audience_tokens()) & set(audience.tokens()))
