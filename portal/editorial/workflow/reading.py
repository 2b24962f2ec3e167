"""Readings of items by state, over all publishable classes."""

from __future__ import annotations

from portal.editorial.models import publishable_models
from portal.editorial.owned_rows import listed
from portal.organisations.access import access_of
from portal.organisations.roles import Ability

from .notifying import review_url

ROWS = 50


def items_in_states(
    user, *states: str, ability: Ability = Ability.WRITE
) -> dict[str, list[dict[str, object]]]:
    """State → items in it over whose units somebody holds an ability: {"item", "url"}.

    Most classes have none: one narrow query each tells, and only the others are read whole.
    """
    found: dict[str, list[dict[str, object]]] = {state: [] for state in states}
    for model in publishable_models():
        paths = access_of(user).paths(ability, model.content_code)
        if not paths or user.is_superuser:
            continue
        rows = listed(model._default_manager.of_owners(paths))
        here = rows.filter(editorial_state__in=states).order_by()
        for state in here.values_list("editorial_state", flat=True).distinct():
            whole = rows.filter(editorial_state=state).for_review()
            for item in whole.defer("latest_revision__content")[:ROWS]:
                found[state].append({"item": item, "url": review_url(item)})
    return found
