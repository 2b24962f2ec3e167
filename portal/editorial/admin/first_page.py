"""The first page of the admin: lists of what concerns who has just signed in."""

from __future__ import annotations

from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import LockedPagesPanel, RecentEditsPanel

from portal.editorial import dashboard


class WorkPanel(Component):
    name = "work"
    template_name = "admin_pages/review/first_page.html"
    order = 10

    def get_context_data(self, parent_context):
        return {"lists": dashboard.lists_for(parent_context["request"].user)}


def our_panels(request, panels) -> None:
    """Wagtail's lists of tasks know nothing of our rights and hashes: ours take their place."""
    kept = [one for one in panels if isinstance(one, RecentEditsPanel | LockedPagesPanel)]
    panels[:] = [WorkPanel(), *kept]
