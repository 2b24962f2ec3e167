"""The buttons under the editor of a page: keep the draft, then our review page."""

from __future__ import annotations

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem, PageLockedMenuItem, SaveDraftMenuItem
from wagtail.admin.widgets.button import Button

from portal.editorial.states import EDITABLE
from portal.pages import languages
from portal.pages.models import PortalPage

_NAME = "action-review"
_KEPT = (SaveDraftMenuItem, PageLockedMenuItem)


class SendPageForReview(ActionMenuItem):
    """Keep the draft and go on to the page that sends it."""

    name = _NAME
    label = _("Save and send for review")
    icon_name = "resubmit"
    order = 5

    def is_shown(self, context) -> bool:
        page = context.get("page")
        return page is None or getattr(page, "editorial_state", "") in EDITABLE


def our_acts(menu_items, request, context) -> None:
    """Wagtail's buttons of publication and decision open nothing here, so they are not shown."""
    menu_items[:] = [one for one in menu_items if isinstance(one, _KEPT)]
    if not getattr(context.get("page"), "working_copy_of_id", None):
        menu_items.append(SendPageForReview())


def share_button(page, user, view_name, next_url=None):
    """In the header of the editor: a link by which others read the draft."""
    draft = (not page.live or page.has_unpublished_changes) and not _is_copy(page)
    if view_name == "edit" and draft and page.permissions_for_user(user).can_edit():
        url = reverse("share", args=[page.specific_class._meta.label_lower, page.pk])
        yield Button(_("Share the draft"), url, icon_name="link-external", priority=60)


def translate_button(page, user, view_name, next_url=None):
    """In the header of the editor: begin the version in another language."""
    if view_name == "edit" and page.permissions_for_user(user).can_edit() and not _is_copy(page):
        for code in languages.other_languages(page):
            url = reverse("translate_page", args=[page.pk, code])
            label = (
                _("Write the version in English")
                if code == "en"
                else _("Write the version in Vietnamese")
            )
            yield Button(label, url, icon_name="globe", priority=65)


def _is_copy(page) -> bool:
    return bool(getattr(page.specific, "working_copy_of_id", None))


def go_to_review(request, page):
    """After saving by our button: the page with the checks."""
    specific = page.specific
    if request.POST.get(_NAME) and isinstance(specific, PortalPage) and not _is_copy(page):
        return redirect("submit", specific._meta.label_lower, specific.pk)
    return None
