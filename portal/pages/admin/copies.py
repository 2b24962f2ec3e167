"""Working copies of pages in the admin: where their pages stand, and the words of their blocks."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.widgets.button import Button

from portal.editorial.admin import copies
from portal.editorial.merging import ORDER
from portal.pages import copying
from portal.pages.permissions import own_pages


@require_admin_access
def of_page(request, pk: int) -> HttpResponse:
    """Of a page the list of its copies, of a copy its merge.

    Raises:
        Http404: there is none of his: it answers alike.
    """
    page = own_pages(request.user).filter(pk=pk).first()
    if page is None or request.user.is_superuser:
        raise Http404
    return copies.page(request, page.specific, _DESK)


def button(page, user, view_name, next_url=None):
    """In the header of the editor: the copies of what is live, the original of a copy."""
    if view_name != "edit" or not page.permissions_for_user(user).can_edit():
        return
    specific = page.specific
    if specific.working_copy_of_id:
        yield Button(_("Bring into the original"), _address(page), icon_name="copy", priority=55)
    elif page.live:
        yield Button(_("Working copies"), _address(page), icon_name="copy", priority=55)


def _address(page) -> str:
    return reverse("page_copies", args=[page.pk])


def _label(_page, merge, place: str) -> str:
    if place.endswith(ORDER):
        return _("Order of the blocks")
    return merge.labels.get(place, place)


def _words(page, merge, place: str, value) -> str:
    if place.endswith(ORDER):
        prefix = place.removesuffix(ORDER)
        return ", ".join(merge.labels.get(f"{prefix}{key}", key) for key in value)
    return copying.words_of(page, place, value)


_DESK = copies.CopyDesk(
    "wagtailadmin_pages:edit", "wagtailadmin_pages:delete", "page_copies", _label, _words,
    lambda _page, _name, _value: None,
)  # fmt: skip
