"""Beginning a page in another language."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from portal.organisations import audit
from portal.pages import languages
from portal.pages.models import PortalPage


@require_admin_access
def translate(request, pk: int, code: str) -> HttpResponse:
    """Ask first; then a draft with the words of the original opens in the editor."""
    page = get_object_or_404(PortalPage, pk=pk).specific
    if code not in languages.NAMES:
        raise Http404(code)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if request.method != "POST":
        context = {"page": page, "language": languages.NAMES[code]}
        return render(request, "admin_pages/pages/translate.html", context)
    try:
        with transaction.atomic():
            made = languages.begin(page, code, request.user)
    except (ValidationError, PermissionDenied) as error:
        messages.error(request, " ".join(getattr(error, "messages", [str(error)])))
        return redirect("wagtailadmin_pages:edit", page.pk)
    audit.record(request.user, "page.translation_begun", made, reason=page.title)
    messages.success(request, _("This draft has the words of the original: translate them."))
    return redirect("wagtailadmin_pages:edit", made.pk)
