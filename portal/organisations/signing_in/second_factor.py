"""Who holds certain roles signs in with a second factor, or sees nothing of the admin."""

from __future__ import annotations

from django.conf import settings
from django.shortcuts import redirect

from portal.organisations.access import access_of

_KNOWN = "second_factor_since"


def needs_second_factor(user) -> bool:
    """Whether one of the person's roles, his own or left to him, asks for a second factor."""
    roles = set(settings.SECOND_FACTOR_ROLES)
    if "*" in roles:
        return bool(access_of(user).grants)
    return any(grant.role in roles for grant in access_of(user).grants)


def SecondFactorMiddleware(get_response):
    """Lead to setting one up before any page of the admin opens."""

    def middleware(request):
        if (
            settings.SECOND_FACTOR_ROLES
            and request.path.startswith("/admin/")
            and request.user.is_authenticated
            and not request.session.get(_KNOWN)
            and needs_second_factor(request.user)
        ):
            from allauth.mfa.utils import is_mfa_enabled

            if not is_mfa_enabled(request.user):
                return redirect("mfa_activate_totp")
            request.session[_KNOWN] = True
        return get_response(request)

    return middleware
