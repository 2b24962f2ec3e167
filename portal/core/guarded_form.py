"""Public forms that programs seldom get through: a field that nobody sees, and a time that reading
takes. No third party is asked, and no cookie but the form token is set."""

from __future__ import annotations

import time

from django import forms
from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext as _

#: Seconds. Nobody reads the form and writes a sentence in less; a program does.
QUICKEST = 3
#: Seconds after which a form has to be opened anew.
LONGEST = 86_400
_signer = TimestampSigner(salt="guarded form")


def mark_of_time(seconds_ago: float = 0) -> str:
    """The signed moment that a form carries since it was opened."""
    return _signer.sign(str(time.time() - seconds_ago))


class GuardedForm(forms.Form):
    """Abstract: kinds add their fields. ``is_valid`` is false for what looks like a program; it
    says so as a person reads it, keeps what was typed, and lets him send it once more."""

    # People leave it empty because they don't see it.
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    use_required_attribute = False

    def __init__(self, data=None, **kwargs) -> None:
        kwargs.setdefault("initial", {})["opened"] = mark_of_time()
        super().__init__(data, **kwargs)

    @property
    def shown(self) -> list:
        """The fields that people see."""
        return [field for field in self.visible_fields() if field.name != "website"]

    def clean(self):
        data = super().clean()
        if not self.errors and self._is_program(data):
            self.data = self.data.copy()
            self.data["opened"] = mark_of_time()
            self.add_error(None, _("Please send it once more."))
        return data

    def _is_program(self, data) -> bool:
        """Filled the field that nobody sees, was too quick, or made the mark of time up."""
        if data.get("website"):
            return True
        try:
            opened = float(_signer.unsign(data.get("opened", ""), max_age=LONGEST))
        except (BadSignature, ValueError):
            return True
        return time.time() - opened < QUICKEST
