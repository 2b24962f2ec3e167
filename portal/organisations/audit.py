"""Writes the log of what people did, inside the transaction of what they did."""

from __future__ import annotations

from contextvars import ContextVar

from django.contrib.contenttypes.models import ContentType

from .access import Grant
from .models import AuditEntry, Organisation, User

#: Network address of the request that is being answered; None outside of one.
current_address: ContextVar[str | None] = ContextVar("current_address", default=None)


def record(
    actor: User | None,
    action: str,
    subject=None,
    *,
    right: Grant | None = None,
    unit: Organisation | None = None,
    states: tuple[str, str] = ("", ""),
    reason: str = "",
    content_hash: str = "",
    changes: dict[str, object] | None = None,
) -> AuditEntry:
    """Write that ``actor`` did ``action`` to ``subject`` (any saved row), under ``right``.

    ``states`` are the state before and after; ``changes`` maps a field to [before, after].
    """
    content_type = ContentType.objects.get_for_model(subject) if subject is not None else None
    return AuditEntry.objects.create(
        actor=actor,
        acting_as=right.role if right else "",
        delegation_id=right.delegation or None if right else None,
        unit=unit or _unit_of(subject),
        action=action,
        content_type=content_type,
        object_id=subject.pk if subject is not None else None,
        label=str(subject)[:255] if subject is not None else "",
        state_before=states[0],
        state_after=states[1],
        reason=reason,
        content_hash=content_hash,
        changes=changes or {},
        address=current_address.get(),
    )


def _unit_of(subject):
    """The unit that answers for a row: that of content, or the ``owner`` of our other tables."""
    if hasattr(subject, "owning_unit"):
        return subject.owning_unit
    return getattr(subject, "owner", None)
