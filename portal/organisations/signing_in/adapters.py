"""What the library asks of the house: nobody signs up, and it speaks our words."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext_lazy as _

_CODE = _("This code does not fit. Look at the app again; each code holds for half a minute.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "incorrect_code": _CODE,
        "incorrect_password": _("This is not the password."),
        "enter_current_password": _("Give the present password."),
        "invalid_password_reset": _("This address was used or is too old. Ask for a new one."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
        "unknown_email": _("No account has this e-mail address."),
        "username_password_mismatch": _(
            "Name and password don't fit. Both tell capital from small letters."
        ),
    }

    def is_open_for_signup(self, request) -> bool:
        """Accounts are made by an administrator."""
        return False

    def add_message(self, *args, **kwargs) -> None:
        """The pages say what happened; no second notice of it."""


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _CODE,
        "cannot_delete_authenticator": _("The second factor can't be switched off."),
    }

    def get_totp_label(self, user) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return settings.PORTAL_NAME
