"""The form of a page: whose it is and who reads it can't be more than its editor's own."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from wagtail.admin.forms import WagtailAdminPageForm

from portal.core import text
from portal.organisations.access import access_of
from portal.organisations.models.visible import AudienceKind
from portal.organisations.roles import Ability
from portal.pages import registry
from portal.pages.addresses import LONGEST, free_slug, taken_by_the_portal
from portal.pages.receiving import WORD


class PortalPageForm(WagtailAdminPageForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if "unit" in self.fields:
            units = access_of(self.for_user).units(Ability.WRITE, self.instance.content_code)
            self.fields["unit"].queryset = units
            self.fields["unit"].required = False
            if self.instance.unit_id is None:
                self.initial["unit"] = getattr(self._own_unit(units), "pk", None)

    def _own_unit(self, units):
        """The unit in which this person works, where he writes; else the first that he may."""
        held = self.for_user.memberships.values("unit")
        return units.filter(pk__in=held).first() or units.first()

    def clean_unit(self):
        """A draft without a unit would belong to nobody: it is that of whoever writes it."""
        return self.cleaned_data.get("unit") or self._own_unit(self.fields["unit"].queryset)

    def clean_slug(self) -> str:
        """An address of plain letters; an empty one follows from the title."""
        slug = text.slugify(self.cleaned_data.get("slug") or "")
        title = self.data.get(self.add_prefix("title"), "")
        if not slug or (slug == self.instance.slug and self._follows_the_title(title)):
            slug = free_slug(self.parent_page, title, page=self.instance)
        if slug == WORD:
            raise ValidationError(_("The portal itself uses this address; choose another one."))
        parent = self.parent_page
        if parent is not None and parent.depth == 2 and taken_by_the_portal(slug):
            raise ValidationError(_("The portal itself uses this address; choose another one."))
        return slug

    def _follows_the_title(self, title: str) -> bool:
        """Whether the address was made from the title before it was changed, and nobody knows it."""
        page = self.instance
        if page.pk is None or page.live or page.first_published_at or title == page.title:
            return False
        made = re.escape(text.slugify(page.title)[:LONGEST])
        return bool(made) and re.fullmatch(rf"{made}(-\d+)?", page.slug) is not None

    def clean(self):
        data = super().clean()
        chosen = data.get("audience") == AudienceKind.CHOSEN
        if chosen and not data.get("audience_units"):
            self.add_error("audience_units", _("Choose the units that read it."))
        return data


class CollectionForm(PortalPageForm):
    """What it lists, which columns and in which order: choices that the content apps register."""

    source = forms.ChoiceField(label=_lazy("what it lists"))
    columns = forms.MultipleChoiceField(
        label=_lazy("columns"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_lazy("None: a list with titles; otherwise a table."),
    )  # fmt: skip
    order = forms.ChoiceField(label=_lazy("order"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = registry.listings()
        if "source" in self.fields:
            self.fields["source"].choices = [(one.code, one.title) for one in known]
        if "columns" in self.fields:
            columns = {column.code: column.label for one in known for column in one.columns}
            self.fields["columns"].choices = list(columns.items())
        if "order" in self.fields:
            orders = dict(pair for one in known for pair in one.orders)
            self.fields["order"].choices = [("", _("the usual one")), *orders.items()]

    def clean(self):
        data = super().clean()
        listing = registry.listing(data.get("source") or "")
        if listing is not None:
            has = {column.code for column in listing.columns}
            if missing := [code for code in data.get("columns") or [] if code not in has]:
                labels = dict(self.fields["columns"].choices)
                self.add_error("columns", _("This list has no column “%(names)s”.") % {
                    "names": ", ".join(str(labels[code]) for code in missing)})  # fmt: skip
        return data
