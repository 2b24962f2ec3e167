"""Pages of another unit can't be seen or touched, whatever view of Wagtail's admin is asked.

Most of its page views ask what somebody may do, few whether he may know of the page at all. So
every page that an address of the admin names is looked up first, among those that its reader
finds in the explorer. Wagtail's reports list pages and rows of all units; ours take their place.
"""

from __future__ import annotations

from django.http import Http404

from .permissions import explorable

#: Parts of the admin's addresses that name a page.
_KEYS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "pk")
_OURS = ("wagtailadmin_pages:", "wagtailadmin_explore", "wagtailadmin_choose_page",
         "wagtailadmin_reports:")  # fmt: skip


def OwnPagesOnly(get_response):
    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        match = request.resolver_match
        if match is None or not match.view_name or not match.view_name.startswith(_OURS):
            return
        if match.namespace == "wagtailadmin_reports":
            raise Http404
        if not request.user.is_authenticated:
            return
        named = {int(kwargs[key]) for key in _KEYS if str(kwargs.get(key, "")).isdecimal()}
        if match.view_name.startswith("wagtailadmin_choose_page"):
            named |= {int(one) for one in request.GET.getlist("id") if one.isdecimal()}
        if not named:
            return
        if explorable(request.user).filter(pk__in=named).count() < len(named):
            raise Http404

    middleware.process_view = process_view
    return middleware
