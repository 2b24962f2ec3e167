"""Pictures and files of the library that no page uses."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.db.models.fields import CharField
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.auth import require_admin_access
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from portal.organisations.access import access_of
from portal.organisations.roles import Ability
from portal.pages.models import Attachment, Picture

ROWS = 50
KINDS = {"anh": Picture, "tep": Attachment}


def may_see(user) -> bool:
    return not user.is_superuser and access_of(user).can(Ability.WRITE)


def unused(model, user):
    """Rows that somebody sees and nothing uses, oldest first; drafts count as uses."""
    used = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id=Cast(OuterRef("pk"), CharField()),
    )
    policy = policy_registry.get_by_type(model)
    rows = policy.instances_user_has_any_permission_for(user, {"choose"})
    return (
        rows.filter(~Exists(used)).select_related("uploaded_by_user").order_by("created_at", "pk")
    )


@require_admin_access
def listing(request) -> HttpResponse:
    """The unused rows; whoever brought one in may take it away here, many at once."""
    if not may_see(request.user):
        raise PermissionDenied
    kind = request.GET.get("loai", "anh")
    model = KINDS.get(kind, Picture)
    rows = unused(model, request.user)
    if request.method == "POST":
        mine = rows.filter(pk__in=_numbers(request.POST), uploaded_by_user=request.user)
        count = 0
        for row in mine:
            row.delete()
            count += 1
        text = ngettext("%d was deleted.", "%d were deleted.", count) % count
        messages.success(request, text)
        return redirect(f"{request.path}?loai={kind}")
    page = Paginator(rows, ROWS).get_page(request.GET.get("trang"))
    context = {
        "page": page, "kind": kind,
        "kinds": [("anh", _("Pictures")), ("tep", _("Files"))],
    }  # fmt: skip
    return render(request, "admin_pages/pages/unused.html", context)


def _numbers(data) -> list[int]:
    return [int(one) for one in data.getlist("row") if one.isascii() and one.isdigit()][:ROWS]
