"""View sets of works: columns, filters and search that clerks need."""

from __future__ import annotations

import django_filters
from django import forms
from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, IndexView

from legal_docs import identities
from legal_docs.browsing import STATUS_LABELS
from legal_docs.models import DocumentType, LegalDocument, ValidityInterval
from portal.core import text
from portal.editorial.owned_rows import OwnedRowsViewSet
from portal.editorial.states import State as EditorialState

from . import copies, panels, parts
from .forms import WorkForm


class WorkIndex(IndexView):
    """One query for the rows, whatever their number."""

    def get_base_queryset(self):
        rows = (
            super()
            .get_base_queryset()
            .select_related("type", "lead_issuer", "owner", "identity", "latest_revision")
            .defer("latest_revision__content")
        )
        if self.model is LegalDocument:
            today = timezone.localdate()
            spans = ValidityInterval.objects.filter(
                work=OuterRef("identity"), since__lte=today, until__gt=today
            )
            rows = rows.annotate(status_today=Subquery(spans.values("status")[:1]))
        return rows

    def search_queryset(self, queryset):
        """Every word of the query, with or without accents, quotes and signs taken as spaces."""
        for word in text.slugify(self.search_query or "").split("-"):
            if word:
                queryset = queryset.filter(search_key__contains=word)
        return queryset


class WarnOfDoubles:
    """After saving: name the entries with the same number, issuer and date."""

    def save_instance(self):
        instance = super().save_instance()
        for other in identities.same_documents(instance):
            messages.warning(
                self.request,
                _("Same number, issuer and date as “%(title)s”: %(url)s")
                % {"title": other.title, "url": other.url},
            )
        return instance


class SendsToOurPage:
    """“Send for review” keeps the draft and opens the page with the checks."""

    def submit_action(self):
        return redirect("submit", self.object._meta.label_lower, self.object.pk)


class WorkCreate(SendsToOurPage, WarnOfDoubles, CreateView):
    pass


class WorkEdit(SendsToOurPage, WarnOfDoubles, EditView):
    def get_queryset(self):
        return super().get_queryset().select_related("identity", "type", "lead_issuer", "owner")


class DraftDelete(DeleteView):
    """Deletes a draft that was never published; the guard refuses anything else."""

    permission_required = "change"


def _filter_set(work_model):
    class WorkFilters(WagtailFilterSet):
        type = django_filters.ModelChoiceFilter(
            queryset=DocumentType.objects.all(), label=gettext_lazy("Type of document")
        )
        issued = django_filters.DateFromToRangeFilter(
            label=gettext_lazy("Issued"),
            widget=django_filters.widgets.DateRangeWidget(attrs={"type": "date"}),
        )
        editorial_state = django_filters.ChoiceFilter(
            label=gettext_lazy("State"),
            choices=EditorialState.choices,
            widget=forms.RadioSelect,
            empty_label=gettext_lazy("All"),
        )

        class Meta:
            model = work_model
            fields = ["type", "issued", "editorial_state", "audience"]

    return WorkFilters


class _Status(Column):
    def get_value(self, instance):
        labels = {status.value: label for status, label in STATUS_LABELS.items()}
        return labels.get(instance.status_today or "", "")


class State(Column):
    """Where it stands. Wagtail's own tag asks the database twice for each row."""

    def __init__(self) -> None:
        super().__init__("state", label=gettext_lazy("State"), sort_key="editorial_state")

    def get_value(self, instance):
        return instance.get_editorial_state_display()


class WorkViewSet(OwnedRowsViewSet):
    """Shared by legal documents and directives."""

    index_view_class = WorkIndex
    add_view_class = WorkCreate
    edit_view_class = WorkEdit
    delete_view_class = DraftDelete
    inspect_view_enabled = True
    list_per_page = 30
    add_to_admin_menu = True
    ordering = ("-created_at", "-pk")
    # Without a field Wagtail shows no search box; ``WorkIndex`` says how it is searched.
    search_fields = ("search_key",)

    def get_form_class(self, for_update=False):
        handler = self._edit_handler
        handler.base_form_class = WorkForm
        return super().get_form_class(for_update)

    def get_urlpatterns(self):
        model = self.model
        return [
            *super().get_urlpatterns(),
            path("parts/<int:pk>/", parts.view_for(model), name="parts"),
            path("copies/<int:pk>/", copies.view_for(model), name="copies"),
        ]


class LegalDocumentViewSet(WorkViewSet):
    model = LegalDocument
    icon = "doc-full"
    menu_label = gettext_lazy("Laws and documents")
    menu_name = "legal-documents"  # beside Wagtail's own “documents”
    menu_order = 110
    list_display = [
        "__str__",
        Column("subject", label=gettext_lazy("Subject"), accessor="short_subject"),
        Column("lead_issuer", label=gettext_lazy("Issuer")),
        Column("issued", label=gettext_lazy("Issued"), sort_key="issued"),
        _Status("status", label=gettext_lazy("Validity")),
        Column("owner", label=gettext_lazy("Unit")),
        State(),
    ]
    edit_handler = panels.LEGAL
    filterset_class = _filter_set(LegalDocument)


def work_viewset(work_model, **attributes) -> type[WorkViewSet]:
    """A view set for another class of works."""
    names = {"model": work_model, "filterset_class": _filter_set(work_model), **attributes}
    return type(f"{work_model.__name__}ViewSet", (WorkViewSet,), names)
