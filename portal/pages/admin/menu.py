"""The menu of the admin, in the order of the day's work. Rooms register their entries; here is said
only where each stands."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import Menu, SubmenuMenuItem

from portal.organisations.access import access_of
from portal.organisations.roles import Ability, Content
from portal.pages.models import PortalPage

#: What leads to pages of another site in another language, or to lists of all units.
_LEFT_OUT = frozenset({"help", "reports", "snippets"})
#: Entries that stand by themselves, by name; the rest keeps the place that it asked for.
_ORDER = {
    "my_work": 10, "legal-documents": 20, "intake": 21, "directives": 30,
    "news": 40, "explorer": 50, "mandates": 80,
}  # fmt: skip
#: label, icon, place, names of the entries in their order
_GROUPS = (
    (_("From the public"), "mail", 60, ("questions", "comments", "form_pages", "error_reports")),
    (_("Library"), "image", 70, ("images", "documents", "unused_files", "bring_pages")),
    (_("Reports"), "order", 690,
     ("section_duties", "usage", "broken_links", "review_statistics", "log")),
    (_("People and routes"), "group", 705, ("roles", "delegations", "routes", "rules")),
)  # fmt: skip


def arrange(request, menu_items) -> None:
    """Put the entries that this person sees in their order, and those of a kind together."""
    there = {item.name: item for item in menu_items if item.name not in _LEFT_OUT}
    if "documents" in there:  # beside legal documents, the files of the library are files
        there["documents"].label = _("Files")
    arranged = []
    for label, icon, order, names in _GROUPS:
        items = [there.pop(name) for name in names if name in there]
        for place, item in enumerate(items):
            item.order = place
        if items:
            name = slugify("-".join(names))
            arranged.append(
                SubmenuMenuItem(label, Menu(items=items), name=name, icon_name=icon, order=order)
            )
    for name, item in there.items():
        item.order = _ORDER.get(name, item.order)
        arranged.append(item)
    menu_items[:] = sorted(arranged, key=lambda one: one.order)


def writes_news(user) -> bool:
    return not user.is_superuser and access_of(user).can(Ability.WRITE, content=Content.NEWS)


@require_admin_access
def news(request) -> HttpResponse:
    """The list of news: the first page that holds some.

    Raises:
        Http404: there is none yet; one is added under the home page.
    """
    rows = PortalPage.objects.filter(
        content_type__model="newsindexpage", working_copy_of=None
    ).order_by("path")
    first = rows.values_list("pk", flat=True).first()
    if first is None:
        raise Http404
    return redirect("wagtailadmin_explore", first)
