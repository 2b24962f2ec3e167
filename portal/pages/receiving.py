"""Pages that take something from the public: a question, a comment, a filled form.

The form stands at an address of its own under the page (``…/gui/``), which no cache keeps; the
page says whether it is open, makes the form, and takes what was sent.
"""

from __future__ import annotations

from django.core.mail import send_mail
from django.utils.translation import gettext as _

from portal.core.guarded_form import GuardedForm

#: The last part of the address of a form; no page takes it as its slug.
WORD = "gui"


class TakesFromPublic:
    """Mixin of page kinds."""

    form_template = "pages/public_form.html"

    @property
    def form_address(self) -> str:
        return f"{self.address}{WORD}/"

    def why_closed(self) -> str:
        """Why nothing is taken now, in the reader's words; empty while it is open."""
        return ""

    def form_title(self) -> str:
        """What stands over the form."""
        return self.title

    def privacy_notice(self) -> str:
        """What happens to what somebody types."""
        raise TypeError(f"{type(self).__name__} does not say what it does with what it is sent")

    def public_form(self, data=None, query=None) -> GuardedForm:
        """The form; ``query`` is what its address carries."""
        raise TypeError(f"{type(self).__name__} has no form")

    def take(self, form: GuardedForm) -> None:
        """Keep what was sent by a valid form."""
        raise TypeError(f"{type(self).__name__} does not keep what it is sent")

    def thanks(self) -> str:
        """What follows, said after sending."""
        return _("We got it.")


class TakesComments(TakesFromPublic):
    """Mixin of page kinds under which readers comment: a moderator reads before it is shown."""

    def privacy_notice(self) -> str:
        return _(
            "No account is needed. A moderator reads the comment before it is shown. The name that "
            "you give is shown beside it; leave it empty if you don't wish that. Nothing else of "
            "you is kept."
        )

    def take(self, form: GuardedForm) -> None:
        from .commenting import take

        take(self, **form.kept)

    def thanks(self) -> str:
        return _("Thank you. The comment is shown when a moderator has read it.")


def mail(subject: str, body: str, to: str) -> None:
    """One plain message to who gave an address; a mail server that is down breaks nothing."""
    send_mail(" ".join(subject.split())[:200], body, None, [to], fail_silently=True)
