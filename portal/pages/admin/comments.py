"""Comments on drafts: what waits for moderation, what was decided, and all of them as a file."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from portal.core.exports import xlsx_response
from portal.pages import commenting
from portal.pages.models import Comment

from .questions import may_see

ROWS = 50
HEAD = ("dự thảo", "điều", "ý kiến", "người góp ý", "gửi lúc", "tình trạng", "lý do")


@require_admin_access
def listing(request) -> HttpResponse:
    """What waits, the oldest first, then the rest; ``?xuat=xlsx`` gives all as a file."""
    if not may_see(request.user):
        raise PermissionDenied(_("Only people of the unit read its comments."))
    rows = commenting.comments_of(request.user)
    if request.GET.get("xuat") == "xlsx":
        cells = (_cells(one) for one in rows.order_by("page", "at").iterator())
        return xlsx_response("gop-y-du-thao", "Góp ý", HEAD, cells)
    decided = rows.exclude(state=Comment.State.WAITS).order_by("-moderated_at")
    context = {
        "page": Paginator(rows.filter(state=Comment.State.WAITS), ROWS).get_page(
            request.GET.get("trang")
        ),
        "decided": decided[:ROWS],
    }
    return render(request, "admin_pages/pages/comments.html", context)


def _cells(row: Comment) -> tuple[object, ...]:
    at = timezone.localtime(row.at)
    return (row.page.title, row.place, row.text, row.by, f"{at:%d/%m/%Y %H:%M}",
            str(row.get_state_display()), row.reason)  # fmt: skip


@require_admin_access
def one(request, pk: int) -> HttpResponse:
    """One comment: show it, or keep it back with a reason."""
    comment = commenting.comments_of(request.user).filter(pk=pk).first()
    if comment is None:
        raise Http404
    if request.method == "POST":
        state = "khong" if "keep_back" in request.POST else "hien" if "show" in request.POST else ""
        try:
            commenting.moderate(comment, request.user, state, request.POST.get("reason", ""))
        except (PermissionDenied, ValidationError) as error:
            for message in getattr(error, "messages", [str(error)]):
                messages.error(request, message)
            return redirect(request.path)
        messages.success(request, _("Saved."))
        return redirect("comments")
    may = commenting.may_moderate(request.user, comment)
    return render(
        request, "admin_pages/pages/comment.html", {"comment": comment, "may_moderate": may}
    )
