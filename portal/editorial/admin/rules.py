"""Content rules in the admin: list, form, log and dry run."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from portal.editorial.models import ContentRule, RuleRun
from portal.editorial.rules import forms, keeping
from portal.editorial.rules.facts import plain_label
from portal.organisations.access import access_of
from portal.organisations.roles import Ability

ROWS = 50


def may_see(user) -> bool:
    return keeping.may_set(user) or access_of(user).can(Ability.AUDIT)


def _refuse(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied(_("Only administrators set rules."))


@require_admin_access
def listing(request) -> HttpResponse:
    """All rules, those in use first."""
    _refuse(may_see(request.user))
    rows = ContentRule.objects.select_related("unit").prefetch_related("actions")
    context = {
        "rules": rows.order_by("-active", "name"),
        "may_set": keeping.may_set(request.user),
    }
    return render(request, "admin_pages/rules/rules.html", context)


@require_admin_access
def rule(request, pk: int = 0) -> HttpResponse:
    """Make a rule or change one."""
    _refuse(keeping.may_set(request.user))
    standing = get_object_or_404(ContentRule, pk=pk) if pk else None
    data = request.POST if request.method == "POST" else None
    form = forms.RuleForm(data, instance=standing)
    conditions = forms.conditions_of(standing, data)
    actions = forms.actions_of(standing, data)
    parts = (form, conditions, actions)
    valid = [part.is_valid() for part in parts]  # each one, so that all mistakes are shown
    if data is not None and all(valid):
        chosen = forms.filled(actions)
        if not chosen:
            form.add_error(None, _("A rule does something."))
        else:
            made = form.save(commit=False)
            made.conditions = forms.filled(conditions)
            keeping.save(request.user, made, chosen)
            messages.success(request, _("Saved."))
            return redirect("rule_dry_run", made.pk)
    context = {"form": form, "conditions": conditions, "actions": actions, "rule": standing}
    return render(request, "admin_pages/rules/rule.html", context)


@require_admin_access
def dry_run(request, pk: int) -> HttpResponse:
    """Which of the newest items a rule would act on, and what it would do."""
    _refuse(keeping.may_set(request.user))
    standing = get_object_or_404(ContentRule, pk=pk)
    found = [
        {"label": plain_label(item), "lines": lines} for item, lines in keeping.rehearse(standing)
    ]
    return render(request, "admin_pages/rules/dry_run.html", {"rule": standing, "found": found})


@require_admin_access
def log(request) -> HttpResponse:
    """What rules did, newest first; of one rule with ``?rule=``."""
    _refuse(may_see(request.user))
    rows = RuleRun.objects.select_related("rule").prefetch_related("deliveries")
    chosen = request.GET.get("rule", "")
    if chosen.isdecimal() and len(chosen) < 10:
        rows = rows.filter(rule=int(chosen))
    page = Paginator(rows, ROWS).get_page(request.GET.get("trang"))
    return render(request, "admin_pages/rules/log.html", {"page": page, "chosen": chosen})
