"""The list of pages: state of review, owning unit, deadline; and the filters that go with them."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet, page_viewset_registry

from portal.editorial.models import ReviewState
from portal.editorial.states import State
from portal.organisations.models import Organisation
from portal.pages.models import PortalPage


class StateColumn(Column):
    """Where a page stands on its way, and whether readers see it."""

    def get_value(self, instance):
        state = getattr(instance, "get_editorial_state_display", str)()
        if not instance.live:
            return state
        changed = instance.has_unpublished_changes
        return _("Live; %(state)s") % {"state": state} if changed else _("Live")


class UnitColumn(Column):
    def get_value(self, instance):
        return str(getattr(instance, "unit", None) or "–")


class DueColumn(Column):
    """Until when the present step is to be done."""

    def get_value(self, instance):
        due = getattr(instance, "review_due", None)
        if due is None:
            return ""
        day = f"{due:%d/%m/%Y}"
        if due >= timezone.localdate():
            return day
        return format_html("{} <strong>{}</strong>", day, _("overdue"))


class PagesFilter(GenericPageFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), field_name="portalpage__editorial_state",
        choices=State.choices, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    unit = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Unit"), field_name="portalpage__unit",
        queryset=Organisation.objects.filter(pk__in=PortalPage.objects.values("unit")),
    )  # fmt: skip


def _columns() -> list:
    """Wagtail's columns with ours in the place of its status; the kind of a page is no kind of a
    document, and has its own word."""
    found = []
    for column in ExplorableIndexView.base_columns:
        if column.name == "type":
            found.append(
                Column("type", label=gettext_lazy("Kind of page"), accessor="page_type_display_name",
                       sort_key="content_type__model", width="12%")
            )  # fmt: skip
        elif column.name == "status":
            found += [
                StateColumn("state", label=gettext_lazy("State"), width="12%"),
                UnitColumn("unit", label=gettext_lazy("Unit"), width="14%"),
                DueColumn("due", label=gettext_lazy("Deadline"), width="10%"),
            ]
        else:
            found.append(column)
    return found


class PagesIndex(ExplorableIndexView):
    """Two queries more than Wagtail's, whatever the number of rows."""

    base_columns = _columns()
    base_filterset_class = PagesFilter

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        rows = [one for one in context["object_list"] if isinstance(one, PortalPage)]
        prefetch_related_objects(rows, "unit")
        open_turns = ReviewState.objects.open().filter(
            workflow_state__object_id__in=[str(one.pk) for one in rows],
            workflow_state__base_content_type__app_label="wagtailcore",
        )
        due = dict(open_turns.values_list("workflow_state__object_id", "due"))
        for one in rows:
            one.review_due = due.get(str(one.pk))
        return context


class PortalPagesViewSet(PageViewSet):
    """For all pages of the portal; addresses stay those of Wagtail."""

    index_view_class = PagesIndex

    def on_register(self) -> None:
        page_viewset_registry.register(PortalPage, self, parent_models=[PortalPage])
