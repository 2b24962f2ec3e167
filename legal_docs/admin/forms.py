"""Forms of works: own units only, and the rules said in the clerk's words."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.organisations.access import access_of
from portal.organisations.models import AudienceKind, Organisation
from portal.organisations.roles import Ability


class WorkForm(WagtailAdminModelForm):
    """Limits the owning unit to units where the editor has a role."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        content = self._meta.model.work_class
        rights = access_of(self.for_user)
        units = rights.units(Ability.WRITE, content) if self.for_user else None
        owner = self.fields.get("owner")
        if owner is not None:
            owner.queryset = units if units is not None else Organisation.objects.none()
            owner.empty_label = None if owner.queryset.count() == 1 else owner.empty_label
        for name in ("lead_issuer", "issuers", "recipients", "audience_units"):
            if name in self.fields:
                self.fields[name].queryset = Organisation.objects.only("name", "order")
        for name in ("issuers", "recipients", "audience_units", "fields"):
            if name in self.fields:
                self.fields[name].widget.attrs["size"] = 6

    def clean(self) -> dict:
        cleaned = super().clean()
        issuers = cleaned.get("issuers")
        lead = cleaned.get("lead_issuer")
        if issuers is not None and lead and lead not in issuers:
            cleaned["issuers"] = [lead, *issuers]
        if cleaned.get("audience") == AudienceKind.CHOSEN and not cleaned.get("audience_units"):
            self.add_error("audience_units", forms.ValidationError(_("Choose at least one unit.")))
        return cleaned
