"""The guard: nothing goes live, changes while live, comes down or vanishes on its own.

It knows no caller and no exception: what is live must equal the content of its newest line in
the ledger, and only ``portal.editorial.publishing`` writes such lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from .acts import DOWN, UP

#: Fields that say how an item is being worked on, not what readers see.
BOOKKEEPING = frozenset(
    {
        "latest_revision",
        "has_unpublished_changes",
        "editorial_state",
        "locked",
        "locked_at",
        "locked_by",
        "live_revision",
        "expired",
        "first_published_at",
        "last_published_at",
        # of pages
        "draft_title",
        "latest_revision_created_at",
        "wagtail_admin_comments",
    }
)


class NotApproved(PermissionDenied):
    """Somebody tried to change what readers see without an approval for exactly that."""


_open: ContextVar[frozenset[tuple[str, int]]] = ContextVar("open_items", default=frozenset())


@contextmanager
def parts_open(instance) -> Iterator[None]:
    """While publishing, the parts of this one item (text, files, relations) may be replaced."""
    token = _open.set(_open.get() | {(instance._meta.label, instance.pk)})
    try:
        yield
    finally:
        _open.reset(token)


def refuse_unapproved(instance, update_fields: Iterable[str] | None = None) -> None:
    """Refuse a save that would change what readers see without a ledger line for it.

    Raises:
        NotApproved: ``live`` without a record for exactly this content, or a live item that
            would come down without a record of its withdrawal.
    """
    if update_fields is not None and BOOKKEEPING.issuperset(update_fields):
        return
    if instance.live:
        line = newest_line(instance)
        if (
            instance.working_copy_of_id
            or line is None
            or line.act not in UP
            or instance.publication_record_id != line.pk
            or line.content_hash != instance.live_hash()
        ):
            raise NotApproved(
                _("“%(item)s” can't go live: nobody approved exactly this content.")
                % {"item": instance}
            )
    elif instance.pk and _is_live_in_database(instance):
        line = newest_line(instance)
        if line is None or line.act not in DOWN:
            raise NotApproved(
                _("“%(item)s” can't be taken down without a record.") % {"item": instance}
            )


def refuse_deletion(instance) -> None:
    """A published item is never deleted; it is withdrawn and leaves its trace.

    Raises:
        NotApproved: the item is or was published.
    """
    if instance.live or newest_line(instance) is not None:
        raise NotApproved(
            _("“%(item)s” was published and can't be deleted; withdraw it.") % {"item": instance}
        )


def refuse_part_change(owner) -> None:
    """Refuse to change a part of a live item outside publishing.

    Raises:
        NotApproved: the owner is live.
    """
    if owner is not None and owner.live and (owner._meta.label, owner.pk) not in _open.get():
        raise NotApproved(
            _("“%(item)s” is live: its text, files and relations change only by approval.")
            % {"item": owner}
        )


def newest_line(instance):
    """The newest line of the ledger about this item; None when it was never published."""
    if instance.pk is None:
        return None
    lines = type(instance)._meta.get_field("publication_record").related_model.objects
    content_type = ContentType.objects.get_for_model(instance)
    about = lines.filter(content_type=content_type, object_id=instance.pk)
    return about.order_by("-number").first()


def _is_live_in_database(instance) -> bool:
    return type(instance)._base_manager.filter(pk=instance.pk, live=True).exists()
