"""The superuser flag passes every check of Wagtail, so that it never meets a role."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


def refuse_superuser_flag(sender, instance, raw=False, **kwargs) -> None:
    """An account that holds a role never gets the flag, by whatever door."""
    if raw or not instance.is_superuser or instance.pk is None:
        return
    if instance.memberships.filter(confirmed_at__isnull=False).exists():
        raise PermissionDenied(_("An account with roles can't be a superuser."))
