"""Routes of review in the admin: shown as a picture, changed by making the next version."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access

from portal.editorial import checks
from portal.editorial.models import CheckSetting, Route, Severity
from portal.editorial.states import ORDER, Step
from portal.editorial.workflow import routing
from portal.organisations import audit
from portal.organisations.access import access_of
from portal.organisations.roles import Ability


class RouteForm(forms.ModelForm):
    """A route with its steps: a day count for each step taken, empty for one left out."""

    kinds = forms.CharField(
        label=gettext_lazy("Codes of types, one a line (empty for all)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Route
        fields = ("name", "content", "level", "unit", "kinds")

    def __init__(self, *args, days: dict[str, int] | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["kinds"] = "\n".join(self.instance.kinds)
        for step in ORDER:
            self.fields[f"days_{step}"] = forms.IntegerField(
                label=step.label,
                required=False,
                min_value=0,
                max_value=60,
                initial=(days or {}).get(step),
                help_text=_("Working days; empty: the step is left out."),
            )

    def clean_kinds(self) -> list[str]:
        return self.cleaned_data["kinds"].split()

    def stages(self) -> list[routing.Stage]:
        """The steps that were filled in, in their order."""
        days = {step: self.cleaned_data.get(f"days_{step}") for step in ORDER}
        return [
            routing.Stage(Step(step), count) for step, count in days.items() if count is not None
        ]


def may_set(user) -> bool:
    return access_of(user).can(Ability.ADMINISTER) and not user.is_superuser


def _refuse_others(request) -> None:
    if not may_set(request.user):
        raise PermissionDenied(_("Only administrators set routes and checks."))


@require_admin_access
def listing(request) -> HttpResponse:
    """All routes in use, each as a picture of its steps; older versions below."""
    access = access_of(request.user)
    if not (may_set(request.user) or access.can(Ability.COORDINATE) or access.can(Ability.AUDIT)):
        raise PermissionDenied(_("Only administrators set routes and checks."))
    rows = Route.objects.select_related("unit", "made_by")
    context = {
        "routes": [(row, list(row.tasks)) for row in rows.filter(active=True)],
        "old": [(row, list(row.tasks)) for row in rows.filter(active=False)[:50]],
        "may_set": may_set(request.user),
    }
    return render(request, "admin_pages/review/routes.html", context)


@require_admin_access
def route(request, pk: int = 0) -> HttpResponse:
    """Make a route, or the next version of one."""
    _refuse_others(request)
    standing = get_object_or_404(Route, pk=pk, active=True) if pk else None
    days = {task.step: task.days for task in standing.tasks} if standing else {}
    form = RouteForm(request.POST or None, instance=standing, days=days)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in RouteForm.Meta.fields}
        before = Route.objects.get(pk=pk) if pk else None
        try:
            routing.save_route(request.user, form.stages(), replaces=before, **fields)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. What is under way finishes on the version before."))
            return redirect("routes")
    return render(request, "admin_pages/review/route.html", {"form": form, "route": standing})


@require_admin_access
def check_settings(request) -> HttpResponse:
    """The publication checks with how hard each is."""
    _refuse_others(request)
    if request.method == "POST":
        _set_checks(request)
        return redirect(request.path)
    standing = checks.severities()
    reasons = dict(CheckSetting.objects.values_list("code", "reason"))
    rows = [
        {"check": one, "severity": standing[one.code], "reason": reasons.get(one.code, "")}
        for one in checks.all_checks()
    ]
    context = {"rows": rows, "choices": Severity.choices}
    return render(request, "admin_pages/review/checks.html", context)


def _set_checks(request) -> None:
    standing = checks.severities()
    for one in checks.all_checks():
        chosen = request.POST.get(f"severity-{one.code}", "")
        reason = request.POST.get(f"reason-{one.code}", "").strip()
        if chosen not in Severity.values or chosen == standing[one.code]:
            continue
        if not reason:
            messages.error(request, _("Say why: %(check)s") % {"check": one.label})
            continue
        row, _made = CheckSetting.objects.update_or_create(
            code=one.code, defaults={"severity": chosen, "reason": reason}
        )
        changes = {one.code: [standing[one.code], chosen]}
        audit.record(request.user, "check.set", row, reason=reason, changes=changes)
        messages.success(request, _("Set: %(check)s") % {"check": one.label})
