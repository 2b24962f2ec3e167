"""The list of links that lead nowhere."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.admin.auth import require_admin_access

from portal.core.exports import csv_response
from portal.organisations.access import access_of
from portal.organisations.roles import Ability
from portal.pages import broken_links
from portal.pages.models import BrokenLink, PortalPage
from portal.pages.permissions import own_pages

ROWS = 50
HEAD = ("trang", "địa chỉ", "đơn vị", "chỗ", "lỗi", "thấy ngày")


def may_see(user) -> bool:
    access = access_of(user)
    return access.can(Ability.READ) or access.can(Ability.AUDIT)


def _rows(user):
    rows = BrokenLink.objects.filter(page__live=True).select_related("page__unit")
    if not access_of(user).can(Ability.AUDIT):
        rows = rows.filter(page__in=own_pages(user, Ability.READ))
    return rows.order_by("page__path", "pk")


@require_admin_access
def listing(request) -> HttpResponse:
    """Links of the pages of one's units; a page that was mended is looked at again at once."""
    if not may_see(request.user):
        raise PermissionDenied
    rows = _rows(request.user)
    if request.method == "POST":
        number = request.POST.get("page", "")
        pages = PortalPage.objects.filter(pk__in=rows.values("page"))
        page = get_object_or_404(pages, pk=number if number.isdigit() else 0)
        broken_links.scan([page.specific])
        return redirect("broken_links")
    if request.GET.get("xuat") == "csv":
        cells = [(row.page.title, row.page.address, str(row.page.unit or ""), row.place, row.message,
                  f"{row.found_at:%d/%m/%Y}") for row in rows]  # fmt: skip
        return csv_response("lien-ket-hong", HEAD, cells)
    page = Paginator(rows, ROWS).get_page(request.GET.get("trang"))
    return render(request, "admin_pages/pages/broken_links.html", {"page": page})
