"""Single sign-on by OpenID Connect: it opens accounts that are here, it makes none."""

from __future__ import annotations

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.shortcuts import render

from portal.organisations.models import User


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request, sociallogin) -> bool:
        return False

    def pre_social_login(self, request, sociallogin) -> None:
        """Join the login to the one active account with the same confirmed e-mail address.

        An administrator who changes somebody's address makes his roles wait for a second person,
        so that this is no way into another's shoes.
        """
        if sociallogin.is_existing:
            return
        claims = sociallogin.account.extra_data
        claims = claims.get("userinfo", claims)
        email = claims.get("email") if claims.get("email_verified") is True else None
        people = User.objects.filter(email__iexact=email or "", is_active=True, is_superuser=False)
        if not email or people.count() != 1:
            page = render(request, "account/no_account.html", {"email": email}, status=403)
            raise ImmediateHttpResponse(page)
        sociallogin.connect(request, people.get())
