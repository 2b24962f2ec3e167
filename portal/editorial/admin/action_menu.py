"""The buttons under the editor: keep the draft, then our review page. Wagtail's own buttons of
publication and decision would be doors that open nothing here, so they are not shown."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.action_menu import ActionMenuItem

from portal.editorial.models import Publishable
from portal.editorial.states import EDITABLE

#: Wagtail's names of buttons that lead past our review page.
_NOT_OURS = frozenset(
    {"action-publish", "action-unpublish", "action-submit", "action-restart-workflow",
     "action-cancel-workflow", "action-workflow-action", "action-delete"}
)  # fmt: skip


class SendForReview(ActionMenuItem):
    """Keep the draft and go on to the page that sends it."""

    name = "action-submit"
    label = _("Save and send for review")
    icon_name = "resubmit"
    order = 5

    def is_shown(self, context) -> bool:
        item = context.get("instance")
        if getattr(item, "working_copy_of_id", None):
            return False
        return item is None or item.editorial_state in EDITABLE


def our_acts(menu_items, request, context) -> None:
    """Take Wagtail's buttons away, put ours there."""
    if not issubclass(context["model"], Publishable):
        return
    menu_items[:] = [one for one in menu_items if one.name not in _NOT_OURS]
    send = SendForReview()
    if send.is_shown(context):  # Wagtail asks only its own items
        menu_items.append(send)
