"""Roles, delegations, and the page that says what a person may do and why."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from portal.organisations import granting
from portal.organisations.access import Grant, access_of, forget
from portal.organisations.models import Delegation, Membership, User
from portal.organisations.roles import ABILITY_LABELS, DELEGABLE, Ability, Role, abilities

DAY = {"type": "date"}


class RoleForm(forms.ModelForm):
    class Meta:
        model = Membership
        fields = ("user", "unit", "role", "content", "valid_from", "valid_to")
        widgets = {
            name: forms.DateInput(attrs=DAY, format="%Y-%m-%d")
            for name in ("valid_from", "valid_to")
        }

    def __init__(self, *args, giver: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, is_superuser=False).exclude(pk=giver.pk)
        self.fields["user"].queryset = people.order_by("last_name", "username")
        self.fields["unit"].queryset = granting.units_kept_by(giver)
        givable = granting.givable_roles(giver)
        self.fields["role"].choices = [pair for pair in Role.choices if pair[0] in givable]


class DelegationForm(forms.ModelForm):
    class Meta:
        model = Delegation
        fields = ("membership", "to", "unit", "content", "valid_from", "valid_to", "reason")
        widgets = {
            name: forms.DateInput(attrs=DAY, format="%Y-%m-%d")
            for name in ("valid_from", "valid_to")
        } | {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, giver: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        own = Membership.objects.current(timezone.localdate()).filter(user=giver)
        own = own.filter(role__in=DELEGABLE).select_related("unit", "user")
        self.fields["membership"].queryset = own
        people = User.objects.filter(is_active=True, is_superuser=False, memberships__isnull=False)
        self.fields["to"].queryset = people.exclude(pk=giver.pk).distinct()
        units = self.fields["unit"].queryset.none()
        for row in own:
            units = units | self.fields["unit"].queryset.filter(path__startswith=row.unit.path)
        self.fields["unit"].queryset = units


def may_see_roles(user: User) -> bool:
    access = access_of(user)
    return any(access.can(one) for one in (Ability.ADMINISTER, Ability.MEMBERS, Ability.AUDIT))


@require_admin_access
def roles(request) -> HttpResponse:
    """Who holds which role; give, confirm, end. Heads see and keep their own unit."""
    if not may_see_roles(request.user):
        raise PermissionDenied(_("Only heads of units and administrators keep roles."))
    rows = granting.memberships_kept_by(request.user)
    form = RoleForm(request.POST if "give" in request.POST else None, giver=request.user)
    if request.method == "POST" and _act(request, rows, form):
        return redirect(request.path)
    today = timezone.localdate()
    context = {
        "waiting": rows.waiting(),
        "rows": rows.current(today).order_by("unit__path", "role", "user")[:2000],
        "ended": rows.filter(valid_to__lte=today).order_by("-valid_to")[:100],
        "form": form if granting.givable_roles(request.user) else None,
        "me": request.user,
    }
    return render(request, "admin_pages/people/roles.html", context)


def _act(request, rows, form: RoleForm) -> bool:
    """Do what was posted; False when the form is to be shown again."""
    try:
        if "give" in request.POST:
            if not form.is_valid():
                return False
            row = granting.give(request.user, form.save(commit=False))
            said = _("The role waits for a second person.") if row.waits else _("Given.")
        else:
            pk = request.POST.get("confirm") or request.POST.get("end") or ""
            found = rows.filter(pk=pk).first() if pk.isascii() and pk.isdecimal() else None
            if found is None:
                raise Http404
            act = granting.confirm if "confirm" in request.POST else granting.end
            act(request.user, found)
            said = _("Confirmed.") if "confirm" in request.POST else _("Ended.")
    except (PermissionDenied, ValidationError) as error:
        messages.error(request, "; ".join(getattr(error, "messages", [str(error)])))
        return True
    messages.success(request, said)
    return True


@require_admin_access
def person(request, pk: int) -> HttpResponse:
    """What one person may do today, and from which row it follows."""
    who = get_object_or_404(User, pk=pk)
    kept = granting.memberships_kept_by(request.user).filter(user=who)
    if who != request.user and not kept.exists():
        raise Http404
    forget(who)
    context = {
        "who": who,
        "rights": [_explained(grant) for grant in access_of(who).grants],
        "waiting": Membership.objects.waiting().filter(user=who).select_related("unit"),
    }
    return render(request, "admin_pages/people/person.html", context)


def _explained(grant: Grant) -> dict[str, object]:
    """One right with its reason."""
    row = Membership.objects.select_related("unit", "user", "granted_by", "confirmed_by").get(
        pk=grant.membership
    )
    delegation = (
        Delegation.objects.select_related("unit").get(pk=grant.delegation)
        if grant.delegation
        else None
    )
    return {
        "membership": row,
        "delegation": delegation,
        "abilities": [ABILITY_LABELS[one] for one in Ability if one in abilities(grant.role)],
    }


@require_admin_access
def delegations(request) -> HttpResponse:
    """What I left to others and others left to me."""
    form = DelegationForm(request.POST if "give" in request.POST else None, giver=request.user)
    given = Delegation.objects.filter(membership__user=request.user)
    if request.method == "POST":
        try:
            if "revoke" in request.POST:
                pk = request.POST["revoke"]
                row = given.filter(pk=pk).first() if pk.isascii() and pk.isdecimal() else None
                if row is None:
                    raise Http404
                granting.revoke(request.user, row)
                return redirect(request.path)
            if form.is_valid():
                granting.delegate(request.user, form.save(commit=False))
                messages.success(request, _("Delegated."))
                return redirect(request.path)
        except (PermissionDenied, ValidationError) as error:
            messages.error(request, "; ".join(getattr(error, "messages", [str(error)])))
            return redirect(request.path)
    named = ("membership__unit", "membership__user", "to", "unit")
    context = {
        "form": form if form.fields["membership"].queryset.exists() else None,
        "given": given.select_related(*named),
        "received": Delegation.objects.filter(to=request.user).select_related(*named),
        "today": timezone.localdate(),
    }
    return render(request, "admin_pages/people/delegations.html", context)
