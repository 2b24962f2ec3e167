"""Derived rows follow what is published, inside the same transaction."""

from django.dispatch import receiver

from portal.editorial.signals import relation_changed, went_live, withdrawn

from . import effects
from .models import Relation
from .models.work import Work


@receiver(went_live)
@receiver(withdrawn)
def recompute_validity(sender, instances, **kwargs) -> None:
    """Validity of the works themselves, and of those on which they act."""
    if not issubclass(sender, Work):
        return
    own = {work.identity_id for work in instances}
    edges = Relation.objects.filter(stated_by__in=own).values_list("source_id", "target_id")
    ends = {identity_id for edge in edges for identity_id in edge}
    # What acts by the date of a work that only now arrived changes, too.
    acted_on = Relation.objects.filter(source__in=own).values_list("target_id", flat=True)
    touched = own | ends | set(acted_on)
    effects.recompute(touched)
    others = touched - own
    if others:
        relation_changed.send(sender, instances=instances, identity_ids=sorted(others))
