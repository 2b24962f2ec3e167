"""Links to a draft for people without an account: make one, see who used it, end it."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from wagtail.admin.auth import require_admin_access

from portal.editorial.models import ShareLink
from portal.organisations import audit
from portal.organisations.roles import Ability

from .items import item_at

DAYS = (1, 3, 7, 14)
#: Open links to one item; more are a leak waiting to happen.
MOST = 10


class ShareForm(forms.Form):
    purpose = forms.CharField(
        label=gettext_lazy("For whom, for what"), max_length=200,
        help_text=gettext_lazy("Stands in the log: who asked for it and why."),
    )  # fmt: skip
    days = forms.TypedChoiceField(
        label=gettext_lazy("Ends after"), coerce=int, initial=3,
        choices=[(n, ngettext_lazy("%d day", "%d days", n) % n) for n in DAYS],
    )  # fmt: skip


@require_admin_access
def share(request, label: str, pk: int) -> HttpResponse:
    """The links to a draft; those who write, check or decide on it make and end them."""
    item = item_at(request, label, pk, Ability.WRITE, Ability.CHECK, Ability.EDIT, Ability.APPROVE)
    form = ShareForm(request.POST or None)
    if request.method == "POST" and "revoke" in request.POST:
        number = request.POST["revoke"]
        rows = ShareLink.objects.of(item).open()
        row = get_object_or_404(rows, pk=number if number.isdigit() else 0)
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        audit.record(request.user, "draft.unshared", item, reason=row.purpose)
        messages.success(request, _("The link leads nowhere from now on."))
        return redirect("share", label, pk)
    if request.method == "POST" and form.is_valid():
        if ShareLink.objects.of(item).open().count() >= MOST:
            form.add_error(None, _("There are ten open links to it. End one first."))
        else:
            _make(request, item, form.cleaned_data)
            return redirect("share", label, pk)
    rows = list(ShareLink.objects.of(item).select_related("made_by")[:50])
    for row in rows:
        row.url = settings.PORTAL_URL + reverse("draft", args=[row.token])
    return render(
        request, "admin_pages/review/share.html", {"item": item, "form": form, "rows": rows}
    )


def _make(request, item, data: dict) -> None:
    row = ShareLink.objects.create(
        content_type=ContentType.objects.get_for_model(type(item)),
        object_id=item.pk,
        made_by=request.user,
        purpose=data["purpose"],
        expires_at=timezone.now() + dt.timedelta(days=data["days"]),
    )
    audit.record(
        request.user, "draft.shared", item, reason=row.purpose,
        changes={"expires": [None, f"{row.expires_at:%Y-%m-%d %H:%M}"]},
    )  # fmt: skip
