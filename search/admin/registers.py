"""Lists that editors keep for search; a change works with the next search."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from portal.core.admin_search import FoldedSearch
from search.admin.forms import KeptForm, PrefilledCreate
from search.admin.memory import AnsweredQuestionAdmin, PromotionAdmin
from search.models import NeverEqual, WordPair


class WordPairAdmin(ModelAdmin):
    model = WordPair
    menu_icon = "doc-full"
    menu_label = _("Synonyms and abbreviations")
    create_view_class = PrefilledCreate
    list_display = ("typed", "meant", "strength", "rule", "active", "changed_by", "changed_at")
    list_filter = ("strength", "active")
    list_select_related = ("changed_by",)
    search_fields = ("typed", "meant", "note")
    search_handler_class = FoldedSearch
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("typed", "meant", "strength", "rule", "active", "note")],
        base_form_class=KeptForm,
    )


class NeverEqualAdmin(ModelAdmin):
    model = NeverEqual
    menu_icon = "cross"
    menu_label = _("Never equated")
    list_display = ("one", "other", "active", "changed_by", "changed_at")
    list_filter = ("active",)
    list_select_related = ("changed_by",)
    search_fields = ("one", "other", "note")
    search_handler_class = FoldedSearch
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("one", "other", "active", "note")],
        base_form_class=KeptForm,
    )


class WordRegisters(ModelAdminGroup):
    menu_label = _("Search: words and memory")
    menu_icon = "search"
    menu_order = 710
    items = (WordPairAdmin, NeverEqualAdmin, AnsweredQuestionAdmin, PromotionAdmin)
