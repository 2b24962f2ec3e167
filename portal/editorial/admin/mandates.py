"""Mandates in the admin: one person proposes, a head over the owning unit approves."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from portal.editorial.models import Mandate
from portal.organisations.access import access_of
from portal.organisations.roles import Ability


class MandateForm(forms.ModelForm):
    class Meta:
        model = Mandate
        fields = ("title", "source", "authority", "manifest", "folder", "owner", "valid_until")
        widgets = {"valid_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.proposed_by = user
        self.fields["owner"].queryset = access_of(user).units(Ability.WRITE)


def may_see(user) -> bool:
    return access_of(user).can(Ability.READ)


def _own(user) -> QuerySet[Mandate]:
    """Mandates of units over which the user is an editor."""
    if not may_see(user):
        raise PermissionDenied(_("Only editors see mandates."))
    units = access_of(user).units(Ability.READ)
    return Mandate.objects.filter(owner__in=units).select_related(
        "owner", "proposed_by", "approved_by"
    )


@require_admin_access
def listing(request) -> HttpResponse:
    """All mandates of own units, newest first."""
    return render(request, "admin_pages/mandate_list.html", {"rows": _own(request.user)})


@require_admin_access
def propose(request) -> HttpResponse:
    """Propose a mandate; it does nothing until another person approved it."""
    if not access_of(request.user).can(Ability.WRITE):
        raise PermissionDenied(_("Only editors propose mandates."))
    form = MandateForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        mandate = form.save()
        messages.success(request, _("Proposed; a second person must approve it."))
        return redirect("mandate", mandate.pk)
    return render(request, "admin_pages/mandate_propose.html", {"form": form})


@require_admin_access
def mandate(request, pk: int) -> HttpResponse:
    """One mandate with what was published under it; approval by a second person."""
    row = _own(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        try:
            row.approve(request.user)
        except ValidationError as error:
            messages.error(request, "; ".join(error.messages))
        else:
            messages.success(request, _("Mandate %(id)s is approved.") % {"id": row.pk})
        return redirect(request.path)
    context = {
        "row": row,
        "may_approve": not row.is_approved
        and row.proposed_by_id != request.user.pk
        and access_of(request.user).may_approve(row.owner),
        "published": row.records.count(),
    }
    return render(request, "admin_pages/mandate.html", context)
