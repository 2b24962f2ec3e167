"""Derived rows follow what is published, inside the same transaction."""

from django.db.models import Q
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from portal.editorial.signals import relation_changed, went_live, withdrawn

from . import effects
from .models import Expression, ImportRecord, Manifestation, Relation
from .models.work import Work


@receiver(pre_delete, sender=Expression)
@receiver(pre_delete, sender=Manifestation)
@receiver(pre_delete, sender=Relation)
def refuse_deletion_of_live_part(sender, instance, **kwargs) -> None:
    """``queryset.delete()`` calls no ``delete()`` of the model, but this."""
    instance.refuse_change()


def leave_nothing_behind(sender, instance, **kwargs) -> None:
    """A deleted draft gives its address free; what others say of it points to a stub again."""
    identity = instance.identity
    Expression.objects.filter(work=identity).delete()
    Manifestation.objects.filter(work=identity).delete()
    Relation.objects.filter(stated_by=identity).delete()
    if not Relation.objects.filter(Q(source=identity) | Q(target=identity)).exists():
        identity.delete()
        return
    ImportRecord.objects.filter(work=identity).delete()
    identity.work_class, identity.path = "", None
    identity.save()
    effects.recompute([identity.pk])


@receiver(went_live)
@receiver(withdrawn)
def recompute_validity(sender, instances, **kwargs) -> None:
    """Validity of the works themselves, and of those on which they act."""
    if not issubclass(sender, Work):
        return
    own = {work.identity_id for work in instances}
    acting = Relation.objects.filter(kind__in=effects.ACTING)
    stated = acting.filter(stated_by__in=own).values_list("target_id", flat=True)
    # What acts by the date of a work that only now arrived changes, too.
    acted_on = acting.filter(source__in=own).values_list("target_id", flat=True)
    others = effects.recompute({*own, *stated, *acted_on}) - own
    if others:
        relation_changed.send(sender, instances=instances, identity_ids=sorted(others))
