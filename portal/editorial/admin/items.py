"""Finding an item of any publishable class by its address in the admin, for who may read it."""

from __future__ import annotations

from django.apps import apps
from django.http import Http404

from portal.editorial.models import Publishable
from portal.editorial.owned_rows import listed
from portal.organisations.access import access_of
from portal.organisations.roles import Ability


def model_at(label: str) -> type[Publishable]:
    """The publishable class of “app.model”. Raises Http404 for anything else."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        raise Http404 from None
    if not issubclass(model, Publishable):
        raise Http404
    return model


def item_at(request, label: str, pk: int, *abilities: Ability) -> Publishable:
    """An item over whose unit the user holds one of the abilities; auditors read all.

    A working copy is none: it is neither sent, nor reviewed, nor shared.

    Raises:
        Http404: there is none, or it is none of his: both answer alike.
    """
    model = model_at(label)
    item = listed(model._default_manager.for_review()).filter(pk=pk).first()
    access = access_of(request.user)
    wanted = abilities or (Ability.READ,)
    if item is None or not (
        any(access.can(one, item.owning_unit, item.content_code) for one in wanted)
        or (not abilities and access.can(Ability.AUDIT))
    ):
        raise Http404
    if item.latest_revision:
        item.latest_revision.content_object = item  # its draft is made of this row
    return item
