"""Derived rows follow what is published, inside the same transaction."""

from django.dispatch import receiver

from portal.editorial.signals import relation_changed, went_live, withdrawn

from . import effects
from .models import Relation
from .models.work import Work


def _touched(identity_id: int) -> set[int]:
    targets = Relation.objects.filter(stated_by=identity_id).values_list("target_id", flat=True)
    return {identity_id, *targets}


@receiver(went_live)
@receiver(withdrawn)
def recompute_validity(sender, instance, **kwargs) -> None:
    if isinstance(instance, Work):
        touched = _touched(instance.identity_id)
        effects.recompute(touched)
        for identity_id in touched - {instance.identity_id}:
            relation_changed.send(sender, instance=instance, identity_id=identity_id)
