"""Search listens to publication; no content app knows it."""

from django.db.models.signals import post_delete
from django.dispatch import receiver

from legal_docs.models.work import Work
from portal.editorial.signals import audience_changed, relation_changed, went_live, withdrawn
from portal.pages.models import AnswerPage

from . import learning
from .indexing.outbox import enqueue
from .indexing.pages import page_refs
from .indexing.records import refs_of_identities


@receiver(went_live)
@receiver(withdrawn)
@receiver(audience_changed)
def note_published(sender, instances, **kwargs) -> None:
    if issubclass(sender, Work):
        enqueue((work.work_class, work.pk) for work in instances)
    elif refs := page_refs(sender, [row.pk for row in instances]):
        enqueue(refs)


@receiver(post_delete)
def note_deleted(sender, instance, **kwargs) -> None:
    """Demo pages are the only ones that are deleted; they leave the index too."""
    if refs := page_refs(sender, [instance.pk]):
        enqueue(refs)


@receiver(relation_changed)
def note_ends(sender, identity_ids, **kwargs) -> None:
    enqueue(refs_of_identities(identity_ids))


@receiver(went_live, sender=AnswerPage)
@receiver(audience_changed, sender=AnswerPage)
def note_answers(sender, instances, **kwargs) -> None:
    for answer in instances:
        learning.learn(answer)


@receiver(withdrawn, sender=AnswerPage)
def note_withdrawn_answers(sender, instances, **kwargs) -> None:
    for answer in instances:
        learning.unlearn(answer)
