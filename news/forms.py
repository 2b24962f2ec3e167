"""The form of a news item."""

from __future__ import annotations

from portal.organisations.access import access_of
from portal.pages.admin.forms import PortalPageForm
from portal.pages.permissions import own_pages


class NewsForm(PortalPageForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "related" in self.fields:
            model = type(self.instance)
            seen = model.objects.visible_to(access_of(self.for_user).audience)
            own = model.objects.filter(
                pk__in=own_pages(self.for_user).values("pk"), working_copy_of=None
            )
            rows = (seen | own).exclude(pk=self.instance.pk).order_by("-day", "-pk")
            self.fields["related"].queryset = rows.distinct()
