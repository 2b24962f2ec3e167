"""Words that libraries say on our pages and have no Vietnamese for: named here, so that they
stand in our catalogue and are translated with the rest."""

from django.utils.translation import gettext_noop as _

WORDS = (
    _("Code"),
    _("Authenticator code"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("Password"),
    _("Password (again)"),
    _("Email"),
    _("Email address"),
    _("You must type the same password each time."),
    _("Forgot your password?"),
    _("Use authenticator app or code"),
    _("Use your password"),
)
