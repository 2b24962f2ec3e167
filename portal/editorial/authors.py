"""Who wrote a draft stays known until it is published: the four eyes rest on its revisions."""

from __future__ import annotations

from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Revision

from .models import Publishable


def keep_authors(sender, instance: Revision, origin=None, **kwargs) -> None:
    """A revision that somebody wrote since the last publication isn't deleted by itself: its author
    could then approve what he wrote. ``purge_revisions`` passes over it.

    Raises:
        ProtectedError: it still tells who wrote the draft.
    """
    alone = isinstance(origin, Revision) or (
        isinstance(origin, QuerySet) and issubclass(origin.model, Revision)
    )
    model = instance.content_type.model_class()
    if not alone or instance.user_id is None or not model or not issubclass(model, Publishable):
        return  # an item that goes takes its revisions along
    rows = model._base_manager.filter(pk=instance.object_id)
    published = rows.values_list("last_published_at", flat=True)[:1]
    for moment in published:
        if moment is None or instance.created_at > moment:
            raise ProtectedError(
                _("This version tells who wrote the draft; it stays until it is published."),
                {instance},
            )
