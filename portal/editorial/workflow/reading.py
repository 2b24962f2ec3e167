"""Readings of items by state, over all publishable classes."""

from __future__ import annotations

from portal.editorial.models import publishable_models
from portal.editorial.owned_rows import listed
from portal.organisations.access import access_of
from portal.organisations.roles import Ability

from .notifying import review_url

ROWS = 50


def items_in_state(user, state: str, ability: Ability = Ability.WRITE) -> list[dict[str, object]]:
    """Items in a state over whose units somebody holds an ability: {"item", "url"}."""
    found = []
    for model in publishable_models():
        paths = access_of(user).paths(ability, model.content_code)
        if not paths or user.is_superuser:
            continue
        rows = listed(model._default_manager.of_owners(paths)).filter(editorial_state=state)
        for item in rows.for_review().defer("latest_revision__content")[:ROWS]:
            found.append({"item": item, "url": review_url(item)})
    return found
