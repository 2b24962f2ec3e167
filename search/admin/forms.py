"""Forms of rows that editors keep: who changed them, and places typed in words."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail_modeladmin.views import CreateView

from portal.organisations.access import access_of
from portal.organisations.audience import Audience
from search.admin.places import read_place, read_places, written
from search.models import AnsweredQuestion

LONGEST = 200
PLACE_HELP = _("Such as “Điều 5 Luật Đất đai”, “168/2024/NĐ-CP”, or an address of this portal.")


class KeptForm(WagtailAdminModelForm):
    """Notes who changed the row. Who may only propose makes rows that are not in use yet."""

    def save(self, commit: bool = True):
        row = self.instance
        row.changed_by = self.for_user
        if not self.for_user.has_perm(f"{row._meta.app_label}.change_{row._meta.model_name}"):
            row.active = False
        return super().save(commit)

    @property
    def audience(self) -> Audience:
        """What the editor may read."""
        return access_of(self.for_user).audience


class AnsweredQuestionForm(KeptForm):
    """The answer is typed, a place a line."""

    places = forms.CharField(
        label=_("answered by"),
        help_text=PLACE_HELP,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            rows = self.instance.answers.select_related("identity")
            lines = [written(row.identity, row.eid, self.audience) for row in rows]
            self.initial.setdefault("places", "\n".join(lines))

    def clean_places(self) -> list:
        places = read_places(self.cleaned_data["places"], self.audience)
        if not places:
            raise ValidationError(_("Say what answers the question."))
        return places

    def save(self, commit: bool = True) -> AnsweredQuestion:
        row: AnsweredQuestion = super().save(commit)
        if commit:
            row.answer_with(self.cleaned_data["places"])
        return row


class PromotionForm(KeptForm):
    """The document, or the provision, that is to stand first."""

    place = forms.CharField(label=_("stands first"), help_text=PLACE_HELP, max_length=300)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        if row.pk:
            self.initial.setdefault("place", written(row.identity, row.eid, self.audience))

    def clean_place(self) -> str:
        identity, eid = read_place(self.cleaned_data["place"], self.audience)
        self.instance.identity_id, self.instance.eid = identity, eid
        return self.cleaned_data["place"]


class PrefilledCreate(CreateView):
    """A new row begins with what the address says: the report leads here."""

    def get_initial(self) -> dict[str, str]:
        known = {"typed", "words", "place", "text", "places"}
        return super().get_initial() | {
            name: value[:LONGEST]
            for name, value in self.request.GET.items()
            if name in known and value
        }
