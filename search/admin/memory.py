"""Memory and promotions in the admin. Rows are set aside, not deleted."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import DeleteView, EditView, HistoryView

from legal_docs.works import kinds
from portal.core.admin_search import FoldedSearch
from portal.organisations.access import access_of
from portal.organisations.audience import Audience
from search.admin.forms import AnsweredQuestionForm, KeptForm, PrefilledCreate, PromotionForm
from search.admin.places import address_of
from search.models import AnsweredQuestion, AnswerPlace, Promotion
from search.models.memory import place_label


def readable(audience: Audience) -> Q:
    """Condition on rows with an identity: its document is one that this reader may see."""
    condition = Q(pk__in=[])
    for kind in kinds():
        rows = kind.model.objects.visible_to(audience).order_by().values("identity_id")
        condition |= Q(identity__in=rows)
    return condition


def links(places) -> str:
    """Places as links to them."""
    return format_html_join(
        "; ",
        '<a href="{}">{}</a>',
        ((address_of(one.identity, one.eid), place_label(one.identity, one.eid)) for one in places),
    )


class _Seen:
    """A view of one row, for who finds that row in the list; for others there is none."""

    def dispatch(self, request, *args, **kwargs):
        rows = self.model_admin.get_queryset(request)
        if not rows.filter(pk=self.instance.pk).exists():
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class SeenEdit(_Seen, EditView):
    pass


class SeenDelete(_Seen, DeleteView):
    pass


class SeenHistory(_Seen, HistoryView):
    pass


class QuestionSearch(FoldedSearch):
    """Looks through rows one by one; their answers are read for the page only."""

    def search_queryset(self, queryset: QuerySet, search_term: str, **kwargs) -> QuerySet:
        found = super().search_queryset(queryset.prefetch_related(None), search_term, **kwargs)
        return found.prefetch_related("answers__identity")


class NamingAdmin(ModelAdmin):
    """Rows that name documents: one that names what an editor may not read is kept from him,
    unless it is his own."""

    create_view_class = PrefilledCreate
    edit_view_class = SeenEdit
    delete_view_class = SeenDelete
    history_view_class = SeenHistory
    search_handler_class = FoldedSearch
    form_class: type[KeptForm]
    form_fields: tuple[str, ...]

    def get_edit_handler(self) -> ObjectList:
        panels = [FieldPanel(name) for name in self.form_fields]
        return ObjectList(panels, base_form_class=self.form_class).bind_to_model(self.model)

    def get_queryset(self, request) -> QuerySet:
        user = request.user
        rows = super().get_queryset(request).select_related("changed_by")
        return rows.filter(Q(changed_by=user) | self.open_to(access_of(user).audience))

    def open_to(self, audience: Audience) -> Q:
        """Condition on rows whose documents this reader may see."""
        return readable(audience)


class AnsweredQuestionAdmin(NamingAdmin):
    model = AnsweredQuestion
    menu_icon = "help"
    menu_label = _("Answered questions")
    list_display = (
        "text", "answered_by", "source", "weight", "since", "until", "active", "changed_by",
        "changed_at",
    )  # fmt: skip
    list_filter = ("source", "active")
    search_fields = ("text", "note", "answers__identity__number")
    search_handler_class = QuestionSearch
    form_class = AnsweredQuestionForm
    form_fields = ("text", "places", "weight", "since", "until", "active", "note")

    def get_queryset(self, request) -> QuerySet[AnsweredQuestion]:
        return super().get_queryset(request).prefetch_related("answers__identity")

    def open_to(self, audience: Audience) -> Q:
        closed = AnswerPlace.objects.exclude(readable(audience))
        return ~Q(pk__in=closed.values("question_id"))

    def answered_by(self, row: AnsweredQuestion) -> str:
        return links(row.answers.all())

    answered_by.short_description = _("answered by")


class PromotionAdmin(NamingAdmin):
    model = Promotion
    menu_icon = "pick"
    menu_label = _("Promotions")
    list_display = (
        "words", "stands_first", "alone", "since", "until", "active", "reason", "changed_by",
        "changed_at",
    )  # fmt: skip
    list_filter = ("active",)
    list_select_related = ("identity", "changed_by")
    search_fields = ("words", "reason", "identity__number")
    form_class = PromotionForm
    form_fields = ("words", "alone", "place", "since", "until", "reason", "active")

    def stands_first(self, row: Promotion) -> str:
        return links([row])

    stands_first.short_description = _("stands first")
