"""The classes of works: how an identity finds the row behind it, whatever its class.

``legal_docs`` knows its own class; ``directives`` registers the other one, so that relations,
links and pages treat both alike without importing it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.signals import post_delete

from portal.organisations.audience import Audience

from .models.identity import WorkIdentity
from .models.work import Work


@dataclass(frozen=True, slots=True)
class WorkKind:
    """A registered class and the first part of its addresses."""

    model: type[Work]
    prefix: str


_KINDS: dict[str, WorkKind] = {}


def register_work_class(model: type[Work], prefix: str) -> None:
    """Make a class of works known; called from ``AppConfig.ready``."""
    from .receivers import leave_nothing_behind

    _KINDS[model.work_class] = WorkKind(model, prefix)
    post_delete.connect(leave_nothing_behind, sender=model, dispatch_uid=model.work_class)


def kinds() -> tuple[WorkKind, ...]:
    return tuple(_KINDS.values())


def kind_of(work_class: str) -> WorkKind:
    """Raises KeyError for a class that nobody registered."""
    return _KINDS[work_class]


def work_of(identity: WorkIdentity) -> Work | None:
    """The work behind an identity, whoever may see it; None for a stub."""
    if identity.is_stub or identity.work_class not in _KINDS:
        return None
    model = _KINDS[identity.work_class].model
    return model.objects.filter(identity=identity).first()


def visible_works(identities: Iterable[WorkIdentity], audience: Audience) -> dict[int, Work]:
    """Works behind identities that this reader may see, by identity id; one query a class."""
    by_class: dict[str, list[int]] = {}
    for identity in identities:
        if not identity.is_stub:
            by_class.setdefault(identity.work_class, []).append(identity.pk)
    found: dict[int, Work] = {}
    for work_class, ids in by_class.items():
        rows = _KINDS[work_class].model.objects.visible_to(audience).for_listing()
        for work in rows.filter(identity_id__in=ids):
            found[work.identity_id] = work
    return found


def live_identities(identities: Iterable[WorkIdentity]) -> set[int]:
    """Ids of those whose work is live, whoever may read it; one query a class."""
    by_class: dict[str, list[int]] = {}
    for identity in identities:
        if identity.work_class in _KINDS:
            by_class.setdefault(identity.work_class, []).append(identity.pk)
    found: set[int] = set()
    for work_class, ids in by_class.items():
        rows = _KINDS[work_class].model.objects.filter(identity_id__in=ids, live=True)
        found |= set(rows.values_list("identity_id", flat=True))
    return found
