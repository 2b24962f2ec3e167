"""What follows by itself: default routes, the state after a cancelled review, word to the board."""

from django.db.models.signals import post_migrate
from django.dispatch import receiver
from wagtail.models import WorkflowState
from wagtail.signals import workflow_cancelled

from portal.editorial.models import Publishable
from portal.editorial.signals import taken_down

from . import notifying, reviewing
from .routing import load_defaults
from .subjects import subject_of


@receiver(workflow_cancelled, sender=WorkflowState)
def rest(sender, instance, **kwargs) -> None:
    """Whoever cancelled the review, by our page or by Wagtail's: the item rests again."""
    item = subject_of(instance)
    if isinstance(item, Publishable):
        reviewing.set_state(item, reviewing.resting(item))


@receiver(taken_down)
def tell_the_board(sender, instances, by, reason, **kwargs) -> None:
    for item in instances:
        notifying.taken_down(item, by, reason)


@receiver(post_migrate, dispatch_uid="default routes of review")
def routes_of_a_new_portal(sender, **kwargs) -> None:
    if sender.label == "editorial":
        load_defaults()
