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
from search.admin.forms import AnsweredQuestionForm, PrefilledCreate, PromotionForm
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


class AnsweredQuestionAdmin(ModelAdmin):
    """A row that names what an editor may not read is kept from him, unless it is his own."""

    model = AnsweredQuestion
    menu_icon = "help"
    menu_label = _("Answered questions")
    create_view_class = PrefilledCreate
    edit_view_class = SeenEdit
    delete_view_class = SeenDelete
    history_view_class = SeenHistory
    list_display = (
        "text", "answered_by", "source", "weight", "since", "until", "active", "changed_by",
        "changed_at",
    )  # fmt: skip
    list_filter = ("source", "active")
    search_fields = ("text", "note", "answers__identity__number")
    search_handler_class = QuestionSearch
    edit_handler = ObjectList(
        [
            FieldPanel(name)
            for name in ("text", "places", "weight", "since", "until", "active", "note")
        ],
        base_form_class=AnsweredQuestionForm,
    )

    def get_queryset(self, request) -> QuerySet[AnsweredQuestion]:
        user = request.user
        closed = AnswerPlace.objects.exclude(readable(access_of(user).audience))
        rows = super().get_queryset(request).select_related("changed_by")
        return rows.filter(
            Q(changed_by=user) | ~Q(pk__in=closed.values("question_id"))
        ).prefetch_related("answers__identity")

    def answered_by(self, row: AnsweredQuestion) -> str:
        return links(row.answers.all())

    answered_by.short_description = _("answered by")


class PromotionAdmin(ModelAdmin):
    """As for questions: who may not read the document does not learn of it here."""

    model = Promotion
    menu_icon = "pick"
    menu_label = _("Promotions")
    create_view_class = PrefilledCreate
    edit_view_class = SeenEdit
    delete_view_class = SeenDelete
    history_view_class = SeenHistory
    list_display = (
        "words", "stands_first", "alone", "since", "until", "active", "reason", "changed_by",
        "changed_at",
    )  # fmt: skip
    list_filter = ("active",)
    search_fields = ("words", "reason", "identity__number")
    search_handler_class = FoldedSearch
    edit_handler = ObjectList(
        [
            FieldPanel(name)
            for name in ("words", "alone", "place", "since", "until", "reason", "active")
        ],
        base_form_class=PromotionForm,
    )

    def get_queryset(self, request) -> QuerySet[Promotion]:
        user = request.user
        rows = super().get_queryset(request).select_related("identity", "changed_by")
        return rows.filter(Q(changed_by=user) | readable(access_of(user).audience))

    def stands_first(self, row: Promotion) -> str:
        return links([row])

    stands_first.short_description = _("stands first")
